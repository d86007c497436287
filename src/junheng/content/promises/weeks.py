"""Weeks in which a warden owed checks. A week runs from Monday to Sunday."""

from typing import Any

from junheng.kernel.promises import Against

DAYS = 7


def person_weeks(people: Any, assignments: Any, waters: Any, level: str, at: Any) -> Any:
    """One row for each person and whole week of the window in which the person had a dangerous water of that level.

    What counts is who was in charge in that week, on every day of it, of whichever water: whoever left since takes no
    missed week along, and a week half served is owed by nobody.
    """
    import ibis  # noqa: PLC0415 — a process with compiled definitions never needs it

    never = ibis.date(9999, 12, 31)  # what is open has no end, which must win over any day
    charged = assignments.filter(assignments.level == level)
    charged = charged.select("person", "water", begins="since", ends=charged.until.fill_null(never))
    dangerous = waters.filter(waters.risk == "high")
    dangerous = dangerous.select(place="id", listed="since", struck=dangerous.until.fill_null(never))
    officials = people.select("id", "area", entered="since", left=people.until.fill_null(never))
    spans = charged.join(dangerous, charged.water == dangerous.place)
    spans = spans.join(officials, spans.person == officials.id)
    days = (
        ibis.range(
            at.first.cast("timestamp"),
            at.last.cast("timestamp") + ibis.interval(days=1),
            ibis.interval(days=1),
        )
        .unnest()
        .name("moment")
        .as_table()
    )
    days = days.select(day=days.moment.cast("date"), monday=days.moment.truncate("W").cast("date"))
    served = spans.cross_join(days)
    served = served.filter(
        (served.begins <= served.day)
        & (served.day < served.ends)
        & (served.listed <= served.day)
        & (served.day < served.struck)
        & (served.entered <= served.day)
        & (served.day < served.left)
    )
    weeks = served.select("id", "area", "monday", "day").distinct().group_by("id", "area", "monday")
    counted = weeks.aggregate(days=lambda rows: rows.count())
    return counted.filter(counted.days == DAYS).select("id", "area", since="monday")


def short_weeks(units: Any, checks: Any, level: str, least: Any) -> Against:
    """The person-weeks with fewer checks than ``least``."""
    import ibis  # noqa: PLC0415 — a process with compiled definitions never needs it

    made = checks.filter(checks.level == level)
    week = made.checked_at.truncate("W").cast("date")
    number = made.mutate(week=week).group_by("person", "week").aggregate(number=lambda rows: rows.count())
    joined = units.left_join(number, [units.id == number.person, units.since == number.week])
    short = joined.filter(joined.number.fill_null(0) < least)
    rows = short.select(
        "id", "area", register=ibis.literal("people"), since="since", note=ibis.literal("本周暗访次数不足")
    )
    return Against(rows, units)
