"""Leave and deputies: every refusal, and that a duty never falls between two people."""

from datetime import date, datetime, timedelta

import pytest

from junheng.domains.patrols.actions import end_leave, request_leave
from junheng.domains.patrols.models import Leave
from junheng.domains.patrols.queries.people import deputies_for
from junheng.domains.patrols.queries.weeks import week
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.patrols.history import SHANGHAI, check, warden

AT = datetime(2023, 9, 13, 9, tzinfo=SHANGHAI)  # a Wednesday
MONDAY, NEXT = date(2023, 9, 11), date(2023, 9, 18)
FACTS = {"since": NEXT, "until": NEXT + timedelta(days=7), "reason": "training", "at": AT, "why": "外出培训"}


def own(person, role=Role.TOWNSHIP_WARDEN):
    user = makers.user(role, area=person.area_id)
    person.user = user
    person.save()
    return user


def officer(area="410802"):
    return makers.user(Role.COUNTY_OFFICER, area=area)


def test_a_deputy_owes_what_the_absent_one_does_not() -> None:
    (person, water), (deputy, other) = warden(), warden()
    row = request_leave(person, deputy=deputy, by=own(person), **FACTS)
    assert (row.code, row.area_id) == ("QJ2023-00001", person.area_id)
    check(deputy, other, NEXT)
    check(deputy, water, NEXT + timedelta(days=2))
    check(person, water, NEXT + timedelta(days=3))  # was away: it counts for nobody
    (line,) = week(NEXT, until=date(2024, 1, 1))
    assert (line.person, line.total.owed, line.total.done, line.total.missed) == (deputy, 4, 2, 2)
    assert (line.stands_in, line.away) == ((row,), ())
    assert Entry.objects.filter(table="patrols.leave", row=row.pk, verb="deed", why="外出培训").count() == 1
    assert verify() is None


def test_without_a_deputy_the_duty_stays() -> None:
    person, _water = warden()
    request_leave(person, deputy=None, by=own(person), **FACTS)
    (line,) = week(NEXT, until=date(2024, 1, 1))
    assert (line.person, line.total.owed, len(line.away)) == (person, 2, 1)


def test_codes_go_on_within_the_year() -> None:
    by = officer()
    for number in range(1, 4):
        person, _water = warden()
        assert request_leave(person, deputy=None, by=by, **FACTS).code == f"QJ2023-{number:05d}"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"since": NEXT, "until": NEXT}, "ends-before-start"),
        ({"since": date(2019, 1, 7), "until": date(2019, 2, 1)}, "leave-not-in-office"),
    ],
)
def test_impossible_spans_are_refused(given, code) -> None:
    person, _water = warden()
    with pytest.raises(Refusal) as refused:
        request_leave(person, deputy=None, by=officer(), **FACTS | given)
    assert refused.value.code == code
    assert not Leave.objects.exists()


def test_who_has_left_gets_no_leave_beyond() -> None:
    person, _water = warden(until=NEXT + timedelta(days=3))
    with pytest.raises(Refusal, match="不全在任，不能登记请假"):
        request_leave(person, deputy=None, by=officer(), **FACTS)
    with pytest.raises(Refusal, match="不全在任，不能登记请假"):
        request_leave(person, deputy=None, by=officer(), **FACTS | {"until": None})


def test_nobody_asks_for_another() -> None:
    (person, _water), (deputy, _other) = warden(), warden()
    with pytest.raises(NotAllowed, match="没有关联.*不能替他办理") as refused:
        request_leave(person, deputy=deputy, by=own(deputy), **FACTS)
    assert refused.value.code == "leave-of-another"


def test_an_officer_of_another_county_is_refused() -> None:
    person, _water = warden()
    with pytest.raises(NotAllowed) as refused:
        request_leave(person, deputy=None, by=officer("410811"), **FACTS)
    assert refused.value.code == "deed-not-yours"
    assert not Leave.objects.exists()


def test_weeks_that_are_over_are_for_the_officer() -> None:
    person, _water = warden()
    past = FACTS | {"since": MONDAY - timedelta(days=1), "until": NEXT}
    with pytest.raises(Refusal, match="本人不能再补登") as refused:
        request_leave(person, deputy=None, by=own(person), **past)
    assert refused.value.code == "leave-of-a-week-reported"
    assert request_leave(person, deputy=None, by=officer(), **past).since == MONDAY - timedelta(days=1)


def test_this_week_from_its_monday_is_ones_own() -> None:
    person, _water = warden()
    assert request_leave(person, deputy=None, by=own(person), **FACTS | {"since": MONDAY}).since == MONDAY


