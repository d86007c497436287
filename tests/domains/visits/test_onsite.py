"""Visits on the spot: by whom, when, what is written, and what is refused."""

from datetime import date, datetime, timedelta

import pytest

from junheng.domains.areas.models import Area
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import Severity
from junheng.domains.schools.models import School
from junheng.domains.visits import actions
from junheng.domains.visits.models import Errand, Inspector, SiteVisit
from junheng.domains.visits.terms import ErrandKind, ErrandState, Mode, TieReason
from tests.domains import makers
from tests.domains.visits.sample import (
    LAST,
    NOW,
    SHANGHAI,
    THERE,
    WHY,
    city,
    errand,
    inspector,
    institution,
    section,
    strangers,
    users_of,
)
from tests.domains.visits.test_draw import refused


@pytest.fixture(autouse=True)
def small_city(places) -> None:
    city(schools=2, people=3)


def test_a_visit_from_the_plan_to_its_end() -> None:
    one = errand(section(), strangers())
    first, second = users_of(one)
    visit = actions.arrive(one, place="35.2, 113.2", by=first, at=THERE, why=WHY)
    assert (visit.arrived_at, visit.place, visit.area_id) == (THERE, "35.2, 113.2", "410802")
    refused("arrived-already", lambda: actions.arrive(one, by=second, at=THERE, why=WHY))
    refused("nothing-written", lambda: actions.confirm(visit, by=first, at=THERE, why=WHY))
    actions.write_down(visit, "查看了收费公示栏", by=first, at=THERE, why=WHY)
    note = actions.find(visit, "公示栏没有举报电话", Severity.GENERAL, by=second, at=THERE, why=WHY)
    found = Finding.objects.get(pk=note.finding)
    assert (found.source, found.source_row, found.school_id) == ("sitevisits", visit.pk, one.school_id)
    actions.confirm(visit, by=first, at=THERE, why=WHY)
    refused("team-not-confirmed", lambda: actions.close(visit, "发现一处问题", by=first, at=THERE, why=WHY))
    actions.confirm(visit, by=second, at=THERE, why=WHY)
    actions.write_down(visit, "又看了食堂", by=second, at=THERE, why=WHY)
    refused("team-not-confirmed", lambda: actions.close(visit, "发现一处问题", by=first, at=THERE, why=WHY))
    for who in (first, second):
        actions.confirm(visit, by=who, at=THERE, why=WHY)
    done = actions.close(visit, "发现一处问题", by=first, at=THERE, why=WHY)
    assert (done.state, done.findings) == ("closed", 1)
    assert Errand.objects.get(pk=one.pk).state == ErrandState.CLOSED
    refused("visit-closed", lambda: actions.write_down(visit, "再补一条", by=first, at=THERE, why=WHY))
    refused("visit-closed", lambda: actions.arrive(one, by=first, at=THERE, why=WHY))


def test_a_team_of_one_a_tie_and_the_own_county_are_refused() -> None:
    by = section()
    team = strangers()
    refused("team-too-small", lambda: errand(by, team[:1]))
    refused("inspector-twice", lambda: errand(by, [team[0], team[0]]))
    school = School.objects.filter(area="410802").order_by("pk")[0]
    actions.declare_tie(team[0], reason=TieReason.KIN, school=school, by=by, at=NOW, why=WHY)
    refused("inspector-recused", lambda: errand(by, team))
    refused(
        "tie-declared",
        lambda: actions.declare_tie(team[0], reason=TieReason.KIN, school=school, by=by, at=NOW, why=WHY),
    )
    own = list(Inspector.objects.filter(area="410802")[:2])
    refused("inspector-recused", lambda: errand(by, own))
    refused("county-checks-itself", lambda: errand(by, own, kind=ErrandKind.CROSS))


def test_a_county_may_send_its_own_to_its_own_schools_but_to_no_other_county() -> None:
    county = makers.user("county_officer", area="410802")
    here = Area.objects.get(pk="410802")
    own = list(Inspector.objects.filter(area="410802")[:2])
    assert errand(county, own, by_area=here).by_area_id == "410802"
    there = School.objects.filter(area="410811")[0]
    refused("visit-outside", lambda: errand(county, own, by_area=here, school=there))
    refused("plans-no-visits", lambda: errand(county, own))


def test_a_tie_that_is_declared_on_the_way_stops_the_visit_at_the_gate() -> None:
    by = section()
    one = errand(by, strangers())
    first, _second = users_of(one)
    team = strangers()
    actions.declare_tie(team[0], reason=TieReason.TRADE, school=one.school, by=first, at=NOW, why=WHY)
    refused("inspector-recused", lambda: actions.arrive(one, by=first, at=THERE, why=WHY))


def test_only_the_team_arrives_and_only_on_its_days() -> None:
    one = errand(section(), strangers(), until=LAST)
    first, _second = users_of(one)
    stranger = makers.user("inspector", area="410803")
    refused("not-on-team", lambda: actions.arrive(one, by=stranger, at=THERE, why=WHY))
    refused("arrives-too-early", lambda: actions.arrive(one, by=first, at=THERE - timedelta(days=1), why=WHY))
    late = datetime(2024, 4, 27, 0, 0, tzinfo=SHANGHAI)
    refused("errand-over", lambda: actions.arrive(one, by=first, at=late, why=WHY))
    last = late - timedelta(minutes=1)
    assert actions.arrive(one, by=first, at=last, why=WHY).arrived_on == LAST


