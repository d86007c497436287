"""Mutations of the safety chapter: mental health, waters, home visits, inspections."""

from datetime import date

import polars as pl

from junheng.surfaces.demo.mutations.compulsory import strand_ended, title_of
from junheng.surfaces.demo.mutations.mutation import (
    Breach,
    Frames,
    Mutation,
    RuleChange,
    alone,
    change,
    drop,
    first,
    open_at,
)

DAY = date(2023, 12, 31)
WINDOW = (date(2022, 1, 1), DAY)
RULE_DAY = date(2021, 5, 1)
Tables = dict[str, pl.DataFrame]


def _school_not_closed(frames: Frames) -> Tables:
    rows = frames["schools"]
    return {
        "schools": change(rows, first(rows, pl.col("kind") == "primary", pl.col("until") <= DAY), until=None)
    }


def _second_member_left(frames: Frames) -> Tables:
    rows = frames["committee"]
    held = rows.filter(open_at(DAY))
    return {"committee": change(rows, first(held, ~alone(held, "school_class")), until=date(2023, 12, 1))}


def _only_member(frames: Frames) -> tuple[int, int]:
    """The only member of a class, and another class of the same school that has one."""
    held = frames["committee"].filter(open_at(DAY))
    row = first(held, alone(held, "school_class"))
    school, room = held.filter(pl.col("id") == row).select("school", "school_class").row(0)
    other = held.filter(pl.col("school") == school, pl.col("school_class") != room).sort("id")[
        "school_class"
    ][0]
    return row, int(other)


def _class_without_member(frames: Frames) -> Tables:
    row, other = _only_member(frames)
    return {"committee": change(frames["committee"], row, school_class=other)}


def _group_session(frames: Frames) -> int:
    return first(frames["sessions"], pl.col("kind") == "group", pl.col("held_on").is_between(*WINDOW))


def _session_was_individual(frames: Frames) -> Tables:
    return {"sessions": change(frames["sessions"], _group_session(frames), kind="individual", attendance=1)}


def _more_attendance(frames: Frames) -> Tables:
    rows, row = frames["sessions"], _group_session(frames)
    heads = rows.filter(pl.col("id") == row)["attendance"][0]
    return {"sessions": change(rows, row, attendance=heads + 10)}


def _water_still_dangerous(frames: Frames) -> Tables:
    rows = frames["waters"]
    return {"waters": change(rows, first(rows, pl.col("risk") == "high", pl.col("until") <= DAY), until=None)}


def _warden(frames: Frames, level: str) -> int:
    """A person who has charge of a dangerous water."""
    high = frames["waters"].filter(pl.col("risk") == "high", open_at(DAY))["id"].to_list()
    held = frames["assignments"].filter(open_at(DAY), pl.col("level") == level, pl.col("water").is_in(high))
    return int(held.sort("id")["person"][0])


def _township_warden_left(frames: Frames) -> Tables:
    return {"people": change(frames["people"], _warden(frames, "township"), until=date(2023, 12, 1))}


def _county_warden_left(frames: Frames) -> Tables:
    return {"people": change(frames["people"], _warden(frames, "county"), until=date(2023, 12, 1))}


def _week_missed(frames: Frames, level: str) -> Tables:
    """All checks of one person in the first whole week of December."""
    checks = frames["checks"]
    local = pl.col("checked_at").dt.date()
    here = (
        (pl.col("person") == _warden(frames, level))
        & (pl.col("level") == level)
        & local.is_between(date(2023, 12, 4), date(2023, 12, 10))
    )
    return {"checks": drop(checks, here)}


def _township_week_missed(frames: Frames) -> Tables:
    return _week_missed(frames, "township")


def _county_week_missed(frames: Frames) -> Tables:
    return _week_missed(frames, "county")


def _water_without_warden(frames: Frames) -> Tables:
    """One of two waters of a person: the person keeps the other, so no number of persons moves."""
    high = frames["waters"].filter(pl.col("risk") == "high", open_at(DAY))["id"].to_list()
    held = frames["assignments"].filter(
        open_at(DAY), pl.col("level") == "township", pl.col("water").is_in(high)
    )
    row = first(held, ~alone(held, "person"))
    return {"assignments": change(frames["assignments"], row, until=date(2023, 12, 1))}


def _visit_was_a_call(frames: Frames) -> Tables:
    rows = frames["visits"]
    met = rows.filter(pl.col("way") == "in_person", pl.col("visited_on").is_between(*WINDOW))
    return {"visits": change(rows, first(met, alone(met, "household")), way="telephone")}


