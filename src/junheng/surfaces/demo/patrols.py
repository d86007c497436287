"""A year of missed checks in the demonstration city: planted hurried checks, leaves with deputies, and the ledger of them.

The checks that are in the books are counted as any night would count them. What is missing is missing because a warden
did both checks of a week within minutes (planted here, so that the promise of two a week still holds as it is worded),
or because a deputy did not do what the absent one would have done.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl
from django.db import transaction

from junheng.domains.areas.models import Area
from junheng.domains.patrols.actions.ledger import NOTHING, Key, fall_short, opened, position, totals_of
from junheng.domains.patrols.models import Escalation, Leave, Miss
from junheng.domains.patrols.queries.counting import compliance
from junheng.domains.patrols.queries.norms import told_on
from junheng.domains.patrols.queries.weeks import Total
from junheng.domains.patrols.terms import OPEN, RUNGS, LeaveReason, MissState, Rung, Withdrawal
from junheng.domains.people.models import Person
from junheng.platform.audit.append import append_many
from junheng.platform.audit.chain import Draft
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of
from junheng.surfaces.demo.city.officials import COUNTY_POST, TOWNSHIP_POST
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.logins import county_login

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY, FIRST, THIS = date(2023, 12, 31), date(2023, 1, 2), date(2023, 12, 25)
WEEK = timedelta(days=7)
EVERY = 4
"""Of so many township wardens one was in a hurry, once in spring, once in autumn, and the first in December."""
APART = timedelta(minutes=4)
HURRIED = (date(2023, 4, 10), date(2023, 10, 16), date(2023, 12, 11), date(2023, 12, 25))
"""Mondays of weeks that lie within one month: what a county handed in for a month stays what it is."""
LATELY, FOURTEEN = date(2023, 10, 1), 14
"""Of so many weeks that were listed since this day one is open, one waits for a judgement, and one was not accepted."""
BY, WHY = "junheng", "每晚计数并逐级上报"
EXPLANATIONS = (
    "当天两处相邻水域接连检查，已补查（演示）",
    "汛期抢险，未能分开检查（演示）",
    "代理期间未及时补上（演示）",
)
VERDICT = "同一天几分钟内的两次不能计作两次（演示）"


def hurry(city: City) -> City:
    """The city with the second check of some weeks minutes after the first. No number of checks changes in any week."""
    return {**city, "checks": hurried_checks(city["checks"], list(planted(city)))}


def planted(city: City) -> Iterator[tuple[int, date]]:
    """The wardens and the Mondays of the weeks in which they were in a hurry; the first, who has a login, this week too."""
    made = city["checks"].filter(pl.col("level") == "township")
    here = city["people"].filter((pl.col("post") == TOWNSHIP_POST) & pl.col("until").is_null())
    for number, person in enumerate(here["id"].sort().to_list()[::EVERY]):
        own = made.filter(pl.col("person") == person)
        for place, monday in enumerate(HURRIED):
            week = own.filter(in_week(monday))
            if week.height == 2 and (place < 2 or (place == 2 and number % 3 == 0) or number == 0):
                yield person, monday


def in_week(monday: date) -> pl.Expr:
    """The checks of one week."""
    return pl.col("checked_at").dt.date().is_between(monday, monday + timedelta(days=6))


def hurried_checks(checks: pl.DataFrame, weeks: Sequence[tuple[int, date]]) -> pl.DataFrame:
    """The checks with the later one of each of these weeks moved to shortly after the earlier one."""
    found = checks
    for person, monday in weeks:
        here = (pl.col("person") == person) & in_week(monday)
        first, last = found.filter(here)["checked_at"].min(), found.filter(here)["checked_at"].max()
        moved = pl.when(here & (pl.col("checked_at") == last)).then(pl.lit(first) + APART)
        moment = moved.otherwise(pl.col("checked_at")).cast(checks["checked_at"].dtype)
        found = found.with_columns(moment.alias("checked_at"))
    return found


@transaction.atomic
def add_patrols() -> None:
    """Leaves, and the ledger of the year as it would stand after its last night."""
    add_leaves()
    add_ledger()


def add_leaves() -> None:
    """In every county some were away: with a deputy, without one, and one just now in the first county."""
    rows: list[Leave] = []
    for number, county in enumerate(Area.objects.filter(kind="county").order_by("code")):
        town, upper = (
            list(
                Person.objects.filter(area__code__startswith=county.code, post=post, until=None).order_by(
                    "pk"
                )
            )
            for post in (TOWNSHIP_POST, COUNTY_POST)
        )
        rows += [*away(town, number), *away(upper, number)]
        if not number and len(town) > 1:
            rows.append(leave(town[1], town[0], date(2023, 12, 28), date(2024, 1, 8), LeaveReason.TRAINING))
    rows.sort(key=lambda one: (one.since, one.person.pk))
    for number, row in enumerate(rows, start=1):
        row.code = f"QJ2023-{number:05d}"
    insert_rows(Leave, rows)
    append_many([draft for row in rows for draft in drafts_of([(row, None)], by=county_login(row.area_id[:6]), at=morning(row.since - timedelta(days=1)), why="按演示方案办理", verb=Verb.DEED.value)])  # fmt: skip


def away(people: Sequence[Person], number: int) -> Iterator[Leave]:
    """Two days without harm, a week in which the deputy did no more than his own, three days without a deputy."""
    shift = timedelta(days=7 * number)
    if len(people) > 2:
        yield leave(
            people[1], people[2], date(2023, 3, 8) + shift, date(2023, 3, 10) + shift, LeaveReason.DUTY
        )
        yield leave(
            people[2], people[1], date(2023, 5, 8) + shift, date(2023, 5, 15) + shift, LeaveReason.LEAVE
        )
    if people:
        yield leave(people[0], None, date(2023, 8, 2) + shift, date(2023, 8, 5) + shift, LeaveReason.LEAVE)


def leave(person: Person, deputy: Person | None, since: date, until: date, reason: LeaveReason) -> Leave:
    """One leave."""
    return Leave(
        person=person, deputy=deputy, area_id=person.area_id, since=since, until=until, reason=reason
    )


def add_ledger() -> None:
    """A row for every week in which something is missing, what became of it, and who was told on which day."""
    totals = totals_of(compliance(first=FIRST, last=THIS, until=DAY + timedelta(days=1)), also=())
    people = Person.objects.in_bulk({key[0] for key in totals})
    rows: list[Miss] = []
    for key in sorted(totals, key=lambda one: (one[2], one[1], one[0])):
        row = fall_short(opened(key, people[key[0]]), totals[key], this=THIS, on=friday(key[2]))
        row.reminded_on = friday(key[2])
        settle(row, len(rows))
        rows.append(row)
    rows.append(withdrawn(totals))
    insert_rows(Miss, rows)
    drafts = [draft for row in rows for draft in entries(row)]
    counties = dict(Area.objects.filter(kind="county").values_list("code", "name"))
    told = [one for row in rows for one in escalations(row, counties)]
    insert_rows(Escalation, told)
    drafts += [draft for one in told for draft in drafts_of([(one, None)], by=BY, at=one.told_at, why=WHY, verb=Verb.DEED.value)]  # fmt: skip
    append_many(sorted(drafts, key=lambda one: one.at))


def settle(row: Miss, number: int) -> None:
    """What was missed was explained within days; a little since October is open, and of the last of the year a third.

    So the leaders find a few names, and not the whole year.
    """
    if row.listed_on is None:
        return
    turn = number % FOURTEEN if row.listed_on >= LATELY else 0
    last = row.listed_on > date(2023, 12, 11)
    if turn == 6 or (last and (row.person.user is not None or number % 3 == 0)):
        return
    row.explanation = EXPLANATIONS[number % len(EXPLANATIONS)]
    row.explained_by, row.explained_on = "", row.listed_on + timedelta(days=1)
    row.explained_by = row.person.user.username if row.person.user else county_login(row.area_id[:6])
    if turn == 5 and not last:
        row.state = MissState.EXPLAINED
        return
    row.state = MissState.REJECTED if turn == 4 and not last else MissState.ACCEPTED
    row.verdict = VERDICT if row.state == MissState.REJECTED else ""
    row.judged_by, row.judged_on = "anquan", row.listed_on + timedelta(days=2)


def withdrawn(totals: dict[Key, Total]) -> Miss:
    """A week that had been listed and was no miss: the records of the phone came days later."""
    short = {key[0] for key in totals}
    row = Person.objects.filter(post=TOWNSHIP_POST, until=None).exclude(pk__in=short).order_by("pk").first()
    assert row is not None
    monday = date(2023, 9, 11)
    miss = fall_short(opened((row.pk, "township", monday), row), NOTHING, this=THIS, on=friday(monday))
    miss.owed = miss.done = 2
    miss.reminded_on = friday(monday)
    miss.state, miss.withdrawn_on = MissState.WITHDRAWN, monday + WEEK + timedelta(days=2)
    miss.withdrawn_because = Withdrawal.CHECKS
    return miss


def escalations(row: Miss, counties: dict[str, str]) -> Iterator[Escalation]:
    """Who was told, each on its day, until it was settled or the year was over."""
    if row.listed_on is None:
        return
    settled = DAY if row.state in OPEN else row.judged_on or row.withdrawn_on or DAY
    for rung in RUNGS:
        due = told_on(rung, row.listed_on).day
        if due <= settled:
            yield Escalation(
                miss=row,
                area_id=row.area_id,
                rung=rung,
                told=position(Rung(rung), row, counties),
                due_on=due,
                told_at=morning(due),
            )


def entries(row: Miss) -> Iterator[Draft]:
    """The entries of a row: listed or reminded by the house, then what people said about it."""
    after = Miss(**{one.attname: getattr(row, one.attname) for one in Miss._meta.concrete_fields})
    steps: list[tuple[date | None, str, dict[str, object]]] = [
        (row.judged_on, row.judged_by, {"judged_by": "", "judged_on": None, "verdict": "", "state": MissState.EXPLAINED}),
        (row.explained_on, row.explained_by, {"explanation": "", "explained_by": "", "explained_on": None, "state": MissState.MISSED}),
        (row.withdrawn_on, BY, {"withdrawn_on": None, "withdrawn_because": "", "state": MissState.MISSED, "done": 1, "missed": 1}),
    ]  # fmt: skip
    found = []
    for on, who, before in steps:
        if on is None:
            continue
        later = columns_of(after)
        for name, value in before.items():
            setattr(after, name, value)
        earlier = columns_of(after)
        changed = [name for name in later if later[name] != earlier[name]]
        found.append(
            Draft(
                at=morning(on),
                who=who,
                why=WHY if who == BY else "按演示方案办理",
                verb=Verb.DEED.value,
                table=Miss._meta.label_lower,
                row=row.pk,
                before={name: earlier[name] for name in changed},
                after={name: later[name] for name in changed},
            )
        )
    yield from drafts_of(
        [(after, None)], by=BY, at=morning(row.listed_on or friday(row.monday)), why=WHY, verb=Verb.DEED.value
    )
    yield from reversed(found)


def friday(monday: date) -> date:
    """The Friday of a week."""
    return monday + timedelta(days=4)


def morning(day: date) -> datetime:
    """Five in the morning, when the house counts."""
    return datetime.combine(day, time(5), SHANGHAI)