def test_two_leaves_do_not_overlap_but_may_touch() -> None:
    person, _water = warden()
    by = own(person)
    request_leave(person, deputy=None, by=by, **FACTS)
    with pytest.raises(Conflict, match="已有请假") as refused:
        request_leave(
            person, deputy=None, by=by, **FACTS | {"since": NEXT + timedelta(days=6), "until": None}
        )
    assert refused.value.code == "leave-overlaps"
    request_leave(person, deputy=None, by=by, **FACTS | {"since": NEXT + timedelta(days=7), "until": None})


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"until": NEXT + timedelta(days=3)}, "deputy-not-in-office"),
        ({"since": NEXT + timedelta(days=1)}, "deputy-not-in-office"),
        ({"area_id": "410811001"}, "deputy-elsewhere"),
        ({"area_id": "410802"}, "deputy-elsewhere"),
    ],
)
def test_a_deputy_is_in_office_near_and_of_the_same_level(given, code) -> None:
    (person, _water), (deputy, _other) = warden(), warden(**given)
    with pytest.raises(Refusal) as refused:
        request_leave(person, deputy=deputy, by=officer(), **FACTS)
    assert refused.value.code == code


def test_nobody_is_his_own_deputy() -> None:
    person, _water = warden()
    with pytest.raises(Refusal) as refused:
        request_leave(person, deputy=person, by=officer(), **FACTS)
    assert refused.value.code == "own-deputy"


def test_a_deputy_is_not_away() -> None:
    (person, _water), (deputy, _other) = warden(), warden()
    by = officer()
    away = request_leave(deputy, deputy=None, by=by, **FACTS)
    with pytest.raises(Conflict, match="也请假") as refused:
        request_leave(
            person, deputy=deputy, by=by, **FACTS | {"since": NEXT + timedelta(days=6)} | {"until": None}
        )
    assert refused.value.code == "deputy-away"
    end_leave(away, on=NEXT, by=by, at=AT, why="取消")  # had not begun: it is as if it had not been
    assert Leave.objects.get(pk=away.pk).cancelled
    request_leave(person, deputy=deputy, by=by, **FACTS)


def test_who_stands_in_does_not_go_away() -> None:
    (person, _water), (deputy, _other) = warden(), warden()
    by = officer()
    request_leave(person, deputy=deputy, by=by, **FACTS)
    with pytest.raises(Conflict, match="自己不能离开") as refused:
        request_leave(deputy, deputy=None, by=by, **FACTS)
    assert refused.value.code == "deputy-leaves"


def test_coming_back_earlier() -> None:
    person, _water = warden()
    by = own(person)
    row = request_leave(person, deputy=None, by=by, **FACTS | {"since": MONDAY})
    with pytest.raises(Refusal, match="不早于原定的") as refused:
        end_leave(row, on=NEXT + timedelta(days=7), by=by, at=AT, why="返岗")
    assert refused.value.code == "leave-not-longer"
    assert end_leave(row, on=date(2023, 9, 14), by=by, at=AT, why="返岗").until == date(2023, 9, 14)
    later = datetime(2023, 9, 20, 9, tzinfo=SHANGHAI)
    with pytest.raises(Conflict, match="已经结束或取消") as refused:
        end_leave(row, on=date(2023, 9, 20), by=by, at=later, why="返岗")
    assert refused.value.code == "leave-ended"


def test_an_open_leave_is_not_ended_in_the_past_by_oneself() -> None:
    person, _water = warden()
    by = own(person)
    row = request_leave(person, deputy=None, by=by, **FACTS | {"since": MONDAY, "until": None})
    later = datetime(2023, 9, 27, 9, tzinfo=SHANGHAI)
    with pytest.raises(Refusal) as refused:
        end_leave(row, on=date(2023, 9, 20), by=by, at=later, why="返岗")
    assert refused.value.code == "leave-of-a-week-reported"
    assert end_leave(row, on=date(2023, 9, 20), by=officer(), at=later, why="更正").until == date(2023, 9, 20)


def test_nobody_ends_the_leave_of_another() -> None:
    (person, _water), (other, _more) = warden(), warden()
    row = request_leave(person, deputy=None, by=own(person), **FACTS)
    with pytest.raises(NotAllowed) as refused:
        end_leave(row, on=NEXT, by=own(other), at=AT, why="返岗")
    assert refused.value.code == "leave-of-another"


def test_deputies_that_are_offered_could_all_be_taken() -> None:
    (person, _water), (deputy, _other) = warden(), warden()
    warden(area_id="410811001")
    warden(area_id="410802")
    warden(until=date(2023, 9, 1))
    makers.person()  # without a water
    assert list(deputies_for(person, on=NEXT)) == [deputy]
