"""The ledger as it is kept every night: weeks counted again, reminders, misses, withdrawals, and who is told next.

Everything follows from the day: done twice it changes nothing, and after nights in which no worker ran one night does
what they would have done, with the days on which it was due.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction

from junheng.content.rulebook import DUTIES
from junheng.domains.areas.models import Area
from junheng.domains.patrols.models import Escalation, Miss
from junheng.domains.patrols.queries.counting import Counted, compliance
from junheng.domains.patrols.queries.norms import monday_of, told_on
from junheng.domains.patrols.queries.weeks import COUNTY, Total, summed, total_of
from junheng.domains.patrols.terms import LEADERS, OPEN, RUNGS, SECTION, MissState, Rung, Withdrawal
from junheng.domains.people.models import Person
from junheng.domains.waters.terms import Level
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of

Key = tuple[int, str, date]
WEEK = timedelta(days=7)
NOTHING = Total(0, 0, 0)
ENDED = (MissState.MET, MissState.WITHDRAWN)
"""States of a week in which nothing is missing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one night came to."""

    reminded: int
    missed: int
    withdrawn: int
    told: int


@transaction.atomic
def keep_ledger(*, on: date, by: Any, at: datetime, why: str) -> Kept:
    """Count the weeks again that the rules say, write what changed, and tell whoever is to be told by this day."""
    this = monday_of(on)
    recount = DUTIES.check_recount
    first = max(this - recount.on(on).value * WEEK, recount.steps[0].since)  # no ledger before its rule
    known = {key_of(one): one for one in Miss.objects.select_for_update().filter(monday__gte=first)}
    totals = totals_of(compliance(first=first, last=this, until=on + timedelta(days=1)), also=known)
    people = Person.objects.in_bulk({key[0] for key in totals})
    new, changed = [], []
    for key in sorted(totals.keys() | known.keys()):
        total, row = totals.get(key, NOTHING), known.get(key)
        if row is None:
            if key[2] < this or reminding(on):
                new.append(fall_short(opened(key, people[key[0]]), total, this=this, on=on))
            continue
        before = columns_of(row)
        if total.missed:
            fall_short(row, total, this=this, on=on)
        elif row.state not in ENDED:
            count_again(row, total, on=on)
        if columns_of(row) != before:
            changed.append((row, before))
    insert_rows(Miss, new)
    write(changed)
    drafts = list(
        drafts_of([*((row, None) for row in new), *changed], by=by, at=at, why=why, verb=Verb.DEED.value)
    )
    append_many(drafts)
    told = tell(on=on, by=by, at=at, why=why)
    touched = [*new, *(row for row, _before in changed)]
    return Kept(
        reminded=sum(one.state == MissState.REMINDED for one in touched),
        missed=sum(one.state == MissState.MISSED for one in touched),
        withdrawn=sum(one.state == MissState.WITHDRAWN for one in touched),
        told=len(told),
    )


def reminding(on: date) -> bool:
    """Whether the day of the week has come from which those who still owe are reminded."""
    return on.isoweekday() >= DUTIES.check_remind_on.on(on).value


def totals_of(counted: Iterable[Counted], *, also: Iterable[Key]) -> dict[Key, Total]:
    """The weeks of people in which something is missing, and those that are asked for; of others nothing is made."""
    wanted = {
        level: np.array([number(*key) for key in also if key[1] == level], dtype=np.int64) for level in Level
    }
    found: dict[Key, Total] = {}
    for each in counted:
        # where the norm is read per water the whole week of the person is told, with what was done elsewhere
        numbers = number(each.people.rows[each.found.person], each.level, each.found.monday)
        short = numbers[np.flatnonzero(each.found.missed)]
        chosen = np.flatnonzero(np.isin(numbers, np.concatenate([short, wanted[Level(each.level)]])))
        found |= {key: total_of(rows) for key, rows in summed(each.duties(chosen)).items()}
    return found


def number(person: Any, _level: str, monday: Any) -> Any:
    """One number for a person and a week."""
    return person * (1 << 24) + (monday.toordinal() if isinstance(monday, date) else monday)


def key_of(row: Miss) -> Key:
    """Whose week it is."""
    return row.person_id, row.level, row.monday


def opened(key: Key, person: Person) -> Miss:
    """A new row about a week of somebody."""
    _number, level, monday = key
    code = f"LC{monday:%Y%m%d}-{person.code}-{level[:1].upper()}"
    return Miss(
        code=code, person=person, area_id=person.area_id, level=level, monday=monday, owed=0, done=0, missed=0
    )


def fall_short(row: Miss, total: Total, *, this: date, on: date) -> Miss:
    """Something is missing: a reminder while the week runs, a miss once it is over, again if it had been withdrawn."""
    row.owed, row.done, row.missed = total.owed, total.done, total.missed
    if row.monday == this:
        row.state, row.reminded_on = MissState.REMINDED, row.reminded_on or on
    elif row.listed_on is None or row.state in ENDED:
        row.state, row.listed_on = MissState.MISSED, row.listed_on or row.monday + WEEK
        row.withdrawn_on, row.withdrawn_because = None, ""
    return row


def count_again(row: Miss, total: Total, *, on: date) -> None:
    """Nothing is missing any more: what had been listed is withdrawn with its reason, a reminder was followed."""
    if row.state == MissState.REMINDED:
        row.state = MissState.MET
    else:
        row.state, row.withdrawn_on = MissState.WITHDRAWN, on
        row.withdrawn_because = Withdrawal.DUTY if total.owed < row.owed else Withdrawal.CHECKS
    row.owed, row.done, row.missed = total.owed, total.done, 0


def write(changed: list[tuple[Miss, dict[str, Any]]]) -> None:
    """Write rows that changed; their entries are the caller's."""
    names = [one.name for one in Miss._meta.concrete_fields if not one.primary_key]
    Miss.objects.bulk_update([row for row, _before in changed], names, batch_size=500)


def tell(*, on: date, by: Any, at: datetime, why: str) -> list[Escalation]:
    """Tell every level whose day has come of what is still open; each is told once."""
    rows = Miss.objects.filter(state__in=OPEN, listed_on__isnull=False).select_related("person")
    told = set(Escalation.objects.filter(miss__in=rows).values_list("miss", "rung"))
    counties = dict(Area.objects.filter(kind="county").values_list("code", "name"))
    due = {
        (rung, listed): told_on(rung, listed).day
        for listed in {one.listed_on for one in rows if one.listed_on}
        for rung in RUNGS
    }
    made = [
        Escalation(
            miss=row,
            area_id=row.area_id,
            rung=rung,
            told=position(rung, row, counties),
            due_on=due[rung, row.listed_on],
            told_at=at,
        )
        for row in rows
        for rung in RUNGS
        if row.listed_on and (row.pk, rung.value) not in told and due[rung, row.listed_on] <= on
    ]
    insert_rows(Escalation, made)
    append_many(list(drafts_of(((one, None) for one in made), by=by, at=at, why=why, verb=Verb.DEED.value)))
    return made


def position(rung: Rung, row: Miss, counties: dict[str, str]) -> str:
    """Who is told, by position."""
    if rung == Rung.PERSON:
        return str(row.person)
    if rung == Rung.COUNTY:
        code = row.area_id[:COUNTY]
        return f"{counties.get(code, code)}教育局"
    return SECTION if rung == Rung.CITY else LEADERS