def _plan_missing(frames: Frames) -> Tables:
    rows = frames["careplans"]
    open_ = frames["carecases"].filter(pl.col("closed_on").is_null())["id"].to_list()
    row = first(rows, pl.col("case").is_in(open_), pl.col("until").is_null())
    return {"careplans": change(rows, row, until=date(2023, 12, 1))}


def _level_ended(frames: Frames) -> Tables:
    return strand_ended(frames, "inspection_levels")


def _round_backdated(frames: Frames) -> Tables:
    rows = frames["rounds"]
    return {
        "rounds": change(
            rows, first(rows, pl.col("opened_on").is_between(*WINDOW)), opened_on=date(2021, 12, 20)
        )
    }


def _safe_campus_of_the_city(frames: Frames) -> Tables:
    return {"titles": change(frames["titles"], title_of(frames, "safe_campus"), level="city")}


def _finding_left(frames: Frames) -> Tables:
    rows = frames["inspections"]
    return {"inspections": change(rows, first(rows, pl.col("findings") > 0), remedied=0)}


def _self_check_missing(frames: Frames) -> Tables:
    rounds = frames["rounds"].filter(pl.col("closed_on") <= DAY)
    latest = rounds.sort("closed_on")["id"][-1]
    rows = frames["inspections"]
    row = first(rows, pl.col("round") == latest, pl.col("level") == "self")
    return {"inspections": drop(rows, pl.col("id") == row)}


MUTATIONS = (
    Mutation("psy-schools-871", "一所已撤并的学校没有注销", ("schools",), _school_not_closed, promises=("schools-self-checked",)),
    Mutation("psy-members-20600", "一名心理委员提前解聘（本班还有一名）", ("committee",), _second_member_left),
    Mutation(
        "psy-class-coverage-100", "一个班唯一的心理委员记到了别的班", ("committee",), _class_without_member,
        expects="breaks", promises=("class-has-member",),
    ),
    Mutation("counselling-1757", "一次团体辅导其实是个别辅导", ("sessions",), _session_was_individual, also=("counselling-122000",)),
    Mutation("counselling-122000", "一次团体辅导多 10 人参加", ("sessions",), _more_attendance),
    Mutation("waters-174", "一处已移出的水域仍是高风险", ("waters",), _water_still_dangerous, promises=("water-has-wardens",)),
    Mutation("town-persons-123", "一名乡镇责任人离任", ("people",), _township_warden_left, also=("weekly-min-320",)),
    Mutation("county-persons-74", "一名县级责任人离任", ("people",), _county_warden_left, also=("weekly-min-320",)),
    Mutation(
        "town-weekly-2", "乡镇责任人每周改为至少 3 次", rule=RuleChange("duties.township_checks", RULE_DAY, 3),
        expects=3, also=("weekly-min-320",), promises=("township-checks",),
    ),
    Mutation(
        "county-weekly-1", "县级责任人每周改为至少 2 次", rule=RuleChange("duties.county_checks", RULE_DAY, 2),
        expects=2, also=("weekly-min-320",), promises=("county-checks",),
    ),
    Mutation("weekly-min-320", "一名县级责任人离任", ("people",), _county_warden_left, also=("county-persons-74",)),
    Mutation("home-visits-153600", "一次上门家访其实是电话联系", ("visits",), _visit_was_a_call),
    Mutation(
        "one-person-one-plan-n", "一份未结台账的方案失效", ("careplans",), _plan_missing,
        expects="breaks", promises=("one-person-one-plan",),
    ),
    Mutation("three-levels-n", "督导检查少一级", ("strands",), _level_ended, expects=2),
    Mutation("rounds-n", "一轮督导检查提前到 2021 年", ("rounds",), _round_backdated, expects=1),
    Mutation("safe-campus-9", "一所平安校园其实是市级", ("titles",), _safe_campus_of_the_city),
)  # fmt: skip

BREACHES = (
    Breach("township-checks", "一名乡镇责任人一周没有暗访", ("checks",), _township_week_missed),
    Breach("county-checks", "一名县级责任人一周没有暗访", ("checks",), _county_week_missed),
    Breach("water-has-wardens", "一处水域没有乡镇责任人", ("assignments",), _water_without_warden),
    Breach("findings-put-right", "一个问题没有整改到位", ("inspections",), _finding_left),
    Breach("schools-self-checked", "一所学校没有自查", ("inspections",), _self_check_missing),
)
