"""Mutations of the compulsory chapter: building, groups, titles, double reduction, admission across counties."""

from datetime import date

import polars as pl

from junheng.surfaces.demo.mutations.mutation import (
    Breach,
    Frames,
    Mutation,
    alone,
    change,
    copy,
    drop,
    first,
    open_at,
)

DAY = date(2023, 12, 31)
WINDOW = (date(2022, 1, 1), DAY)
STAGES = ["primary", "junior"]
Tables = dict[str, pl.DataFrame]


def _done(frames: Frames, programme: str) -> pl.DataFrame:
    """Counted projects of a programme, at schools with only one of them."""
    done = frames["projects"].filter(
        pl.col("programme") == programme,
        pl.col("accepted_on").is_between(*WINDOW),
        pl.col("cancelled_on").is_null(),
    )
    return done.filter(alone(done, "school"))


def _school_cancelled(frames: Frames) -> Tables:
    row = first(_done(frames, "school_building"), pl.col("kind") != "repair")
    return {"projects": change(frames["projects"], row, accepted_on=None, cancelled_on=date(2023, 6, 1))}


def _school_backdated(frames: Frames) -> Tables:
    row = first(_done(frames, "school_building"), pl.col("kind") != "repair")
    return {
        "projects": change(
            frames["projects"], row, accepted_on=date(2021, 12, 1), started_on=date(2021, 1, 4)
        )
    }


def _open_item(frames: Frames) -> pl.DataFrame:
    """Items of the valid list whose school has no accepted project."""
    plan = first(frames["plans"], pl.col("kind") == "school_building", open_at(DAY))
    done = frames["projects"].filter(pl.col("programme") == "school_building", pl.col("accepted_on") <= DAY)
    return frames["planitems"].filter(
        pl.col("plan") == plan, ~pl.col("school").is_in(done["school"].to_list())
    )


def _due_later(frames: Frames) -> pl.DataFrame:
    """Those of them whose day has not come yet."""
    return _open_item(frames).filter(pl.col("due_on") > DAY)


def _off_the_list(frames: Frames) -> Tables:
    return {"planitems": drop(frames["planitems"], pl.col("id") == first(_open_item(frames)))}


def _done_before_the_window(frames: Frames) -> Tables:
    school = _open_item(frames).sort("id")["school"][0]
    row = first(frames["projects"], pl.col("programme") == "school_building", pl.col("school") == school)
    return {
        "projects": change(frames["projects"], row, accepted_on=date(2021, 9, 1), started_on=date(2020, 9, 1))
    }


def _one_more_on_the_list(frames: Frames) -> Tables:
    items = frames["planitems"]
    busy = frames["projects"].filter(pl.col("programme") == "school_building")["school"].to_list()
    school = first(frames["schools"], ~pl.col("id").is_in(busy + items["school"].to_list()), open_at(DAY))
    return {"planitems": copy(items, first(_due_later(frames)), school=school)}


def _item_overdue(frames: Frames) -> Tables:
    return {"planitems": change(frames["planitems"], first(_due_later(frames)), due_on=date(2023, 8, 31))}


def _not_accepted(frames: Frames) -> Tables:
    return {"projects": change(frames["projects"], first(_done(frames, "weak_link")), accepted_on=None)}


def _repair_at_a_town_school(frames: Frames) -> Tables:
    rural = frames["schools"].filter(pl.col("location") == "rural")["id"].to_list()
    repairs = frames["projects"].filter(
        pl.col("programme") == "rural_repair",
        pl.col("accepted_on").is_between(*WINDOW),
        pl.col("school").is_in(rural),
    )
    school = int(repairs.sort("id")["school"][0])
    return {"schools": change(frames["schools"], school, location="town")}


def _ground_cancelled(frames: Frames) -> Tables:
    row = first(_done(frames, "sports_ground"))
    return {"projects": change(frames["projects"], row, accepted_on=None, cancelled_on=date(2023, 6, 1))}


