"""For each promise one change to the records that must break it: what to put in the way before asking."""

from collections.abc import Callable
from datetime import date

import polars as pl

from tests.cities import Frames

Break = Callable[[Frames], Frames]


def _without_first(table: str, where: pl.Expr) -> Break:
    def broken(frames: Frames) -> Frames:
        frame = frames[table].with_row_index("at")
        first = frame.filter(where)["at"][0]
        return {**frames, table: frame.filter(pl.col("at") != first).drop("at")}

    return broken


def _without(table: str, where: Callable[[Frames], pl.Expr]) -> Break:
    return lambda frames: {**frames, table: frames[table].filter(~where(frames))}


def _set_first(table: str, where: pl.Expr, **values: object) -> Break:
    def broken(frames: Frames) -> Frames:
        frame = frames[table].with_row_index("at")
        first = frame.filter(where)["at"][0]
        changed = [
            pl.when(pl.col("at") == first)
            .then(pl.lit(value))
            .otherwise(pl.col(name))
            .cast(frame[name].dtype)
            .alias(name)
            for name, value in values.items()
        ]
        return {**frames, table: frame.with_columns(changed).drop("at")}

    return broken


def held(day: date = date(2023, 12, 31)) -> pl.Expr:
    """Rows that hold on the day."""
    return (pl.col("since") <= day) & (pl.col("until").is_null() | (pl.col("until") > day))


def _class_of_first(frames: Frames) -> int:
    return int(frames["committee"].filter(held())["school_class"][0])


def _no_pair_nor_group(frames: Frames) -> Frames:
    school = frames["weakschools"].filter(held())["school"][0]
    return {
        **frames,
        "pairs": frames["pairs"].filter(pl.col("helped") != school),
        "members": frames["members"].filter(pl.col("school") != school),
    }


def _falling(frames: Frames) -> Frames:
    last = (pl.col("year") == 2023) & pl.col("inclusive")
    fewer = pl.when(last).then(pl.col("children") // 4).otherwise(pl.col("children")).alias("children")
    return {**frames, "censuses": frames["censuses"].with_columns(fewer)}


def _unserved(frames: Frames) -> Frames:
    pupil = frames["needs"].filter(
        pl.col("wanted") & (pl.col("term") == "2023A") & pl.col("stage").is_in(["primary"])
    )["pupil"][0]
    return {**frames, "enrolments": frames["enrolments"].filter(pl.col("pupil") != pupil)}


def _unpaid(frames: Frames) -> Frames:
    one = frames["payments"].filter(pl.col("paid_on").is_between(date(2023, 1, 1), date(2023, 12, 31)))
    one = one.filter(pl.col("returned_on").is_null()).row(0, named=True)
    same = pl.all_horizontal(pl.col(key) == one[key] for key in ("pupil", "scheme", "term"))
    return {**frames, "payments": frames["payments"].filter(~same)}


def _missed_week(level: str) -> Break:
    def broken(frames: Frames) -> Frames:
        charged = frames["assignments"].filter(
            (pl.col("level") == level) & (pl.col("since") < date(2023, 1, 1)) & held()
        )
        person = charged["person"][0]
        day = pl.col("checked_at").dt.date()
        week = day.is_between(date(2023, 6, 5), date(2023, 6, 11)) & (pl.col("person") == person)
        return {**frames, "checks": frames["checks"].filter(~week)}

    return broken


def _late_plan(frames: Frames) -> Frames:
    building = frames["projects"].filter(
        (pl.col("programme") == "school_building")
        & pl.col("cancelled_on").is_null()
        & (pl.col("kind") != "repair")
    )
    done = building.filter(pl.col("accepted_on") <= date(2023, 12, 31))["school"]
    valid = frames["plans"].filter((pl.col("kind") == "school_building") & held())["id"]
    open_ = pl.col("school").is_in(done.drop_nulls().implode()).not_() & pl.col("plan").is_in(valid.implode())
    return _set_first("planitems", open_, due_on=date(2023, 6, 30))(frames)


BREAKERS: dict[str, Break] = {
    "weak-schools-helped": _no_pair_nor_group,
    "need-served": _unserved,
    "no-cross-county": _set_first(
        "entrants",
        (pl.col("area").str.slice(0, 6) == "410802")
        & pl.col("admitted_on").is_between(date(2023, 1, 1), date(2023, 12, 31)),
        home_area="410803",
        exception=None,
        corrected_on=None,
    ),
    "building-plan-kept": _late_plan,
    "one-county-one-plan": _without_first("plans", (pl.col("kind") == "county_preschool") & held()),
    "inclusive-share-rises": _falling,
    "subsidy-paid": _set_first("subsidies", pl.col("year") == 2023, paid_fen=0),
    "class-has-member": _without(
        "committee", lambda frames: pl.col("school_class") == _class_of_first(frames)
    ),
    "water-has-wardens": _without(
        "assignments",
        lambda frames: (
            (pl.col("level") == "county")
            & (pl.col("water") == frames["waters"].filter((pl.col("risk") == "high") & held())["id"][0])
        ),
    ),
    "township-checks": _missed_week("township"),
    "county-checks": _missed_week("county"),
    "findings-put-right": _set_first(
        "inspections", (pl.col("findings") > 0) & (pl.col("remedied") > 0), remedied=0
    ),
    "schools-self-checked": lambda frames: {
        **frames,
        "inspections": frames["inspections"].filter(
            ~(
                (pl.col("level") == "self")
                & (pl.col("school") == frames["inspections"].sort("done_on")["school"][-1])
            )
        ),
    },
    "one-person-one-plan": _without_first("careplans", held()),
    "all-aided": _unpaid,
}
"""Promises that a rate is raised are broken by another rule, see the test."""
