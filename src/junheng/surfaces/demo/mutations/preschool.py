"""Mutations of the preschool chapter and of the headline figures that repeat it."""

from datetime import date

import polars as pl

from junheng.surfaces.demo.mutations.mutation import (
    Breach,
    Frames,
    Mutation,
    RuleChange,
    change,
    copy,
    drop,
    first,
    open_at,
)

DAY = date(2023, 12, 31)
WINDOW = (date(2022, 1, 1), DAY)
Tables = dict[str, pl.DataFrame]


def _counted_project(frames: Frames) -> int:
    """A project that alone makes its kindergarten count."""
    projects = frames["projects"]
    public = frames["natures"].filter(pl.col("nature") == "public", open_at(DAY))["kindergarten"].to_list()
    counted = projects.filter(
        pl.col("programme") == "kg_building",
        pl.col("kind").is_in(["new", "rebuild", "extend"]),
        pl.col("accepted_on").is_between(*WINDOW),
        pl.col("kindergarten").is_in(public),
    )
    single = counted.group_by("kindergarten").len().filter(pl.col("len") == 1)["kindergarten"].to_list()
    return first(
        counted, pl.col("kindergarten").is_in(single), pl.col("places_after") > pl.col("places_before") + 9
    )


def _backdated(frames: Frames) -> Tables:
    row = _counted_project(frames)
    days = {"accepted_on": date(2021, 12, 1), "started_on": date(2021, 1, 4)}
    natures = frames[
        "natures"
    ]  # a new kindergarten must not seem to have been private, only to have been done before
    place = frames["projects"].filter(pl.col("id") == row)["kindergarten"][0]
    nature = first(natures, pl.col("kindergarten") == place, open_at(DAY))
    return {
        "projects": change(frames["projects"], row, **days),
        "natures": change(natures, nature, since=date(2020, 1, 1)),
    }


def _reclaimed(frames: Frames) -> Tables:
    return {"projects": change(frames["projects"], _counted_project(frames), kind="reclaim")}


def _fewer_places(frames: Frames) -> Tables:
    row = _counted_project(frames)
    after = frames["projects"].filter(pl.col("id") == row)["places_after"][0]
    return {"projects": change(frames["projects"], row, places_after=after - 9)}


def _more_before(frames: Frames) -> Tables:
    row = _counted_project(frames)
    before = frames["projects"].filter(pl.col("id") == row)["places_before"][0]
    return {"projects": change(frames["projects"], row, places_before=before + 5)}


def _kindergarten(frames: Frames, kind: str) -> int:
    """A kindergarten that is public, inclusive or other on the day."""
    public = frames["natures"].filter(pl.col("nature") == "public", open_at(DAY))["kindergarten"].to_list()
    held = (
        frames["recognitions"]
        .filter(pl.col("decision") == "recognised", open_at(DAY))["kindergarten"]
        .to_list()
    )
    conditions = {
        "public": pl.col("kindergarten").is_in(public),
        "inclusive": pl.col("kindergarten").is_in(held),
        "other": ~pl.col("kindergarten").is_in(public + held),
    }
    there = frames["children"].filter(open_at(DAY), conditions[kind]).sort("id")
    return int(there["kindergarten"][0])


def _move_children(frames: Frames, number: int, source: str) -> Tables:
    children = frames["children"]
    target = _kindergarten(frames, "other")
    area = children.filter(pl.col("kindergarten") == target)["area"][0]
    here = children.filter(pl.col("kindergarten") == _kindergarten(frames, source), open_at(DAY)).sort("id")
    for row in here["id"][:number].to_list():
        children = change(children, row, kindergarten=target, area=area)
    return {"children": children}


def _six_children(frames: Frames) -> Tables:
    return _move_children(frames, 6, "public")


def _one_child(frames: Frames) -> Tables:
    return _move_children(frames, 1, "inclusive")


def _decided_before(frames: Frames) -> Tables:
    rows = frames["recognitions"]
    row = first(
        rows,
        pl.col("kind") == "first",
        pl.col("decision") == "recognised",
        pl.col("decided_on").is_between(*WINDOW),
    )
    return {"recognitions": change(rows, row, decided_on=date(2021, 12, 20), applied_on=date(2021, 11, 1))}


