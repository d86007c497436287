"""Student aid: who is entitled, who waived, who was paid; and loan contracts."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from junheng.surfaces.demo.calendar import never, on
from junheng.surfaces.demo.city.pupils import on_roll, unit_of
from junheng.surfaces.demo.dice import Days, Dice, Ints
from junheng.surfaces.demo.frames import City, frame
from junheng.surfaces.demo.people import names, surnames
from junheng.surfaces.demo.plan import CityPlan

SCHEMES = ("living", "nutrition", "senior_grant", "fee_waiver")
AMOUNT_FEN = np.array([50_000, 40_000, 100_000, 80_000], dtype=np.int64)
TERMS = ("2022A", "2023S", "2023A", "2024S")
FOUND = (("2022-09-20", "2022-10-20"), ("2023-03-01", "2023-03-20"), ("2023-09-20", "2023-10-20"), ("2024-03-07", "2024-03-12"))  # fmt: skip
PAID = (("2022-11-01", "2022-12-20"), ("2023-04-10", "2023-06-20"), ("2023-11-01", "2023-12-20"), ("2024-03-20", "2024-04-20"))  # fmt: skip
PAPER = ("signed_by", "reason")
"""What waivers on paper do not tell."""


@dataclass(frozen=True)
class Times:
    """Person-times of aid: places in the roll, schemes and terms (as places in the lists above)."""

    pupil: Ints
    scheme: Ints
    term: Ints

    def part(self, rows: Ints) -> "Times":
        """Some of them."""
        return Times(self.pupil[rows], self.scheme[rows], self.term[rows])

    def __len__(self) -> int:
        return len(self.pupil)


def join(*parts: Times) -> Times:
    """All of them."""
    return Times(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("pupil", "scheme", "term"))
    )


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Aid by the plan's totals of person-times paid in the year, with waivers, returns and instalments; loans."""
    roll = on_roll(made)
    paid, waived = _year(plan, dice, roll)
    outside = _outside(dice, roll, len(paid))
    entitled = join(paid, waived, outside)
    return {
        "eligibilities": _frame("eligibilities", roll, entitled, found_on=_days(dice, entitled.term, FOUND)),
        "waivers": _frame("waivers", roll, waived, PAPER, signed_on=_days(dice, waived.term, FOUND)),
        "payments": _payments(dice, roll, join(paid, outside), len(paid)),
        "loans": _loans(plan, dice),
    }


