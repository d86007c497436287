"""The nine kinds of promise, each as the rows that stand against it.

Rows against a promise keep ``register``, ``id`` and ``area`` of the record, ``since`` (the day from which it stands
against the promise, or null) and ``note`` (what is wrong with it, in Chinese).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, slots=True)
class Against:
    """The rows against a promise, and all the rows it speaks about."""

    rows: Any
    among: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """由…提高到…: the value of a rule in force is higher than the one it replaced."""

    rule: str


def all_covered(units: "ir.Table", cover: "ir.Table", key: str, *, of: str, note: str) -> Against:
    """全覆盖: every unit has at least one row of ``cover`` whose column ``key`` is the unit's id."""
    bare = units.filter(units.id.notin(cover[key]))
    return Against(_against(bare, bare.since, note, of), units)


def none_of(rows: "ir.Table", *, since: str, of: str, among: "ir.Table", note: str) -> Against:
    """严禁: there is no such row."""
    return Against(_against(rows, rows[since], note, of), among)


def all_put_right(found: "ir.Table", open_: Any, *, since: str, of: str, note: str) -> Against:
    """整改到位: of all that was found nothing is open any more. ``open_`` is a condition on ``found``."""
    still = found.filter(open_)
    return Against(_against(still, still[since], note, of), found)


def exactly_one(units: "ir.Table", things: "ir.Table", key: str, unit: str, *, of: str, note: str) -> Against:
    """一县一策: each unit has one thing, neither none nor two. ``key`` in things is ``unit`` in units."""
    number = things.group_by(holder=things[key]).aggregate(number=things.count())
    joined = units.left_join(number, units[unit] == number.holder)
    odd = joined.filter(joined.number.fill_null(0) != 1)
    return Against(_against(odd, odd.since, note, of), units)


def at_least(units: "ir.Table", events: "ir.Table", key: str, least: Any, *, of: str, note: str) -> Against:
    """至少: each unit (with its ``id``) has at least ``least`` events whose column ``key`` is the unit's id."""
    number = events.group_by(holder=events[key]).aggregate(number=events.count())
    joined = units.left_join(number, units.id == number.holder)
    short = joined.filter(joined.number.fill_null(0) < least)
    return Against(_against(short, short.since, note, of), units)


def all_entitled(
    entitled: "ir.Table",
    treated: "ir.Table",
    keys: tuple[str, ...],
    *,
    of: tuple[str, str],
    notes: tuple[str, str],
) -> Against:
    """应助尽助: who is entitled is treated and who is treated is entitled; both differences stand against it.

    Both tables have ``keys``, ``id``, ``area`` and ``since``; ``of`` and ``notes`` are those of the entitled who are
    left out and of the treated who are not entitled.
    """
    missing = entitled.anti_join(treated, keys)
    extra = treated.anti_join(entitled, keys)
    rows = _against(missing, missing.since, notes[0], of[0]).union(
        _against(extra, extra.since, notes[1], of[1])
    )
    return Against(rows, entitled)


def falling_years(years: "ir.Table", *, note: str, area: str) -> Against:
    """逐年提高: a year whose share is not above the year before stands against it.

    ``years`` has ``year``, ``part`` and ``whole`` (integers); the year is the number of the row.
    """
    import ibis  # noqa: PLC0415 — see junheng.kernel.indicators.compile.At

    order = ibis.window(order_by="year")
    # a/b > c/d as integers: no share is ever a float
    ranked = years.mutate(
        part_before=years.part.lag().over(order), whole_before=years.whole.lag().over(order)
    )
    named = ranked.mutate(
        id=ranked.year.cast("int64"),
        area=ibis.literal(area),
        fallen=ranked.part * ranked.whole_before <= ranked.part_before * ranked.whole,
    )
    return Against(
        _against(named.filter(named.fallen), ibis.date(named.year.cast("int32"), 12, 31), note, ""), named
    )


def overdue(items: "ir.Table", done: "ir.Table", key: str, on: Any, *, of: str, note: str) -> Against:
    """规划…已完成…: an item whose day has passed is done. Items have ``due_on``; ``key`` in done is the item's id."""
    late = items.filter((items.due_on < on) & items.id.notin(done[key]))
    return Against(_against(late, late.due_on, note, of), items)


def _against(rows: "ir.Table", since: Any, note: str, of: str) -> "ir.Table":
    import ibis  # noqa: PLC0415 — see junheng.kernel.indicators.compile.At

    return rows.select(
        "id", "area", register=ibis.literal(of), since=since.cast("date"), note=ibis.literal(note)
    )
