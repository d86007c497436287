"""The pages of home visits: a class teacher records one by taps, a helper sees whom it is about, others count."""

from datetime import date

import pytest

from junheng.domains.homevisits.models import HelpTask, SharedVisit, Visit
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.homevisits.made import Town, town
from tests.domains.looking import as_, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(settings) -> Town:
    settings.JUNHENG_AS_OF = date(2023, 12, 31)
    return town()


def test_a_class_teacher_records_a_visit_and_joins_the_next(here: Town) -> None:
    teacher, neighbour = as_(here.teacher), as_(here.neighbour)
    mine = f"/homevisits/classes/{here.room.pk}/"
    assert teacher.get("/homevisits/")["Location"] == mine
    page = text(teacher.get(mine))
    assert "已走访 0 户，还有 2 户没有走访" in page
    assert "示例甲" in page, "the own class by whole names"
    assert neighbour.get(mine).status_code == 404
    asked = {
        "on": "2023-12-30",
        "teacher": "示例教师",
        "way": "in_person",
        "topics": ["study"],
        "needs": ["mind"],
    }
    place = f"{mine}households/{here.shared.pk}/"
    assert neighbour.post(place, asked).status_code == 404
    assert teacher.post(place, asked)["Location"] == mine
    page = text(teacher.get(mine))
    assert "已走访 1 户，还有 1 户没有走访" in page
    assert "需求：待接办" in page
    assert "心理" not in page.split('id="households"')[1], "a state, and no kind"

    beside = f"/homevisits/classes/{here.beside.pk}/households/{here.shared.pk}/"
    page = text(neighbour.get(beside))
    assert f"这户 2023-12-30 已由{here.school}示例教师走访。" in page
    wrong = neighbour.post(beside, asked | {"needs": []})
    assert (wrong.status_code, wrong["X-Refusal"]) == (409, "household-met-already")
    assert neighbour.post(beside, asked | {"needs": [], "how": "share"}).status_code == 302
    assert (Visit.objects.count(), SharedVisit.objects.count()) == (1, 1)
    assert "共同走访" in text(neighbour.get(f"/homevisits/classes/{here.beside.pk}/"))
    assert neighbour.post(beside, {"way": "in_person"}).status_code == 422


def test_a_school_and_a_county_count_and_a_helper_sees_for_a_reason(here: Town) -> None:
    asked = {"on": "2023-12-30", "teacher": "示例教师", "way": "in_person", "needs": ["mind"]}
    place = f"/homevisits/classes/{here.room.pk}/households/{here.alone.household_id}/"
    assert as_(here.teacher).post(place, asked).status_code == 302
    principal, county, helper = as_(here.principal), as_(here.county), as_(here.psychologist)
    school = f"/homevisits/schools/{here.school.pk}/"
    assert principal.get("/homevisits/")["Location"] == school
    assert "全校 2 户学生家庭，已走访 1 户，还有 1 户" in text(principal.get(school))
    assert as_(here.teacher).get(school).status_code == 404
    masked = text(principal.get(f"/homevisits/classes/{here.room.pk}/"))
    assert ("示**" in masked, "示例甲" in masked) == (True, False)
    assert county.get("/homevisits/")["Location"] == "/homevisits/areas/410802/"
    page = text(county.get("/homevisits/areas/410802/"))
    assert ("全覆盖的学校 0/1 所" in page, here.school.name in page) == (True, True)
    assert county.get("/homevisits/areas/410811/").status_code == 404
    assert (
        as_(makers.user(Role.PRINCIPAL, area="410802", school=makers.school())).get(school).status_code == 404
    )

    task = f"/homevisits/tasks/{HelpTask.objects.get().pk}/"
    assert principal.get(task).status_code == 404
    assert helper.get("/homevisits/")["Location"] == "/homevisits/tasks/"
    assert "心理" in text(helper.get("/homevisits/tasks/"))
    assert "示例甲" not in text(helper.get(task))
    assert helper.post(task, {"step": "reveal", "why": ""})["X-Refusal"] == "why-missing"
    assert "示例甲" in text(helper.post(task, {"step": "reveal", "why": "安排谈话"}))
    assert Entry.objects.order_by("-pk")[0].why == "安排谈话"
    assert helper.post(task, {"step": "dismiss", "on": "2023-12-31"}).status_code == 422
    for step in ("take", "finish"):
        assert helper.post(task, {"step": step, "on": "2023-12-31"})["Location"] == task
    assert "已办结" in text(helper.get("/homevisits/tasks/"))
    assert as_(here.county).get("/homevisits/tasks/").status_code == 404


def test_a_need_that_nobody_sees_to_is_said_to_the_teacher(here: Town) -> None:
    Grant.objects.filter(user=here.psychologist).delete()
    asked = {"on": "2023-12-30", "teacher": "示例教师", "way": "in_person", "needs": ["mind", "aid"]}
    place = f"/homevisits/classes/{here.room.pk}/households/{here.alone.household_id}/"
    page = text(as_(here.teacher).post(place, asked, follow=True))
    assert "“心理”需求应由心理教师办理，现在没有这样的账号" in page
    assert "“资助”需求" not in page