def _year(plan: CityPlan, dice: Dice, roll: pl.DataFrame) -> tuple[Times, Times]:
    """The year's person-times by unit, and a few more that were waived."""
    unit = unit_of(plan, roll["area"])
    senior = (roll["stage"] == "senior").to_numpy()
    there = (roll["since"] < on("2023-03-01").item()).to_numpy()
    paid, waived = [], []
    for place, each in enumerate(plan.units):
        here = np.flatnonzero(unit == place)
        order = here[dice.order(len(here))]
        # each poor pupil has a first scheme in both terms (if here in spring), and perhaps a second one
        pupil = np.repeat(order, 4)
        turn = np.tile(np.arange(4), len(order))
        second = np.repeat(dice.chance(2, 5, len(order)), 4)
        keep = (there[pupil] | (turn % 2 == 1)) & (second | (turn < 2))
        scheme = np.where(senior[pupil], 2, 0) + turn // 2
        every = Times(pupil[keep], scheme[keep], 1 + turn[keep] % 2)
        target = each["aid_times"]
        paid.append(every.part(np.arange(target)))
        # waivers are of pupils whose aid is not among those paid
        rest = every.part(np.arange(target + 8, target + 8 + max(1, target // 400)))
        waived.append(rest.part(np.flatnonzero(~np.isin(rest.pupil, every.pupil[:target]))))
    return join(*paid), join(*waived)


def _outside(dice: Dice, roll: pl.DataFrame, count: int) -> Times:
    """Aid of the autumn before and of the spring after the report."""
    there = np.flatnonzero(
        (roll["since"] < on("2022-09-02").item()).to_numpy() & (roll["stage"] != "senior").to_numpy()
    )
    before, after = max(20, count // 80), max(10, count // 300)
    old, new = there[dice.some(len(there), before)], there[dice.some(len(there), after)]
    return Times(
        np.concatenate([old, new]),
        np.zeros(before + after, dtype=np.int64),
        np.repeat(np.array([0, 3], dtype=np.int64), [before, after]),
    )


def _payments(dice: Dice, roll: pl.DataFrame, times: Times, year: int) -> pl.DataFrame:
    """One payment each; some in two halves; some came back and were paid again."""
    halves = dice.some(year, max(3, year // 300))
    returned = dice.some(year, max(3, year // 500))
    every = join(times, times.part(halves), times.part(returned))
    count = len(every)
    amount = AMOUNT_FEN[every.scheme].copy()
    amount[halves] //= 2
    amount[len(times) : len(times) + len(halves)] //= 2
    day = _days(dice, every.term, PAID)
    back = never(count)
    again = np.arange(len(times) + len(halves), count)
    back[again] = day[again] + np.timedelta64(6, "D")
    day[returned] = np.maximum(day[returned], back[again] + np.timedelta64(1, "D"))
    return _frame("payments", roll, every, ("document",), amount_fen=amount, paid_on=day, returned_on=back)


def _days(dice: Dice, term: Ints, spans: tuple[tuple[str, str], ...]) -> Days:
    first = np.array([on(first) for first, _ in spans])
    length = np.array([(on(last) - on(first)).astype(np.int64) + 1 for first, last in spans], dtype=np.int64)
    found = first[term] + dice.below(length[term]).astype("timedelta64[D]")
    friday = np.busday_offset(found, 0, roll="backward")
    days: Days = np.where(friday < first[term], np.busday_offset(found, 0, roll="forward"), friday)
    return days


def _frame(
    table: str, roll: pl.DataFrame, times: Times, empty: tuple[str, ...] = (), **more: np.ndarray
) -> pl.DataFrame:
    order = np.lexsort((times.scheme, times.pupil, times.term))
    times = times.part(order)
    return frame(
        table,
        {
            "pupil": roll["id"].gather(times.pupil),
            "area": roll["area"].gather(times.pupil),
            "scheme": pl.Series(list(SCHEMES)).gather(times.scheme),
            "term": pl.Series(list(TERMS)).gather(times.term),
            **{name: values[order] for name, values in more.items()},
            **dict.fromkeys(empty, ""),
        },
        dict.fromkeys(empty, "string"),
    )


def _loans(plan: CityPlan, dice: Dice) -> pl.DataFrame:
    """Contracts of the year; cancelled ones, and those of the years before and after, beside them."""
    counts = np.array([unit["loans"] for unit in plan.units], dtype=np.int64)
    beside = np.maximum(counts // 60, 2)
    sets = (
        (counts, ("2023-07-17", "2023-09-28"), False),
        (beside, ("2023-07-17", "2023-09-28"), True),
        (beside, ("2022-07-15", "2022-09-28"), False),
        (beside, ("2024-03-08", "2024-04-10"), False),
    )
    unit = np.concatenate([np.repeat(np.arange(len(counts)), number) for number, _, _ in sets])
    signed = np.concatenate([dice.workdays(*days, int(number.sum())) for number, days, _ in sets])
    dropped = np.concatenate([np.full(int(number.sum()), gone) for number, _, gone in sets])
    count = len(unit)
    codes = pl.Series([unit.code for unit in plan.units]).gather(unit)
    years = pl.Series(signed).dt.year().cast(pl.String)
    return frame(
        "loans",
        {
            "code": "DK" + years + codes + pl.Series(np.arange(1, count + 1)).cast(pl.String).str.zfill(6),
            "area": codes,
            "kind": pl.Series(["first", "renewal", "renewal"]).gather(dice.below(3, count)),
            "amount_fen": dice.between(40, 160, count) * 10_000,
            "signed_on": signed,
            "cancelled_on": np.where(dropped, signed + np.timedelta64(10, "D"), never(count)),
            "borrower": names(dice, surnames(dice, count)),
            "borrower_id": "",
            **_repayment(signed, np.concatenate([np.arange(number.sum()) for number, _, _ in sets])),
        },
        {
            "borrower": "string", "borrower_id": "string", "graduates_on": "date", "settled_on": "date",
            "contact": "string",
        },
    )  # fmt: skip


def _repayment(signed: Days, place: Ints) -> dict[str, Any]:
    """When borrowers graduate and whether they settled, by their place in a year's list, without dice.

    Of those who signed in 2022 most graduated a year later and can be called; the numbers are nobody's.
    """
    old = signed < on("2023-01-01")
    years = signed.astype("datetime64[Y]").astype(np.int64) + 1970
    later = np.where(old, 1 + (place % 4 == 3), 1 + place % 4)
    july = (years + later - 1970).astype("datetime64[Y]").astype("datetime64[M]") + np.timedelta64(6, "M")
    june = july.astype("datetime64[D]") - np.timedelta64(1, "D")
    none = never(len(signed))
    settled = np.where(old & (place % 5 == 4), on("2023-09-15"), none)
    return {
        "graduates_on": np.where(~old & (place % 23 == 22), none, june),
        "settled_on": np.where(old & (place % 7 == 2), on("2023-12-25"), settled),
        "contact": [f"100{one:08d}" if is_old else "" for one, is_old in zip(place, old, strict=True)],
    }
