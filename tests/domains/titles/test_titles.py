"""Titles stand beside who holds them: a school and the groups it leads, a group, a county with its batch."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from junheng.domains.titles.models import Title
from junheng.domains.titles.queries import title_of
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.schemes.made import HERE, a_group


def a_title(name: str, **given: Any) -> Title:
    facts: dict[str, Any] = {
        "level": "province",
        "batch": 1,
        "area_id": HERE,
        "awarded_on": date(2023, 6, 15),
    }
    row = Title(name=name, **facts | given)
    row.full_clean()
    row.save()
    return row


def test_a_school_a_group_and_a_county_show_what_they_hold() -> None:
    lead, member = makers.school(), makers.school()
    group = a_group(lead, member)
    a_title("safe_campus", school=lead, revoked_on=date(2023, 9, 1))
    a_title("other", called="书香校园", school=lead)
    a_title("quality_group", group=group)
    a_title("group_reform_pilot", batch=1)
    a_title("group_reform_pilot", area_id="410811", batch=2)
    page = Client()
    page.force_login(makers.user(Role.CITY_SECTION))

    def told(slug: str, key: object) -> str:
        found = page.get(f"/registers/{slug}/{key}/")
        assert found.status_code == 200
        _before, _mark, after = found.content.decode().partition('id="titles"')
        return after

    school = told("schools", lead.pk)
    assert ("书香校园" in school, "2023-09-01 撤销" in school, "优质教育集团" in school) == (True, True, True)
    assert "优质教育集团" not in told("schools", member.pk), "shown at the school that leads"
    assert "优质教育集团" in told("groups", group.pk)
    county = told("areas", HERE)
    assert ("集团化办学改革先行区" in county, "第 1 批" in county, "书香校园" in county) == (
        True,
        True,
        False,
    )
    assert "第 2 批" in told("areas", "410811")


def test_a_title_that_no_figure_counts_is_called_by_its_words() -> None:
    assert title_of("河南省平安校园 ") == {"name": "safe_campus", "called": ""}
    assert title_of("书香校园") == {"name": "other", "called": "书香校园"}
    school = makers.school()
    for name, called in (("other", ""), ("safe_campus", "平安校园")):
        with pytest.raises(ValidationError, match="须写明称号全称"):
            a_title(name, called=called, school=school)
