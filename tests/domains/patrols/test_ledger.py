"""The ledger night by night: reminders, misses, withdrawals, and who is told; explanations and their judgement."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from junheng.domains.patrols.actions import (
    accept_miss,
    explain_miss,
    keep_ledger,
    reject_miss,
    request_leave,
)
from junheng.domains.patrols.models import Escalation, Miss
from junheng.domains.patrols.tasks import watch
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import todo_of
from tests.domains import makers
from tests.domains.patrols.history import SHANGHAI, check, warden
from tests.domains.patrols.test_leaves import officer, own

BEGUN = date(2023, 9, 4)  # a Monday: wardens of these tests begin here, so no earlier week is owed
MONDAY, FRIDAY, SUNDAY, NEXT = (BEGUN + timedelta(days=n) for n in (0, 4, 6, 7))


def night(on: date):
    return keep_ledger(
        on=on, by="junheng", at=datetime.combine(on, datetime.min.time(), SHANGHAI), why="每晚计数"
    )


def day(on: date) -> dict:
    return {"at": datetime.combine(on, datetime.min.time(), SHANGHAI).replace(hour=9), "why": "按规定办理"}


def one_short(**given):
    person, water = warden(since=BEGUN, **given)
    check(person, water, MONDAY)
    return person, water


def listed():
    """A miss that was listed on the Monday after."""
    person, water = one_short()
    night(NEXT)
    return Miss.objects.get(), person, water


def test_friday_reminds_and_monday_lists() -> None:
    person, _water = one_short()
    met, other = warden(since=BEGUN)
    assert (night(MONDAY + timedelta(days=3)).reminded, Miss.objects.count()) == (0, 0)
    assert night(FRIDAY).reminded == 2
    assert night(FRIDAY).reminded == 0  # the same night again
    check(met, other, FRIDAY, "10:00")
    check(met, other, FRIDAY + timedelta(days=1))
    night(SUNDAY)
    assert {one.person: one.state for one in Miss.objects.all()} == {person: "reminded", met: "met"}
    kept = night(NEXT)
    assert (kept.missed, kept.told) == (1, 2)  # oneself and, without a day between, the county
    row = Miss.objects.get(person=person)
    assert (row.state, row.owed, row.done, row.missed) == ("missed", 2, 1, 1)
    assert (row.reminded_on, row.listed_on, row.monday) == (FRIDAY, NEXT, MONDAY)
    assert row.code == f"LC20230904-{person.code}-T"
    assert verify() is None


def test_a_night_done_twice_writes_nothing() -> None:
    one_short()
    night(NEXT)
    before = Entry.objects.count()
    kept = night(NEXT)
    assert (kept.reminded, kept.missed, kept.withdrawn, kept.told) == (0, 0, 0, 0)
    assert Entry.objects.count() == before


def test_nights_that_were_missed_are_caught_up_with_their_days() -> None:
    one_short()
    night(date(2023, 10, 9))
    weeks = list(Miss.objects.filter(state="missed").order_by("monday").values_list("monday", "listed_on"))
    assert weeks == [(MONDAY + timedelta(days=7 * n), NEXT + timedelta(days=7 * n)) for n in range(5)]
    steps = (
        Escalation.objects.filter(miss__monday=MONDAY).order_by("due_on", "pk").values_list("rung", "due_on")
    )
    assert list(steps) == [
        ("person", NEXT), ("county", NEXT), ("city", date(2023, 9, 14)), ("leader", date(2023, 9, 20)),
    ]  # fmt: skip


def test_there_is_no_ledger_before_its_rule() -> None:
    """Fifty-three weeks back from March lie weeks of which nobody was ever told: they stay as they are."""
    warden(since=date(2022, 1, 3))
    night(date(2023, 1, 16))
    weeks = Miss.objects.order_by("monday").values_list("monday", flat=True)
    assert list(weeks) == [date(2023, 1, 2), date(2023, 1, 9)]


def test_it_goes_up_the_levels_in_working_days() -> None:
    """The third working day after Monday the 25th is Thursday; the seventh lies behind the holiday of October."""
    _person, _water = warden(since=date(2023, 9, 18))
    for n in range(25, 31):
        night(date(2023, 9, n))
    assert set(Escalation.objects.values_list("rung", flat=True)) == {"person", "county", "city"}
    first = Escalation.objects.filter(miss__monday=date(2023, 9, 18))
    night(date(2023, 10, 9))
    assert not first.filter(rung="leader").exists()
    night(date(2023, 10, 11))
    row = first.get(rung="leader")
    assert (row.told, row.due_on) == ("市局领导", date(2023, 10, 10))
    assert first.get(rung="county").told == "解放区教育局"
    assert first.get(rung="city").told == "市局安全科"


def test_each_level_is_told_once() -> None:
    listed()
    for n in range(20):
        night(NEXT + timedelta(days=n))
    first = Escalation.objects.filter(miss__monday=MONDAY)
    assert sorted(first.values_list("rung", flat=True)) == ["city", "county", "leader", "person"]


def test_records_that_come_late_withdraw_the_miss_with_its_reason() -> None:
    miss, person, water = listed()
    check(person, water, SUNDAY)
    assert night(NEXT + timedelta(days=2)).withdrawn == 1
    miss.refresh_from_db()
    assert (miss.state, miss.withdrawn_because, miss.done, miss.missed) == ("withdrawn", "checks", 2, 0)
    assert miss.withdrawn_on == NEXT + timedelta(days=2)
    assert miss.escalations.count() == 2  # that it was told stays
    assert night(NEXT + timedelta(days=3)).told == 0


def test_a_leave_that_is_entered_late_withdraws_it_too_and_the_deputy_is_short() -> None:
    miss, person, _water = listed()
    deputy, other = warden(since=BEGUN)
    check(deputy, other, MONDAY)
    check(deputy, other, FRIDAY)
    request_leave(person, deputy=deputy, since=MONDAY, until=NEXT, reason="leave", by=officer(), **day(NEXT))
    night(NEXT + timedelta(days=1))
    miss.refresh_from_db()
    assert (miss.state, miss.withdrawn_because) == ("withdrawn", "duty")
    short = Miss.objects.get(person=deputy)
    assert (short.state, short.owed, short.done) == ("missed", 4, 2)


def test_what_was_withdrawn_comes_back_where_the_record_was_wrong() -> None:
    miss, person, water = listed()
    late = check(person, water, SUNDAY)
    night(NEXT + timedelta(days=1))
    late.delete()
    assert night(NEXT + timedelta(days=2)).missed == 1
    miss.refresh_from_db()
    assert (miss.state, miss.withdrawn_because, miss.withdrawn_on, miss.missed) == ("missed", "", None, 1)


def test_an_accepted_explanation_stays_on_the_books_and_goes_no_further() -> None:
    miss, person, _water = listed()
    miss = explain_miss(miss, explanation="汛期抢险", by=own(person), **day(NEXT))
    assert (miss.state, miss.explained_on) == ("explained", NEXT)
    miss = accept_miss(miss, by=officer(), **day(NEXT + timedelta(days=1)))
    assert (miss.state, miss.judged_on) == ("accepted", NEXT + timedelta(days=1))
    night(NEXT + timedelta(days=30))
    assert set(miss.escalations.values_list("rung", flat=True)) == {"person", "county"}
    assert verify() is None


def test_one_that_nobody_judged_goes_on_up() -> None:
    miss, person, _water = listed()
    explain_miss(miss, explanation="汛期抢险", by=own(person), **day(NEXT))
    night(NEXT + timedelta(days=3))
    assert "city" in set(miss.escalations.values_list("rung", flat=True))


def test_a_rejected_one_may_be_explained_better() -> None:
    miss, person, _water = listed()
    by = own(person)
    miss = explain_miss(miss, explanation="忘了", by=by, **day(NEXT))
    miss = reject_miss(miss, verdict="理由不成立", by=officer(), **day(NEXT))
    assert (miss.state, miss.verdict) == ("rejected", "理由不成立")
    miss = explain_miss(miss, explanation="当日抢险，有值班记录", by=by, **day(NEXT))
    assert (miss.state, miss.verdict, miss.judged_by) == ("explained", "", "")


def test_nobody_explains_for_another() -> None:
    miss, _person, _water = listed()
    other, _more = warden(since=BEGUN)
    with pytest.raises(NotAllowed, match="不能替他说明") as refused:
        explain_miss(miss, explanation="忘了", by=own(other), **day(NEXT))
    assert refused.value.code == "miss-of-another"


@pytest.mark.parametrize("words", ["", "  "])
def test_words_are_needed(words) -> None:
    miss, person, _water = listed()
    with pytest.raises(Refusal) as refused:
        explain_miss(miss, explanation=words, by=own(person), **day(NEXT))
    assert refused.value.code == "miss-without-words"
    explain_miss(miss, explanation="忘了", by=person.user, **day(NEXT))
    with pytest.raises(Refusal) as refused:
        reject_miss(miss, verdict=words, by=officer(), **day(NEXT))
    assert refused.value.code == "miss-without-verdict"


def test_a_reminder_is_not_explained_and_nothing_is_explained_twice() -> None:
    person, _water = one_short()
    night(FRIDAY)
    by = own(person)
    with pytest.raises(Conflict) as refused:
        explain_miss(Miss.objects.get(), explanation="忘了", by=by, **day(FRIDAY))
    assert refused.value.code == "miss-not-to-explain"
    night(NEXT)
    miss = explain_miss(Miss.objects.get(), explanation="忘了", by=by, **day(NEXT))
    with pytest.raises(Conflict):
        explain_miss(miss, explanation="又忘了", by=by, **day(NEXT))


def test_who_wrote_it_does_not_judge_it() -> None:
    miss, _person, _water = listed()
    by = officer()
    miss = explain_miss(miss, explanation="本人住院，代为登记", by=by, **day(NEXT))
    with pytest.raises(NotAllowed, match="不能自己认定") as refused:
        accept_miss(miss, by=by, **day(NEXT))
    assert refused.value.code == "miss-own-explanation"
    assert accept_miss(miss, by=officer(), **day(NEXT)).state == "accepted"


def test_whose_miss_it_is_never_judges_it_whatever_else_he_is() -> None:
    miss, person, _water = listed()
    by = own(person, Role.COUNTY_OFFICER)
    makers.Grant.objects.create(user=by, role=Role.COUNTY_OFFICER, area="410802", since=makers.BEGUN)
    explain_miss(miss, explanation="忘了", by=officer(), **day(NEXT))
    with pytest.raises(NotAllowed, match="由上一级认定") as refused:
        accept_miss(miss, by=by, **day(NEXT))
    assert refused.value.code == "miss-judged-above"


def test_wardens_of_a_county_are_judged_by_the_city() -> None:
    person, water = makers.person(area_id="410802", since=BEGUN), makers.water()
    makers.assignment(water, person, level="county")
    night(NEXT)
    miss = explain_miss(
        Miss.objects.get(), explanation="会议", by=own(person, Role.COUNTY_WARDEN), **day(NEXT)
    )
    assert miss.owed == 1
    with pytest.raises(NotAllowed) as refused:
        accept_miss(miss, by=officer(), **day(NEXT))
    assert refused.value.code == "miss-judged-above"
    assert accept_miss(miss, by=makers.user(Role.CITY_SECTION), **day(NEXT)).state == "accepted"


def test_what_is_not_explained_is_not_judged() -> None:
    miss, _person, _water = listed()
    with pytest.raises(Conflict) as refused:
        accept_miss(miss, by=officer(), **day(NEXT))
    assert refused.value.code == "miss-not-explained"


def test_an_officer_elsewhere_does_nothing() -> None:
    miss, _person, _water = listed()
    with pytest.raises(NotAllowed) as refused:
        explain_miss(miss, explanation="忘了", by=officer("410811"), **day(NEXT))
    assert refused.value.code == "deed-not-yours"


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "explained"},
        {"state": "accepted", "explanation": "忘了", "explained_by": "a", "judged_by": "a"},
        {"state": "rejected", "explanation": "忘了", "explained_by": "a"},
        {"state": "withdrawn"},
    ],
)
def test_the_table_itself_refuses_what_no_deed_would_write(wrong) -> None:
    miss, _person, _water = listed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Miss.objects.filter(pk=miss.pk).update(**wrong)


def lines(user, on: date) -> dict[str, tuple[int, bool]]:
    found = todo_of(Asker(user, datetime.combine(on, datetime.min.time(), SHANGHAI)))
    return {
        str(one.label): (one.count, one.late)
        for one in found
        if "patrols" in one.address or "misses" in one.address
    }


def test_the_first_page_of_each_level() -> None:
    person, _water = one_short()
    by, county, section, leader = (
        own(person),
        officer(),
        makers.user(Role.CITY_SECTION),
        makers.user(Role.CITY_LEADER),
    )
    night(FRIDAY)
    assert lines(by, FRIDAY) == {"本周还要暗访的次数": (1, False)}
    assert lines(county, FRIDAY) == {}
    night(NEXT)
    assert lines(by, NEXT) == {"待说明的漏查": (1, True)}
    assert lines(county, NEXT) == {"上报到本级的漏查": (1, True)}
    assert lines(officer("410811"), NEXT) == {}
    assert lines(section, NEXT) == lines(leader, NEXT) == {}
    explain_miss(Miss.objects.get(), explanation="忘了", by=by, **day(NEXT))
    assert lines(by, NEXT) == {}
    assert lines(county, NEXT) == {"上报到本级的漏查": (1, True), "待认定的漏查说明": (1, False)}
    night(NEXT + timedelta(days=3))
    assert lines(section, NEXT) == {"上报到本级的漏查": (1, True)}
    night(NEXT + timedelta(days=9))
    assert lines(leader, NEXT)["上报到本级的漏查"][0] >= 1


def test_every_night_a_worker_keeps_the_ledger(settings) -> None:
    settings.JUNHENG_AS_OF = NEXT
    one_short()
    from junheng.platform.jobs.kinds import Work

    told = watch(Work(None, makers.AT, lambda *_: None))()
    assert told == {"sentence": "计数完成：提醒 0 人，漏查 1 起，撤销 0 起，上报 2 次。"}
