"""Weeks in which a warden owed checks. A week runs from Monday to Sunday."""

from typing import Any

from junheng.kernel.promises import Against


def person_weeks(people: Any, assignments: Any, level: str, at: Any) -> Any:
    """One row for each person and whole week of the window in which the person had a water of that level.

    A week that began before the assignment or ended after it is not owed: nobody is late for a week half served.
    """
    import ibis  # noqa: PLC0415 — a process with compiled definitions never needs it

    charged = assignments.filter(assignments.level == level)
    span = charged.group_by("person").aggregate(
        begins=charged.since.min(),
        # an open assignment has no end, which must win over any day
        ends=charged.until.fill_null(ibis.date(9999, 12, 31)).max(),
    )
    monday = at.first + ibis.interval(days=1) * ((8 - (at.first.day_of_week.index() + 1)) % 7)
    weeks = ibis.range(monday.cast("timestamp"), at.last.cast("timestamp"), ibis.interval(days=7))
    weeks = weeks.unnest().name("monday").as_table()
    weeks = weeks.mutate(monday=weeks.monday.cast("date"))
    weeks = weeks.filter(weeks.monday + ibis.interval(days=6) <= at.last)
    owed = people.join(span, people.id == span.person).cross_join(weeks)
    whole = (owed.begins <= owed.monday) & (owed.monday + ibis.interval(days=6) < owed.ends)
    return owed.filter(whole).select("id", "area", since="monday")


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
