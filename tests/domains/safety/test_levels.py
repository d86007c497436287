"""Levels of standardisation: computed from sheets, given by three different people, suspended and taken away."""

from datetime import date, timedelta

import pytest
from django.test import Client

from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import Severity
from junheng.domains.safety import actions
from junheng.domains.safety.desk.waiting import levels_to_answer
from junheng.domains.safety.models import Acceptance
from junheng.domains.safety.queries.levels import Score
from junheng.domains.safety.terms import SafetyLevel
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import lines
from tests.domains import makers
from tests.domains.findings.hazards import finding
from tests.domains.safety.levels import FACTS, ON, asked, by_standard, checked, granted, seen
from tests.domains.safety.round import AT, DAY, HERE, THERE, officer, principal, section


@pytest.mark.parametrize(
    ("met", "of", "level"),
    [(95, 100, "first"), (94, 100, "second"), (85, 100, "second"), (84, 100, "third"), (75, 100, "third"), (74, 100, None), (0, 0, None)],
)  # fmt: skip
def test_the_level_on_both_sides_of_each_limit(met: int, of: int, level: str | None) -> None:
    assert Score(met, of).level(on=DAY) == (SafetyLevel(level) if level else None)
    assert Score(met, of, major=1).level(on=DAY) is None


def test_a_school_asks_by_its_own_sheet_once_a_round() -> None:
    round_, school = by_standard(n1_1="fail")
    with pytest.raises(NotAllowed) as refused:
        actions.ask_level(school, by=officer(), **FACTS)
    assert refused.value.code == "level-asked-by-school"
    one = actions.ask_level(school, by=principal(school), **FACTS)
    assert (one.own_met, one.own_of, one.own_level, one.round) == (3, 4, "third", round_)
    with pytest.raises(Conflict, match="正在办理"):
        actions.ask_level(school, by=principal(school), **FACTS)
    actions.return_level(one, words="消防通道没有整改", **ON, by=officer(), **FACTS)
    with pytest.raises(Conflict, match="一轮只申请一次"):
        actions.ask_level(school, by=principal(school), **FACTS)


@pytest.mark.parametrize(
    ("results", "code"),
    [({"n2_2": "fail"}, "level-with-major-item"), ({"n1_1": "fail", "n1_2": "fail"}, "level-not-reached")],
)
def test_what_the_sheet_does_not_reach_is_not_asked_for(results: dict[str, str], code: str) -> None:
    _round, school = by_standard(**results)
    with pytest.raises(Refusal) as refused:
        actions.ask_level(school, by=principal(school), **FACTS)
    assert refused.value.code == code


def test_without_a_sheet_by_the_standard_nothing_is_asked_for() -> None:
    school = makers.school(area_id=HERE)
    with pytest.raises(Refusal) as refused:
        actions.ask_level(school, by=principal(school), **FACTS)
    assert refused.value.code == "level-without-sheet"


def test_the_county_says_what_its_own_sheet_says() -> None:
    one = asked()
    with pytest.raises(Refusal) as refused:
        actions.check_level(one, words="核对", **ON, by=officer(), **FACTS)
    assert refused.value.code == "level-without-county-sheet"
    seen(one, n1_1="fail")
    for who in (section(), principal(one.school)):
        with pytest.raises(NotAllowed):
            actions.check_level(one, words="核对", **ON, by=who, **FACTS)
    done = actions.check_level(one, words="核对", **ON, by=officer(), **FACTS)
    assert (done.county_met, done.county_of, done.county_level, done.state) == (3, 4, "third", "checked")


def test_the_city_gives_no_better_level_than_the_sheets_and_for_some_years() -> None:
    one = checked(n1_1="fail")
    with pytest.raises(Refusal, match="最多支持“三级”"):
        actions.grant_level(one, level="first", number="x", **ON, by=section(), **FACTS)
    with pytest.raises(NotAllowed):
        actions.grant_level(one, level="third", number="x", **ON, by=officer(), **FACTS)
    done = actions.grant_level(one, level="third", number="示安〔2024〕1号", **ON, by=section(), **FACTS)
    assert (done.state, done.since, done.until) == ("granted", DAY, date(DAY.year + 3, DAY.month, DAY.day))
    assert Entry.objects.filter(table="safety.acceptance", row=one.pk, verb="deed").count() == 3


