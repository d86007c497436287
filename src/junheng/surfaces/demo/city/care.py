"""Committee members for mental health, counselling sessions, and the sealed register of one plan a person."""

import numpy as np
import polars as pl

from junheng.surfaces.demo.calendar import never, on
from junheng.surfaces.demo.city.classes import counted
from junheng.surfaces.demo.city.pupils import on_roll, unit_of
from junheng.surfaces.demo.city.schools import COUNTED
from junheng.surfaces.demo.dice import Dice, Ints
from junheng.surfaces.demo.frames import City, Rows, frame
from junheng.surfaces.demo.people import one_name
from junheng.surfaces.demo.plan import CityPlan
from junheng.surfaces.demo.spread import spread

TOPICS = ("入学适应", "情绪管理", "同伴交往", "考前减压", "亲子沟通", "青春期心理", "网络使用", "生命教育")
SPRING, AUTUMN = ("2023-02-20", "2023-06-28"), ("2023-09-04", "2023-12-22")


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Members for every class, group sessions by the plan's totals, and cases of which only the number is known."""
    return {
        "committee": _committee(plan, dice, made),
        "sessions": _sessions(plan, dice, made),
        **_cases(plan, dice, made),
    }


def _committee(plan: CityPlan, dice: Dice, made: City) -> pl.DataFrame:
    """One or two members a class as the plan says; before them those of last year, and some who left."""
    classes = counted(made)
    roll = on_roll(made)
    here = roll["school_class"].to_numpy()
    starts = np.searchsorted(here, classes["id"].to_numpy(), side="left")
    sizes = np.searchsorted(here, classes["id"].to_numpy(), side="right") - starts
    unit = unit_of(plan, classes["area"])
    two = np.zeros(classes.height, dtype=bool)
    for place, each in enumerate(plan.units):
        inside = np.flatnonzero(unit == place)
        two[inside[dice.some(len(inside), each["classes_with_two"])]] = True
    first = dice.below(sizes)
    second = (first + 1 + dice.below(np.maximum(sizes - 1, 1))) % sizes
    former = (first + 1 + (second == (first + 1) % sizes)) % sizes
    old = (
        dice.chance(1, 8, classes.height)
        & (sizes > 3)
        & (classes["since"] < on("2022-09-01").item()).to_numpy()
    )
    chosen = np.concatenate([(starts + first), (starts + second)[two], (starts + former)[old]])
    count, olds = len(chosen), int(old.sum())
    ended = np.arange(count) >= count - olds
    order = np.argsort(chosen * 2 + ~ended, kind="stable")
    members = roll[chosen[order]]
    return frame(
        "committee",
        {
            "pupil": members["id"],
            "school_class": members["school_class"],
            "school": members["school"],
            "area": members["area"],
            "since": np.where(ended[order], on("2022-09-05"), on("2023-09-04")),
            "until": np.where(ended[order], on("2023-07-01"), never(count)),
            "trained_on": np.where(
                ended[order], on("2022-10-14"), dice.workdays("2023-09-18", "2023-10-27", count)
            ),
            "consent": pl.repeat(True, count, eager=True),
            "own_yes": pl.repeat(True, count, eager=True),
        },
        {"trained_on": "date", "consent": "bool", "own_yes": "bool"},
    )


