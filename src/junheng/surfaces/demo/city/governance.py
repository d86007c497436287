"""Licensed training institutions, and cases against those without a licence."""

from datetime import date, timedelta

from junheng.surfaces.demo.city.areas import townships
from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.frames import City, Rows
from junheng.surfaces.demo.plan import CityPlan, Unit
from junheng.surfaces.demo.words import SCHOOL_WORDS

SUBJECTS = ("语文", "数学", "外语", "物理", "化学")
ARTS = ("美术", "舞蹈", "围棋", "篮球", "编程", "书法", "声乐")
YEAR = ("2023-01-09", "2023-12-20")


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Institutions with licences that hold or ended, and cases in every state."""
    institutions, cases = Rows("institutions"), Rows("cases", title="string", note="string")
    for unit in plan.units:
        _institutions(plan, dice, made, unit, institutions)
        for number in range(unit["unlicensed"]):
            site = f"CS-{unit.code}-{number + 1:03d}"
            _case(dice, made, unit, cases, site, "unlicensed", ("decided", "closed")[dice.number(0, 1)], YEAR)
            if number == 0:  # the same place and operator again, under another name
                _case(dice, made, unit, cases, site, "unlicensed", "closed", YEAR)
        _not_counted(plan, dice, made, unit, cases)
    return {"institutions": institutions.frame(), "cases": cases.frame()}


def _institutions(plan: CityPlan, dice: Dice, made: City, unit: Unit, rows: Rows) -> None:
    ended = unit["subject_institutions"] + 1
    for kind, names, count, until in (
        ("subject", SUBJECTS, unit["subject_institutions"], None),
        ("subject", SUBJECTS, ended, ("2022-03-15", "2023-10-31")),
        ("non_subject", ARTS, 2 * ended, None),
        ("non_subject", ARTS, 1, ("2022-03-15", "2023-10-31")),
    ):
        for _ in range(count):
            area, town = dice.pick(townships(made, unit))
            rows.add(
                code=f"教民{unit.code}9{len(rows) + 1:05d}",
                name=f"{town}{dice.pick(SCHOOL_WORDS)}{dice.pick(names)}培训中心",
                area=area,
                kind=kind,
                since=dice.day("2018-03-01", "2021-06-30"),
                until=dice.day(*until) if until else None,
            )


def _not_counted(plan: CityPlan, dice: Dice, made: City, unit: Unit, rows: Rows) -> None:
    """Tips, cases under way, unfounded ones, licensed ones over time or over price, other years."""
    sets = (
        ("tip", "unlicensed", YEAR, 2),
        ("investigating", "unlicensed", YEAR, 1),
        ("unfounded", "unlicensed", YEAR, 1),
        ("decided", "overtime", YEAR, 1),
        ("closed", "fees", YEAR, 1),
        ("closed", "unlicensed", ("2021-03-01", "2021-12-20"), 1),
        ("decided", "unlicensed", ("2024-03-11", "2024-04-12"), 1),
    )
    for turn, (state, kind, days, count) in enumerate(sets):
        for number in range(count):
            _case(dice, made, unit, rows, f"CS-{unit.code}-{900 + 10 * turn + number}", kind, state, days)


def _case(
    dice: Dice, made: City, unit: Unit, rows: Rows, site: str, kind: str, state: str, days: tuple[str, str]
) -> None:
    area, town = dice.pick(townships(made, unit))
    first, second = sorted((dice.day(*days), dice.day(*days)))
    first, state = as_it_goes(first, second, state)
    done = state in ("decided", "closed", "unfounded")
    rows.add(
        code=f"AJ{first[:4]}-{unit.code}-{len(rows) + 1:04d}",
        site=site,
        area=area,
        kind=kind,
        state=state,
        opened_on=first,
        decided_on=second if done else None,
        title=f"{town}“{dice.pick(SCHOOL_WORDS)}{dice.pick(('托管', '培优', '学习', '辅导'))}班”",
        note={
            "decided": "已责令停止办学并退还费用。",
            "closed": "已停止办学，退费完毕，复查合格。",
            "unfounded": "经查不属实。",
        }.get(state, ""),
    )


def as_it_goes(first: str, second: str, state: str) -> tuple[str, str]:
    """The day a case was opened, and its state at the end of the year, so that the law's ninety days are kept.

    What is still under way was opened lately, what was decided before December is closed, except what was planted:
    ``surfaces/demo/governance`` says which case missed its day and which could not be closed.
    """
    turn = date.fromisoformat(first).toordinal()
    if state == "tip":
        return (date(2023, 12, 13) + timedelta(days=turn % 15)).isoformat(), state
    if state == "investigating":
        return (date(2023, 10, 18) + timedelta(days=turn % 50)).isoformat(), state
    opened = date.fromisoformat(second) - timedelta(days=12 + turn % 66)
    if state == "decided" and second < "2023-12-01" and second >= "2023":
        state = "closed"
    return opened.isoformat(), state