def test_a_withdrawn_visit_is_given_up_with_a_reason() -> None:
    by = section()
    one = errand(by, strangers())
    first, _second = users_of(one)
    refused("withdraw-without-reason", lambda: actions.withdraw(one, by=by, at=NOW, why=" "))
    actions.withdraw(one, by=by, at=NOW, why="改期")
    refused("visit-withdrawn", lambda: actions.arrive(one, by=first, at=THERE, why=WHY))
    refused("visit-begun", lambda: actions.withdraw(one, by=by, at=NOW, why="改期"))
    assert not SiteVisit.objects.exists()


@pytest.mark.parametrize(
    ("day", "evening", "code"),
    [
        (date(2024, 5, 1), False, ""),  # 劳动节
        (date(2024, 4, 13), False, ""),  # a plain Saturday
        (date(2024, 4, 28), False, "no-rest-day"),  # a Sunday that is worked for the holiday
        (date(2024, 4, 28), True, ""),
        (date(2024, 4, 16), False, "no-rest-day"),
        (date(2024, 4, 16), True, ""),
        (date(2024, 4, 1), False, "visit-in-the-past"),
    ],
)
def test_institutions_are_visited_on_the_days_on_which_they_may_not_train(day, evening, code) -> None:
    place = institution()

    def plan() -> Errand:
        return errand(section(), strangers(), institution=place, day=day, evening=evening)

    if code:
        refused(code, plan)
    else:
        assert plan().day == day


@pytest.mark.parametrize("day", [date(2024, 5, 1), date(2024, 4, 13)])
def test_schools_are_not_visited_when_nobody_is_there(day) -> None:
    refused("school-is-closed", lambda: errand(section(), strangers(), day=day))


def test_a_lesson_on_a_rest_day_becomes_a_finding_with_its_rule() -> None:
    place = institution()
    one = errand(section(), strangers(), institution=place, day=date(2024, 4, 13))
    first, _second = users_of(one)
    at = datetime(2024, 4, 13, 9, 30, tzinfo=SHANGHAI)
    visit = actions.arrive(one, by=first, at=at, why=WHY)
    refused(
        "lesson-at-another-time",
        lambda: actions.see_lesson(
            visit,
            "数学",
            seen_at=at + timedelta(hours=1),
            mode=Mode.OFFLINE,
            subject=True,
            by=first,
            at=at,
            why=WHY,
        ),
    )
    note = actions.see_lesson(
        visit,
        "八年级数学课",
        seen_at=at,
        mode=Mode.OFFLINE,
        subject=False,
        pupils=12,
        by=first,
        at=at,
        why=WHY,
    )
    assert [one["breach"] for one in note.breaches] == ["rest"]
    visit.refresh_from_db()
    assert visit.breach
    found = Finding.objects.get(source="sitevisits", source_row=visit.pk)
    assert "中办发〔2021〕40号" in found.cites
    assert found.owner == "启明培训"


def test_a_place_without_a_licence_is_visited_with_its_area() -> None:
    by = section()
    refused("visit-to-one-place", lambda: errand(by, strangers(), place="某小区 3 号楼"))
    one = errand(
        by, strangers(), place="某小区 3 号楼", area=Area.objects.get(pk="410802"), kind=ErrandKind.TIP
    )
    assert (str(one), one.area_id) == ("某小区 3 号楼", "410802")


def test_a_tie_that_was_hidden_puts_what_was_checked_there_in_doubt() -> None:
    by = section()
    one = errand(by, strangers())
    first, _second = users_of(one)
    visit = actions.arrive(one, by=first, at=THERE, why=WHY)
    other = errand(by, strangers(), school=School.objects.filter(area="410803")[0])
    elsewhere = actions.arrive(other, by=first, at=THERE, why=WHY)
    refused(
        "hidden-without-words",
        lambda: actions.report_hidden(
            strangers()[0], reason=TieReason.KIN, school=one.school, words="", by=by, at=THERE, why=WHY
        ),
    )
    found = actions.report_hidden(
        strangers()[0],
        reason=TieReason.KIN,
        school=one.school,
        words="其配偶在校任教",
        by=by,
        at=THERE,
        why=WHY,
    )
    assert [each.pk for each in found] == [visit.pk]
    visit.refresh_from_db()
    elsewhere.refresh_from_db()
    assert "须重查" in visit.doubt
    assert elsewhere.doubt == ""


def test_nobody_declares_ties_of_another() -> None:
    one = inspector("410811", "d-x")
    school = School.objects.all()[0]
    refused(
        "ties-of-another",
        lambda: actions.declare_tie(
            one,
            reason=TieReason.KIN,
            school=school,
            by=makers.user("county_officer", area="410803"),
            at=NOW,
            why=WHY,
        ),
    )
    refused(
        "tie-to-one", lambda: actions.declare_tie(one, reason=TieReason.KIN, by=section(), at=NOW, why=WHY)
    )