def test_a_major_hazard_that_is_open_stands_in_the_way() -> None:
    one = checked()
    hazard = finding(school=one.school, severity=Severity.MAJOR)
    with pytest.raises(Conflict, match=hazard.code):
        actions.grant_level(one, level="first", number="x", **ON, by=section(), **FACTS)


def test_a_new_level_ends_the_one_before() -> None:
    first = granted()
    _round, school = by_standard(first.school)
    second = actions.ask_level(school, by=principal(school), **FACTS)
    actions.check_level(seen(second), words="核对", **ON, by=officer(), **FACTS)
    actions.grant_level(second, level="second", number="x", **ON, by=section(), **FACTS)
    assert dict(Acceptance.objects.values_list("pk", "state")) == {first.pk: "ended", second.pk: "granted"}


def test_nights_suspend_give_back_and_end() -> None:
    one = granted()
    hazard = finding(school=one.school, severity=Severity.MAJOR)
    told = {"by": "junheng", "at": AT, "why": "核对"}
    assert actions.watch_levels(on=hazard.due_on, **told) == {"suspended": 0, "restored": 0, "ended": 0}
    late = hazard.due_on + timedelta(days=1)
    assert actions.watch_levels(on=late, **told)["suspended"] == 1
    assert actions.watch_levels(on=late, **told)["suspended"] == 0
    one.refresh_from_db()
    assert (one.state, hazard.code in one.ended_why) == ("suspended", True)
    assert not register_called("acceptances").public_rows(Acceptance.objects.all()).exists()
    city = Asker(section(), AT)
    assert [(line.label, line.count) for line in lines(levels_to_answer(city))] == [("等级已暂停的学校", 1)]
    Finding.objects.filter(pk=hazard.pk).update(state="closed", remedied_on=DAY, remedied_by="甲", closed_on=DAY, closed_by="乙")  # fmt: skip
    assert actions.watch_levels(on=late, **told)["restored"] == 1
    one.refresh_from_db()
    assert (one.state, one.ended_why, one.ended_on) == ("granted", "", None)
    assert one.until is not None
    assert actions.watch_levels(on=one.until - timedelta(days=1), **told)["ended"] == 0
    assert actions.watch_levels(on=one.until, **told)["ended"] == 1
    Acceptance.objects.filter(pk=one.pk).update(state="granted")
    School.objects.filter(pk=one.school_id).update(until=late)
    assert actions.watch_levels(on=late - timedelta(days=1), **told)["ended"] == 0
    assert actions.watch_levels(on=late, **told)["ended"] == 1


def test_the_city_takes_a_level_away_with_a_reason() -> None:
    one = granted()
    with pytest.raises(Refusal) as refused:
        actions.withdraw_level(one, words=" ", **ON, by=section(), **FACTS)
    assert refused.value.code == "level-ends-without-words"
    done = actions.withdraw_level(one, words="认定依据不实", **ON, by=section(), **FACTS)
    assert (done.state, done.ended_why) == ("withdrawn", "认定依据不实")


def test_the_page_counts_from_acceptances_and_the_public_sees_the_level_only() -> None:
    makers.school(area_id=THERE)
    one = granted()
    client = Client()
    client.force_login(section())
    answer = client.get("/safety/levels/")
    shares = {line.area: (line.schools, line.held, line.none) for line, _name in answer.context["lines"]}
    assert shares == {HERE: (1, 1, 0), THERE: (1, 0, 1)}
    assert client.get("/safety/levels/?county=999999").status_code == 400
    client.force_login(officer(THERE))
    assert [line.area for line, _name in client.get("/safety/levels/").context["lines"]] == [THERE]
    assert client.get(f"/registers/acceptances/{one.pk}/").status_code == 404
    client.force_login(makers.user(Role.ACCOUNT_ADMIN))
    assert client.get("/safety/levels/").status_code in {403, 404}
    client.logout()
    page = client.get("/safety/public/?q=示例").content.decode()
    assert (one.school.name in page, "一级" in page, str(one.until) in page) == (True, True, True)
    assert (one.number in page, one.county_words in page) == (False, False)
    actions.withdraw_level(one, words="认定依据不实", **ON, by=section(), **FACTS)
    assert one.school.name not in client.get("/safety/public/").content.decode()
    public = {field.name for field in register_called("acceptances").fields if field.flags & 16}
    assert public == {"school", "area", "level", "since", "until"}