def _withdrawn(frames: Frames) -> Tables:
    rows = frames["recognitions"]
    row = first(rows, pl.col("decision") == "recognised", open_at(DAY))
    return {"recognitions": change(rows, row, until=date(2023, 11, 30), ended_by="withdrawn")}


def _years_mixed_up(frames: Frames) -> Tables:
    rows = frames["censuses"]
    years = {2022: 2023, 2023: 2022}
    return {"censuses": rows.with_columns(pl.col("year").replace(years))}


def _issuer_missing(frames: Frames) -> Tables:
    plan = first(frames["documents"], pl.col("topic") == "preschool")
    rows = frames["issuers"]
    last = rows.filter(pl.col("document") == plan)["position"].max()
    return {"issuers": drop(rows, pl.col("document") == plan, pl.col("position") == last)}


def _county_plan_ended(frames: Frames) -> Tables:
    rows = frames["plans"]
    row = first(rows, pl.col("kind") == "county_preschool", pl.col("until").is_null())
    return {"plans": change(rows, row, until=date(2023, 6, 1))}


def _county_plan_twice(frames: Frames) -> Tables:
    rows = frames["plans"]
    row = first(rows, pl.col("kind") == "county_preschool", pl.col("until").is_null())
    return {"plans": copy(rows, row)}


def _subsidy_short(frames: Frames) -> Tables:
    rows = frames["subsidies"]
    row = first(rows, pl.col("year") == 2023)
    return {"subsidies": change(rows, row, paid_fen=0, paid_on=None)}


_BUILT = ("kg-public-70", "lead-kg-70", "kg-places-13000", "lead-places")

MUTATIONS = (
    Mutation("kg-public-70", "一所公办幼儿园的项目验收日提前到 2021 年", ("projects", "natures"), _backdated, also=_BUILT[1:]),
    Mutation("lead-kg-70", "一所公办幼儿园的项目改记为回收转公", ("projects",), _reclaimed, also=(_BUILT[0], *_BUILT[2:])),
    Mutation("kg-places-13000", "一个幼儿园项目少建 9 个学位", ("projects",), _fewer_places, also=("lead-places",)),
    Mutation("lead-places", "一个幼儿园项目建设前学位多 5 个", ("projects",), _more_before, also=("kg-places-13000",)),
    Mutation("kg-public-share", "六名幼儿由公办园转到其他民办园", ("children",), _six_children, also=("kg-coverage",)),
    Mutation("kg-coverage", "一名幼儿由普惠性民办园转到其他民办园", ("children",), _one_child),
    Mutation("kg-recognised-71", "一所幼儿园的首次认定决定日提前到 2021 年", ("recognitions",), _decided_before),
    Mutation("kg-inclusive-434", "一所普惠性民办园被撤销认定", ("recognitions",), _withdrawn, also=("kg-coverage",)),
    Mutation(
        "kg-inclusive-share-rising", "两个年度的幼儿园统计报反了", ("censuses",), _years_mixed_up,
        expects="breaks", promises=("inclusive-share-rises",),
    ),
    Mutation("nine-departments", "学前教育方案少一个联合印发部门", ("issuers",), _issuer_missing, expects=8),
    Mutation(
        "kg-subsidy-rate", "普惠园生均补助标准改为 150 元",
        rule=RuleChange("funding.kindergarten", date(2019, 1, 1), 15_000), expects=15_000,
    ),
    Mutation(
        "one-county-one-plan-n", "一个县的方案提前失效", ("plans",), _county_plan_ended,
        expects="breaks", promises=("one-county-one-plan",),
    ),
    Mutation(
        "one-county-one-plan-n", "一个县有两个有效方案", ("plans",), _county_plan_twice,
        expects="breaks", promises=("one-county-one-plan",),
    ),
)  # fmt: skip

BREACHES = (Breach("subsidy-paid", "一所普惠园的补助没有拨付", ("subsidies",), _subsidy_short),)
