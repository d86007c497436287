"""From charges and checks to what was owed, done and missed: by sorting and counting, no loop over people or checks."""

from dataclasses import dataclass

import numpy as np

from junheng.kernel.duties.problem import (
    MINUTES,
    WEEK,
    Charges,
    Checks,
    Ints,
    Leaves,
    Norm,
    Per,
    Rest,
    monday_of,
)


@dataclass(frozen=True, slots=True)
class Compliance:
    """Row by row one duty in one week: ``water`` is -1 where the norm is read per person.

    ``days`` are the days of the week on which somebody had the duty (more than 7 where somebody stood in besides), and
    ``counted`` says of every check whether it counted, in the order in which checks were given.
    """

    person: Ints
    water: Ints
    monday: Ints
    days: Ints
    owed: Ints
    done: Ints
    counted: "np.ndarray[tuple[int], np.dtype[np.bool_]]"

    @property
    def missed(self) -> Ints:
        """How many checks are missing."""
        missing: Ints = np.maximum(self.owed - self.done, 0)
        return missing


def comply(
    norm: Norm, charges: Charges, leaves: Leaves, checks: Checks, *, first: int, last: int
) -> Compliance:
    """Count the weeks that begin from day ``first`` to day ``last`` (both included)."""
    held = effective(charges, leaves)
    duties = duties_of(norm, held)
    mondays = np.arange(int(monday_of(np.array([first]))[0]), last + 1, WEEK, dtype=np.int64)
    mondays = mondays[mondays >= first]
    weeks = max(len(mondays), 1)
    cells, days = days_of(norm, held, duties, mondays)
    duty, week = cells // weeks, cells % weeks
    of_check = duty_of_checks(norm, held, duties, checks)
    ours = np.flatnonzero(of_check >= 0)
    ours = ours[apart(norm, of_check[ours], checks.minute[ours])]
    counted = np.zeros(len(checks.person), dtype=bool)
    counted[ours] = True
    of_week = (checks.minute[ours] // MINUTES - (mondays[0] if len(mondays) else 0)) // WEEK
    inside = (of_week >= 0) & (of_week < len(mondays))
    done = np.bincount(of_check[ours][inside] * weeks + of_week[inside], minlength=len(duties.person) * weeks)
    return Compliance(
        person=duties.person[duty],
        water=duties.water[duty],
        monday=mondays[week] if len(cells) else cells,
        days=days,
        owed=share(norm, norm.of_week(mondays)[week], days),
        done=done[cells],
        counted=counted,
    )


@dataclass(frozen=True, slots=True)
class Held:
    """Who had which water for whom: charges with what leaves took away and gave. ``stride`` is beyond every water."""

    person: Ints
    water: Ints
    whom: Ints
    since: Ints
    until: Ints
    stride: int


def effective(charges: Charges, leaves: Leaves) -> Held:
    """Charges as they were really held: a leave with a deputy takes its days from one and gives them to the other."""
    stride = int(max(charges.water.max(initial=-1), 0)) + 1
    with_deputy = leaves.deputy >= 0
    who, deputy = leaves.person[with_deputy], leaves.deputy[with_deputy]
    since, until = leaves.since[with_deputy], leaves.until[with_deputy]
    order = np.lexsort((since, who))
    who, deputy, since, until = who[order], deputy[order], since[order], until[order]
    begin = np.searchsorted(who, charges.person, side="left")
    count = np.searchsorted(who, charges.person, side="right") - begin
    row = np.repeat(np.arange(len(charges.person)), count)
    leave = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + begin[row]
    low, high = np.maximum(charges.since[row], since[leave]), np.minimum(charges.until[row], until[leave])
    real = low < high
    row, leave, low, high = row[real], leave[real], low[real], high[real]
    own = remaining(charges, row, low, high)
    return Held(
        np.concatenate([charges.person[own[0]], deputy[leave]]),
        np.concatenate([charges.water[own[0]], charges.water[row]]),
        np.concatenate([charges.person[own[0]], charges.person[row]]),
        np.concatenate([own[1], low]),
        np.concatenate([own[2], high]),
        stride,
    )


def remaining(charges: Charges, row: Ints, low: Ints, high: Ints) -> tuple[Ints, Ints, Ints]:
    """What is left of every charge after its gaps: rows of charges, and the first and last day of every piece."""
    # every gap ends one piece and begins the next; gaps that overlap leave pieces of no day, which are dropped
    rows = np.concatenate([np.arange(len(charges.person)), row])
    starts = np.concatenate([charges.since, high])
    order = np.lexsort((starts, rows))
    rows, starts = rows[order], starts[order]
    ends_rows = np.concatenate([np.arange(len(charges.person)), row])
    ends = np.concatenate([charges.until, low])
    ends = ends[np.lexsort((ends, ends_rows))]
    real = starts < ends
    return rows[real], starts[real], ends[real]


@dataclass(frozen=True, slots=True)
class Duties:
    """Every duty that there may be, by its number: whose it is, and of which water (-1 where the norm is read per person)."""

    person: Ints
    water: Ints


def duties_of(norm: Norm, held: Held) -> Duties:
    """The duties, in the order of persons and waters. Few and dense numbers: what is counted of each stands in one table."""
    if norm.per is Per.PERSON:
        people = np.arange(int(held.person.max(initial=-1)) + 1, dtype=np.int64)
        return Duties(people, np.full(len(people), -1, dtype=np.int64))
    pairs = np.unique(held.person * held.stride + held.water)
    return Duties(pairs // held.stride, pairs % held.stride)


def days_of(norm: Norm, held: Held, duties: Duties, mondays: Ints) -> tuple[Ints, Ints]:
    """For every duty and week on which somebody had it the number of days: cells ``duty * weeks + week``, in order."""
    weeks = max(len(mondays), 1)
    if norm.per is Per.PERSON:
        # waters of one person on one day are one duty; for whom somebody stands in is another one
        people = int(max(held.person.max(initial=-1), held.whom.max(initial=-1))) + 1
        group, since, until = merged(held.person * people + held.whom, held.since, held.until)
        owner = group // max(people, 1)
    else:
        group, since, until = merged(held.person * held.stride + held.water, held.since, held.until)
        owner = number_of(duties, held, group)
    if not len(mondays) or not len(group):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    begin, end = mondays[0], mondays[-1] + WEEK
    since, until = np.maximum(since, begin), np.minimum(until, end)
    real = since < until
    owner, since, until = owner[real], since[real], until[real]
    first, last = (since - begin) // WEEK, (until - 1 - begin) // WEEK
    touched = last - first + 1
    row = np.repeat(np.arange(len(owner)), touched)
    week = np.arange(len(row)) - np.repeat(np.cumsum(touched) - touched, touched) + first[row]
    low = np.maximum(since[row], begin + week * WEEK)
    high = np.minimum(until[row], begin + (week + 1) * WEEK)
    every = np.bincount(owner[row] * weeks + week, weights=high - low, minlength=len(duties.person) * weeks)
    cells = np.flatnonzero(every)
    return cells, every[cells].astype(np.int64)


def number_of(duties: Duties, held: Held, pairs: Ints) -> Ints:
    """The numbers of the duties of pairs of person and water."""
    return np.searchsorted(duties.person * held.stride + duties.water, pairs)


def merged(group: Ints, since: Ints, until: Ints) -> tuple[Ints, Ints, Ints]:
    """Spans of one group that touch or overlap as one."""
    if not len(group):
        return group, since, until
    order = np.lexsort((since, group))
    group, since, until = group[order], since[order], until[order]
    # the latest end so far within a group: groups are lifted apart so that one running maximum serves all
    lift = np.unique(group, return_inverse=True)[1] * (int(until.max()) + 1)
    so_far = np.maximum.accumulate(until + lift) - lift
    fresh = np.ones(len(group), dtype=bool)
    fresh[1:] = (group[1:] != group[:-1]) | (since[1:] > so_far[:-1])
    begins = np.flatnonzero(fresh)
    ends = np.append(begins[1:], len(group)) - 1
    return group[begins], since[begins], so_far[ends]


def share(norm: Norm, weekly: Ints, days: Ints) -> Ints:
    """What is owed for some days of a week."""
    parts = weekly * days
    if norm.rest is Rest.UP:
        return -(-parts // WEEK)
    if norm.rest is Rest.NEAREST:
        return (2 * parts + WEEK) // (2 * WEEK)
    return parts // WEEK


def duty_of_checks(norm: Norm, held: Held, duties: Duties, checks: Checks) -> Ints:
    """The number of the duty that every check belongs to; -1 where somebody had no charge of that water on that day."""
    known = (checks.water >= 0) & (checks.water < held.stride)
    pair = np.where(known, checks.person * held.stride + checks.water, -1)
    group, since, until = merged(held.person * held.stride + held.water, held.since, held.until)
    found = np.full(len(pair), -1, dtype=np.int64)
    if not len(group):
        return found
    day = checks.day
    wide = int(max(until.max(), day.max(initial=0))) + 1
    place = np.searchsorted(group * wide + since, pair * wide + day, side="right") - 1
    at = np.maximum(place, 0)
    there = (place >= 0) & (group[at] == pair) & (day < until[at]) & known
    own = checks.person if norm.per is Per.PERSON else number_of(duties, held, group)[at]
    found[there] = own[there]
    return found


def apart(norm: Norm, duty: Ints, minute: Ints) -> Ints:
    """The places of the checks that count: the earliest first, each far enough from the last one that counted."""
    if not len(duty) or not (norm.apart or norm.distinct_days):
        return np.arange(len(duty))
    order = in_order(duty, minute)
    duty, minute = duty[order], minute[order]
    close = np.zeros(len(order), dtype=bool)
    close[1:] = (duty[1:] == duty[:-1]) & too_close(norm, minute[:-1], minute[1:])
    kept = ~close
    # the first of a run counts and the second does not; only what comes after in the run has to be walked through
    again = np.flatnonzero(close[1:] & close[:-1]) + 1
    last = -1
    for place in again.tolist():
        if not close[place - 2]:
            last = place - 2
        if not too_close(norm, minute[last : last + 1], minute[place : place + 1])[0]:
            kept[place] = True
            last = place
    # whoever follows the run is far from its neighbour, and so from everybody before
    return order[kept]


def in_order(duty: Ints, minute: Ints) -> Ints:
    """The places by duty and minute, those that are equal as they were given."""
    first = int(minute.min())
    wide, many = int(minute.max()) - first + 1, len(duty)
    key = duty * wide + (minute - first)
    if (int(duty.max()) + 1) * wide * many >= 2**63:
        return np.argsort(key, kind="stable")
    # whole numbers alone are sorted several times faster than places by them: the place rides along as the last digits
    return np.sort(key * many + np.arange(many)) % many


def too_close(norm: Norm, earlier: Ints, later: Ints) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Whether of two checks only one counts."""
    close = later - earlier < norm.apart
    if norm.distinct_days:
        close |= later // MINUTES == earlier // MINUTES
    return close