def _sessions(plan: CityPlan, dice: Dice, made: City) -> pl.DataFrame:
    """Group sessions of the year; individual ones, and group ones of 2021 and after the report, beside them."""
    schools = made["schools"].filter(pl.col("kind").is_in(COUNTED) & pl.col("until").is_null())
    schools = schools.filter(pl.col("since") < on("2022-01-01").item())
    unit = unit_of(plan, schools["area"])
    chosen: list[Ints] = []
    heads: list[Ints] = []
    for place, each in enumerate(plan.units):
        here = np.flatnonzero(unit == place)
        number = each["sessions"]
        turns = np.arange(number) % len(here)
        chosen.append(here[turns])
        heads.append(spread(each["attendance"], dice.between(50, 150, number), least=1))
    groups = sum(len(part) for part in chosen)
    alone = max(20, groups // 4)
    outside = max(8, groups // 50)
    school = np.concatenate([*chosen, dice.below(schools.height, alone + outside)])
    attendance = np.concatenate([*heads, np.ones(alone, dtype=np.int64), dice.between(40, 90, outside)])
    kind = np.repeat(["group", "individual", "group"], [groups, alone, outside])
    early = np.arange(outside) < outside * 5 // 8
    held = np.concatenate(
        [
            np.where(
                dice.chance(1, 2, groups + alone),
                dice.workdays(*SPRING, groups + alone),
                dice.workdays(*AUTUMN, groups + alone),
            ),
            np.where(
                early,
                dice.workdays("2021-03-08", "2021-12-17", outside),
                dice.workdays("2024-03-08", "2024-04-19", outside),
            ),
        ]
    )
    topic = pl.Series(list(TOPICS)).gather(dice.below(len(TOPICS), len(school)))
    return frame(
        "sessions",
        {
            "school": schools["id"].gather(school),
            "area": schools["area"].gather(school),
            "kind": pl.Series(kind.tolist()),
            "held_on": held,
            "attendance": attendance,
            "topic": pl.select(
                pl.when(pl.Series(kind.tolist()) == "group").then(topic).otherwise(pl.lit(""))
            ).to_series(),
        },
        {"topic": "string"},
    )


LEVELS = ("watch", "support", "watch", "joint", "watch")
KEPT = np.timedelta64(180, "D")
"""What the rule says of a closed case; see ``guidance.keep_closed``."""


def _cases(plan: CityPlan, dice: Dice, made: City) -> City:
    """Sealed cases: open ones with one valid plan and often an older version, closed ones with none valid.

    Each is of a pupil of the school whose number is sealed in it, as a team would choose one.
    """
    schools = made["schools"].filter((pl.col("kind") == "junior") & pl.col("until").is_null()).to_dicts()
    numbers = _numbers(made, [one["id"] for one in schools])
    cases = Rows("carecases", code="string", school="int64", team="int64", number="string", result="string", erase_on="date")  # fmt: skip
    plans = Rows("careplans", responsible="string", level="string", step_reason="string", review_on="date")
    for number in range(160 if plan.name == "full" else 12):
        school = schools[number % len(schools)]
        opened = dice.day("2022-09-05", "2023-10-31")
        closed = dice.day("2023-11-06", "2023-12-22") if number % 4 == 0 else None
        dice.number(0, 2**60)  # what is drawn here decides what is drawn after it: the city stays the same
        own = numbers[school["id"]]
        row = cases.add(
            code=f"YRYC-{number + 1:05d}", school=school["id"], team=None if closed else school["id"], area=school["area"],
            number=own[(7 * (number // len(schools)) + 3) % len(own)], opened_on=opened, closed_on=closed,
            result="reached" if closed else "", erase_on=np.datetime64(closed, "D") + KEPT if closed else None,
        )  # fmt: skip
        revised = dice.day("2023-11-01", "2023-11-05")
        level = LEVELS[number % len(LEVELS)]
        facts = {"case": row, "area": school["area"], "level": level, "step_reason": ""}
        if number % 3 == 0:
            plans.add(since=opened, until=revised, responsible=one_name(dice), **facts)
        due = None if closed else np.datetime64("2023-12-28", "D") + np.timedelta64(number % 21, "D")
        plans.add(since=revised if number % 3 == 0 else opened, until=closed, responsible=one_name(dice), review_on=due, **facts)  # fmt: skip
    return {"carecases": cases.frame(), "careplans": plans.frame()}


def _numbers(made: City, schools: list[int]) -> dict[int, list[str]]:
    """Of each school the numbers of pupils who were there before any case was opened."""
    roll = on_roll(made).filter(
        pl.col("school").is_in(schools), pl.col("grade") >= 8, pl.col("since") <= on("2022-09-01").item()
    )
    grouped = roll.group_by("school", maintain_order=True).agg("code")
    return dict(zip(grouped["school"].to_list(), grouped["code"].to_list(), strict=True))
