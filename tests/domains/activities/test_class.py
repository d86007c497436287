"""A class teacher records what the own class did, and nothing of another class or of the whole school."""

import pytest

from junheng.domains.activities.models import Activity
from tests.domains import makers
from tests.domains.homevisits.made import teacher_of
from tests.domains.looking import as_

pytestmark = pytest.mark.django_db


def test_of_the_own_class_only() -> None:
    school = makers.school()
    mine, beside = makers.school_class(school), makers.school_class(school)
    teacher = as_(teacher_of(mine))
    facts = {
        "school": school.code,
        "area": "410802",
        "held_on": "2023-11-04",
        "kind": "reading",
        "people": "40",
    }
    told = {"why": "班级活动", "version": "0"}
    for room, title, status in (
        (mine, "读书会", 302),
        (beside, "别班读书会", 422),
        (None, "全校读书会", 422),
    ):
        answer = teacher.post(
            "/registers/activities/new/",
            facts | told | {"title": title, "school_class": str(room.pk) if room else ""},
        )
        assert answer.status_code == status, answer.content.decode()
    assert [one.title for one in Activity.objects.all()] == ["读书会"]