def _group_not_ended(frames: Frames) -> Tables:
    rows = frames["groups"]
    return {
        "groups": change(rows, first(rows, pl.col("merged_into").is_not_null()), until=None, merged_into=None)
    }


def _pair_not_ended(frames: Frames) -> Tables:
    rows = frames["pairs"]
    return {"pairs": change(rows, first(rows, pl.col("until") <= DAY), until=None)}


def _weak_member(frames: Frames) -> tuple[int, int]:
    """A weak school that only one group supports: its membership and its place on the list."""
    weak = frames["weakschools"].filter(open_at(DAY))
    paired = frames["pairs"].filter(open_at(DAY))["helped"].to_list()
    members = frames["members"].filter(open_at(DAY), pl.col("role") == "member")
    row = first(members, pl.col("school").is_in(weak["school"].to_list()), ~pl.col("school").is_in(paired))
    school = members.filter(pl.col("id") == row)["school"][0]
    return row, first(weak, pl.col("school") == school)


def _off_the_weak_list(frames: Frames) -> Tables:
    return {"weakschools": change(frames["weakschools"], _weak_member(frames)[1], until=date(2023, 10, 1))}


def _uncovered(frames: Frames) -> Tables:
    return {"members": change(frames["members"], _weak_member(frames)[0], until=date(2023, 12, 1))}


def title_of(frames: Frames, name: str) -> int:
    """A provincial title that counts."""
    return first(
        frames["titles"],
        pl.col("name") == name,
        pl.col("level") == "province",
        pl.col("awarded_on").is_between(*WINDOW),
        pl.col("revoked_on").is_null(),
    )


def _title_backdated(frames: Frames) -> Tables:
    row = title_of(frames, "demonstration_school")
    return {"titles": change(frames["titles"], row, awarded_on=date(2021, 12, 1))}


def _title_of_the_city(frames: Frames) -> Tables:
    return {"titles": change(frames["titles"], title_of(frames, "feature_school"), level="city")}


def _grant_larger(frames: Frames) -> Tables:
    rows = frames["grants"]
    row = first(rows, pl.col("title") == title_of(frames, "feature_school"))
    return {"grants": change(rows, row, amount_fen=50_000_100)}


def _group_title_revoked(frames: Frames) -> Tables:
    return {
        "titles": change(frames["titles"], title_of(frames, "quality_group"), revoked_on=date(2023, 12, 1))
    }


def _second_batch(frames: Frames) -> Tables:
    return {"titles": change(frames["titles"], title_of(frames, "group_reform_pilot"), batch=2)}


def strand_ended(frames: Frames, programme: str) -> Tables:
    """One strand of a piece of work ended before the day."""
    rows = frames["strands"]
    row = first(rows, pl.col("programme") == programme, open_at(DAY))
    return {"strands": change(rows, row, until=date(2023, 12, 1))}


def _reduction_strand_ended(frames: Frames) -> Tables:
    return strand_ended(frames, "double_reduction")


def _management_ended(frames: Frames) -> Tables:
    return strand_ended(frames, "five_managements")


def _not_wanting(frames: Frames) -> tuple[int, int]:
    """The answer, and the pupil, of a family that wants no service."""
    rows = frames["needs"]
    row = first(rows, pl.col("term") == "2023A", ~pl.col("wanted"), pl.col("stage").is_in(STAGES))
    return row, int(rows.filter(pl.col("id") == row)["pupil"][0])


def _served_unasked(frames: Frames) -> Tables:
    rows = frames["enrolments"]
    like = first(rows, pl.col("term") == "2023A", pl.col("stage").is_in(STAGES))
    return {"enrolments": copy(rows, like, pupil=_not_wanting(frames)[1])}


def _wanted_unserved(frames: Frames) -> Tables:
    return {"needs": change(frames["needs"], _not_wanting(frames)[0], wanted=True)}


def _case_reopened(frames: Frames) -> Tables:
    rows = frames["cases"]
    dealt = rows.filter(
        pl.col("kind") == "unlicensed",
        pl.col("state").is_in(["decided", "closed"]),
        pl.col("decided_on").is_between(*WINDOW),
    )
    return {"cases": change(rows, first(dealt, alone(dealt, "site")), state="investigating", decided_on=None)}


