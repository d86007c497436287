"""The page of safety of a school and of a kindergarten."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from junheng.domains.findings import actions
from junheng.domains.findings.terms import Severity
from junheng.domains.posts.models import DutyRecord
from junheng.domains.safety.models import Inspection, Round
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.findings.hazards import DONE, MADE, SEEN, finding
from tests.domains.posts.school import place, post

DAY = date(2024, 1, 10)


@pytest.fixture(autouse=True)
def places(db: None, settings: Any) -> None:
    makers.areas()
    settings.JUNHENG_AS_OF = DAY


def test_a_principal_sees_open_items_by_severity_and_age_and_what_the_year_lacks(client: Client) -> None:
    school = makers.school()
    principal = makers.user(Role.PRINCIPAL, area="410802", school=school)
    finding(school=school, what="一般的新问题", found_on=date(2024, 1, 9))
    finding(school=school, what="一般的旧问题")
    finding(school=school, what="重大问题", severity=Severity.MAJOR, found_on=date(2024, 1, 9))
    done = actions.remedy(finding(school=school, what="已销号的"), **MADE, by=principal, **DONE)
    actions.close(done, **SEEN, by=makers.user(Role.COUNTY_OFFICER, area="410802"), **DONE)
    finding(school=makers.school(), what="别校的问题")
    one = Round.objects.create(code="R1", title="轮次", area_id="4108", opened_on=date(2023, 9, 1))
    for level, day in (("self", date(2023, 9, 5)), ("self", date(2023, 10, 5)), ("county", date(2024, 2, 1))):
        Inspection.objects.create(round=one, school=school, area_id=school.area_id, level=level, done_on=day)
    post(school=school, place=place(), starts=420, ends=480)
    DutyRecord.objects.create(school=school, area_id=school.area_id, kind="drill", on=date(2023, 9, 8))
    client.force_login(principal)
    answer = client.get(f"/schools/{school.pk}/safety/")
    context, text = answer.context, answer.content.decode()
    assert [row.what for row, _age in context["findings"]] == ["重大问题", "一般的旧问题", "一般的新问题"]
    assert [age for _row, age in context["findings"]] == [1, 8, 1]
    assert (context["counts"].registered, context["counts"].closed) == (4, 1)
    assert context["checks"][:2] == [("学校自查", date(2023, 10, 5)), ("县区排查", None)]
    assert (context["tally"].blanks, context["places"]) == (5, 1)
    drills = dict(context["duties"])["应急疏散演练"]
    assert [state for _item, state in drills] == ["met", "missing", "missing", "missing", *["coming"] * 4]
    assert ("别校的问题" in text, "已销号的" in text) == (False, False)
    assert "安全工作页" in client.get(f"/registers/schools/{school.pk}/").content.decode()


def test_another_school_is_absent(client: Client) -> None:
    school = makers.school()
    client.force_login(makers.user(Role.PRINCIPAL, area="410802", school=makers.school()))
    assert client.get(f"/schools/{school.pk}/safety/").status_code == 404
    client.force_login(makers.user(Role.TIP_OFFICER))
    assert client.get(f"/schools/{school.pk}/safety/").status_code == 403


def test_a_recognised_kindergarten_has_the_list_of_a_public_one(client: Client) -> None:
    public, private = makers.kindergarten(nature="public"), makers.kindergarten()
    makers.application(private, decision="recognised", decided_on=DAY, since=DAY)
    client.force_login(makers.user(Role.CITY_SECTION))

    def told(one: Any) -> tuple[str, list[Any]]:
        context = client.get(f"/kindergartens/{one.pk}/safety/").context
        lists = [
            (label, [(item.period, item.owed) for item, _state in items])
            for label, items in context["duties"]
        ]
        return str(context["category"]), lists

    (first, owed), (second, also) = told(public), told(private)
    assert (first, second, owed) == ("公办", "普惠性民办", also)
