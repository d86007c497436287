"""Incidents: reported without names, reviewed, put right by measures that others look at, told to other schools, closed."""

from datetime import timedelta

import pytest
from django.test import Client

from junheng.domains.findings.terms import Severity
from junheng.domains.incidents import actions
from junheng.domains.incidents.desk.waiting import incidents
from junheng.domains.incidents.models import Incident
from junheng.domains.letters.models import LetterSeries
from junheng.domains.letters.queries.filling import words_of
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import lines
from tests.domains import makers
from tests.domains.incidents.events import (
    DAY,
    FACTS,
    MEASURE,
    REVIEW,
    done,
    head,
    measured,
    officer,
    reported,
    reviewed,
)
from tests.domains.makers import AT


def series() -> LetterSeries:
    return LetterSeries.objects.create(
        code="T1", area_id="410802", kind="reminder", word="示教通", office="示例教育局"
    )


def test_it_is_reported_with_a_number_and_a_day_for_the_review() -> None:
    school = makers.school()
    first, second = reported(school), reported(school)
    assert [first.code, second.code] == [f"SJ{DAY.year}-0001", f"SJ{DAY.year}-0002"]
    assert (first.area_id, first.review_by, first.state) == (
        school.area_id,
        DAY + timedelta(days=15),
        "reported",
    )
    stranger = head(makers.school(area_id="410811"))
    with pytest.raises(NotAllowed):
        actions.report(school, kind="fire", on=DAY, place="食堂", what="起火", by=stranger, **FACTS)
    assert Incident.objects.count() == 2


def test_no_child_of_the_school_is_named_anywhere() -> None:
    school = makers.school()
    child = makers.pupil(makers.school_class(school), name="示例甲某")
    for words in (f"{child.name}摔伤", "身份证 410802201708310017 的学生"):
        with pytest.raises(Refusal):
            reported(school, what=words)
    one = reported(school)
    for given in ({"causes": f"{child.name}没有听讲"}, {"lessons": f"管好{child.name}"}):
        with pytest.raises(Refusal) as refused:
            actions.review(one, on=DAY, **REVIEW | given, by=head(school), **FACTS)
        assert refused.value.code == "child-named"
    elsewhere = makers.school()
    assert reported(elsewhere, what=f"{child.name}路过").pk, (
        "who is on no roll of the place is not known there"
    )


def test_a_measure_is_a_finding_with_its_own_day_and_longest_time() -> None:
    one = reviewed()
    due = DAY + timedelta(days=1 + 180)
    found = measured(one, due)
    assert (found.source, found.source_row, found.owner, found.due_on) == (
        "incidents",
        one.pk,
        "总务主任",
        due,
    )
    assert (found.measures, found.school) == (MEASURE["measures"], one.school)
    for day in (due + timedelta(days=1), DAY):
        with pytest.raises(Refusal) as refused:
            measured(one, day)
        assert refused.value.code == "measure-limit"
    with pytest.raises(Refusal) as major:
        measured(one, severity=Severity.MAJOR)
    assert major.value.code == "measure-is-major"
    with pytest.raises(Conflict):
        measured(reported())


def test_it_is_closed_by_another_when_every_measure_was_seen_done() -> None:
    one = reviewed()
    with pytest.raises(NotAllowed):
        actions.close(one, on=DAY, by=head(one.school), **FACTS)
    with pytest.raises(Refusal) as bare:
        actions.close(one, on=DAY, by=officer(), **FACTS)
    assert bare.value.code == "incident-without-measures"
    found = measured(one)
    with pytest.raises(Conflict, match=found.code):
        actions.close(one, on=DAY, by=officer(), **FACTS)
    two = done()
    with pytest.raises(Refusal) as early:
        actions.close(two, on=DAY + timedelta(days=2), by=officer(), **FACTS)
    assert early.value.code == "incident-closed-early"
    asker = Asker(officer(), AT)
    assert [line.label for line in lines(incidents(asker))] == ["可以办结的安全事件"]
    assert actions.close(two, on=DAY + timedelta(days=3), by=officer(), **FACTS).state == "closed"


def test_a_review_by_the_officer_is_closed_by_another_officer() -> None:
    one, who = reported(), officer()
    actions.review(one, on=DAY, **REVIEW, by=who, **FACTS)
    with pytest.raises(NotAllowed) as refused:
        actions.close(one, on=DAY, by=who, **FACTS)
    assert refused.value.code == "incident-own-review"


def test_what_is_learned_is_told_without_the_school() -> None:
    one = reviewed()
    with pytest.raises(NotAllowed):
        actions.tell(one, series=series(), wants_reply=True, by=head(one.school), **FACTS)
    letter = actions.tell(one, series=LetterSeries.objects.get(), wants_reply=False, by=officer(), **FACTS)
    text = "".join(piece.text for line in words_of(letter) for piece in line)
    assert (REVIEW["causes"] in text, REVIEW["lessons"] in text, "体育和活动" in text) == (True, True, True)
    assert (one.school.name in text, "{" in text) == (False, False)
    assert (letter.source, letter.source_row) == ("incidents", one.pk)


def test_the_pages_show_it_to_its_own_people_and_what_was_missed_to_the_leaders() -> None:
    found = measured()
    one = Incident.objects.get(pk=found.source_row)
    client = Client()
    client.force_login(officer())
    page = client.get(f"/registers/incidents/{one.pk}/").content.decode()
    assert (MEASURE["measures"] in page, "还没有通报给别的学校" in page) == (True, True)
    assert one.code in client.get("/incidents/").content.decode()
    client.force_login(officer("410811"))
    assert client.get(f"/registers/incidents/{one.pk}/").status_code == 404
    assert one.code not in client.get("/incidents/").content.decode()
    client.force_login(makers.user(Role.CITY_LEADER))
    late = found.due_on + timedelta(days=4)
    told = client.get(f"/undone/?as_of={late}").content.decode()
    assert (MEASURE["measures"] in told, "逾期 4 天" in told) == (True, True)
    assert MEASURE["measures"] not in client.get(f"/undone/?as_of={found.due_on}").content.decode()