def _licence_ended(frames: Frames) -> Tables:
    rows = frames["institutions"]
    row = first(rows, pl.col("kind") == "subject", open_at(DAY))
    return {"institutions": change(rows, row, until=date(2023, 12, 1))}


def _violation_left(frames: Frames) -> Tables:
    rows = frames["entrants"]
    row = first(rows, pl.col("corrected_on").is_not_null())
    return {"entrants": change(rows, row, corrected_on=None)}


_LIST = ("schools-planned-90", "schools-open-8", "schools-done-rate")

MUTATIONS = (
    Mutation("schools-planned-90", "一所未完成的学校移出规划清单", ("planitems",), _off_the_list, also=_LIST[1:]),
    Mutation("schools-done-82", "一所学校的项目验收日提前到 2021 年", ("projects",), _school_backdated, also=("lead-schools-82",)),
    Mutation(
        "lead-schools-82", "一所学校的项目取消", ("projects",), _school_cancelled,
        also=("schools-done-82", "schools-open-8", "schools-done-rate"),
    ),
    Mutation("schools-open-8", "一所未完成的学校补记 2021 年已竣工", ("projects",), _done_before_the_window, also=("schools-done-rate",)),
    Mutation("schools-done-rate", "规划清单增加一所学校", ("planitems",), _one_more_on_the_list, also=_LIST[:2]),
    Mutation("weaklink-412", "一个薄弱环节改善项目尚未验收", ("projects",), _not_accepted),
    Mutation("rural-repair-124", "一所维修过的学校其实在镇区", ("schools",), _repair_at_a_town_school),
    Mutation("playgrounds-72", "一所学校的运动场项目取消", ("projects",), _ground_cancelled),
    Mutation("groups-77", "一个已并入的集团没有终止", ("groups",), _group_not_ended),
    Mutation("pairs-35", "一对已终止的结对仍记为有效", ("pairs",), _pair_not_ended),
    Mutation("weak-255", "一所薄弱学校移出清单", ("weakschools",), _off_the_weak_list, also=("weak-coverage",)),
    Mutation(
        "weak-coverage", "一所薄弱学校退出集团后无人帮扶", ("members",), _uncovered,
        expects="breaks", also=("weak-255",), promises=("weak-schools-helped",),
    ),
    Mutation("demo-4", "一所示范校的授予日提前到 2021 年", ("titles",), _title_backdated, also=("award-10.5m",)),
    Mutation("feature-13", "一所特色校其实是市级", ("titles",), _title_of_the_city, also=("award-10.5m",)),
    Mutation("award-10.5m", "一笔奖补资金多 1 元", ("grants",), _grant_larger),
    Mutation("quality-groups-6", "一个优质教育集团被撤销称号", ("titles",), _group_title_revoked),
    Mutation("pilot-1", "先行区属于第二批", ("titles",), _second_batch, expects=0),
    Mutation("double-reduction-4", "“双减”少一项任务", ("strands",), _reduction_strand_ended, expects=3),
    Mutation("five-managements-n", "“五项管理”少一项", ("strands",), _management_ended, expects=4),
    Mutation("afterclass-322600", "一名无需求的学生参加了课后服务", ("enrolments",), _served_unasked),
    Mutation(
        "afterclass-need-coverage", "一名有需求的学生没有参加课后服务", ("needs",), _wanted_unserved,
        expects="breaks", promises=("need-served",),
    ),
    Mutation("unlicensed-198", "一起案件重新调查", ("cases",), _case_reopened),
    Mutation("subject-47", "一家学科类机构的许可失效", ("institutions",), _licence_ended),
    Mutation(
        "cross-county-zero", "一起跨县域违规招生没有纠正", ("entrants",), _violation_left,
        expects=1, promises=("no-cross-county",),
    ),
)  # fmt: skip

BREACHES = (Breach("building-plan-kept", "一所未完成学校的计划完成日已过", ("planitems",), _item_overdue),)
