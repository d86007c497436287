"""Mutations of the layout and money chapter, and of the published page."""

from datetime import date, timedelta

import polars as pl

from junheng.surfaces.demo.mutations.mutation import (
    Frames,
    Mutation,
    RuleChange,
    alone,
    change,
    copy,
    drop,
    first,
    open_at,
)

DAY = date(2023, 12, 31)
OLD, NEW = date(2016, 2, 1), date(2023, 2, 1)
YEAR = (date(2023, 1, 1), DAY)
Tables = dict[str, pl.DataFrame]


def _plan_shorter(frames: Frames) -> Tables:
    rows = frames["plans"]
    row = first(rows, pl.col("kind") == "layout", open_at(DAY))
    return {"plans": change(rows, row, to_year=2030)}


def _annex_is_a_form(frames: Frames) -> Tables:
    notice = first(frames["documents"], pl.col("topic") == "fees")
    rows = frames["annexes"]
    row = first(rows, pl.col("document") == notice, pl.col("kind") == "work_plan")
    return {"annexes": change(rows, row, kind="form")}


def _waived_after_all(frames: Frames) -> Tables:
    """One person-time was not paid but waived, so everybody is still treated."""
    rows, waivers = frames["payments"], frames["waivers"]
    paid = rows.filter(pl.col("paid_on").is_between(*YEAR), pl.col("term") == "2023A")
    times = paid.group_by("pupil", "scheme").len().filter(pl.col("len") == 1)
    row = first(paid.join(times, on=["pupil", "scheme"], how="semi"))
    pupil, scheme = paid.filter(pl.col("id") == row).select("pupil", "scheme").row(0)
    like = first(waivers)
    return {
        "payments": drop(rows, pl.col("id") == row),
        "waivers": copy(waivers, like, pupil=pupil, scheme=scheme, term="2023A"),
    }


def _waiver_missing(frames: Frames) -> Tables:
    rows = frames["waivers"]
    return {"waivers": drop(rows, pl.col("id") == first(rows))}


def _paid_without_claim(frames: Frames) -> Tables:
    """Somebody was paid who is not on the list: the row of a person-time that was paid is missing there."""
    rows = frames["eligibilities"]
    waived = frames["waivers"].select("pupil", "scheme", "term")
    row = first(rows.join(waived, on=["pupil", "scheme", "term"], how="anti"), pl.col("term") == "2023A")
    return {"eligibilities": drop(rows, pl.col("id") == row)}


def _loan_cancelled(frames: Frames) -> Tables:
    rows = frames["loans"]
    row = first(rows, pl.col("signed_on").is_between(*YEAR), pl.col("cancelled_on").is_null())
    return {"loans": change(rows, row, cancelled_on=date(2023, 12, 1))}


def _entrant(frames: Frames, migrant: bool) -> int:
    return first(
        frames["entrants"],
        pl.col("term") == "2023A",
        pl.col("kind") == "new",
        pl.col("grade").is_in([1, 7]),
        pl.col("migrant") == migrant,
    )


def _was_a_transfer(frames: Frames) -> Tables:
    return {"entrants": change(frames["entrants"], _entrant(frames, False), kind="transfer")}


def _not_migrant(frames: Frames) -> Tables:
    return {"entrants": change(frames["entrants"], _entrant(frames, True), migrant=False)}


def _promotion_of_the_city(frames: Frames) -> Tables:
    rows = frames["promotions"]
    row = first(rows, pl.col("level") == "province", pl.col("published_on") <= DAY)
    return {"promotions": change(rows, row, level="city")}


def _published(frames: Frames) -> int:
    rows = frames["articles"].filter(pl.col("state") == "published")
    return int(rows.sort("updated_at")["id"][-1])


def _updated_later(frames: Frames) -> Tables:
    rows, row = frames["articles"], _published(frames)
    at = rows.filter(pl.col("id") == row)["updated_at"][0]
    return {"articles": change(rows, row, updated_at=at + timedelta(minutes=1))}


def _signature_missing(frames: Frames) -> Tables:
    rows = frames["signoffs"].filter(pl.col("article") == _published(frames))
    row = first(rows, alone(rows, "role"))
    return {"signoffs": drop(frames["signoffs"], pl.col("id") == row)}


def _printed_otherwise(frames: Frames) -> Tables:
    rows = frames["renderings"]
    row = first(rows, pl.col("article") == _published(frames), pl.col("medium") == "print")
    return {"renderings": drop(rows, pl.col("id") == row)}


def _rate(figure: str, title: str, rule: str, since: date, value: int, *promises: str) -> Mutation:
    return Mutation(figure, title, rule=RuleChange(rule, since, value), expects=value, promises=promises)


MUTATIONS = (
    Mutation("plan-2021-2035", "布局专项规划只到 2030 年", ("plans",), _plan_shorter, expects=10),
    _rate("norm-primary-650", "小学原标准改为 640 元", "funding.primary", OLD, 64_000),
    _rate("norm-primary-720", "小学新标准没有提高", "funding.primary", NEW, 65_000, "primary-rate-raised"),
    _rate("norm-junior-850", "初中原标准改为 840 元", "funding.junior", OLD, 84_000),
    _rate("norm-junior-940", "初中新标准没有提高", "funding.junior", NEW, 85_000, "junior-rate-raised"),
    _rate("norm-boarder-200", "寄宿生原标准改为 210 元", "funding.boarder", OLD, 21_000),
    _rate("norm-boarder-300", "寄宿生新标准没有提高", "funding.boarder", NEW, 20_000, "boarder-rate-raised"),
    Mutation(
        "norm-effective", "新标准推迟到秋季学期", rule=RuleChange("funding.primary", NEW, moved_to=date(2023, 9, 1)),
        expects="2023-09-01",
    ),
    Mutation("window-two-years", "“近两年”改为三年", rule=RuleChange("duties.recent_years", date(2020, 1, 1), 3), expects=3),
    Mutation("three-work-plans", "一个工作方案其实是表格", ("annexes",), _annex_is_a_form, expects=2),
    Mutation("aid-170000", "一人次未发放，改为自愿放弃", ("payments", "waivers"), _waived_after_all),
    Mutation("aid-all", "一名应助学生未获资助也未放弃", ("waivers",), _waiver_missing, expects="breaks", promises=("all-aided",)),
    Mutation("aid-all", "一名受助学生不在认定名单中", ("eligibilities",), _paid_without_claim, expects="breaks", promises=("all-aided",)),
    Mutation("loans-27300", "一份贷款合同作废", ("loans",), _loan_cancelled),
    Mutation("entrants-92000", "一名新生其实是转入", ("entrants",), _was_a_transfer),
    Mutation("migrants-4544", "一名随迁子女材料不齐", ("entrants",), _not_migrant),
    Mutation("provincial-promotions", "一次推广其实是市级", ("promotions",), _promotion_of_the_city, expects=1),
    Mutation("page-date", "稿件更新时间晚一分钟", ("articles",), _updated_later, expects="2024-03-06T09:44:48+08:00"),
    Mutation("signoff-6", "少一个岗位签发", ("signoffs",), _signature_missing, expects=5),
    Mutation("rendered-twice", "少一种版式", ("renderings",), _printed_otherwise, expects=1),
)  # fmt: skip
