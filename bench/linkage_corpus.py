"""A roll and a list with planted errors: invented names by skewed chance, one seed, and who everybody really is.

Names are made of the demonstration's characters, the first of them much commoner than the last, so that namesakes are as
frequent as in a real city; identity numbers follow GB 11643. What stands for the keyed digest is the number itself: the
matching only asks whether two are equal.
"""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from junheng.kernel.linkage import Listed, Roll, number_told, repairs
from junheng.kernel.linkage.names import name_forms
from junheng.kernel.linkage.problem import Ints
from junheng.kernel.linkage.sounds import readings
from junheng.kernel.values.identity import check_digit
from junheng.surfaces.demo.words import GIVEN, SURNAMES

COUNTIES = tuple(f"4108{number:02d}" for number in (1, 2, 3, 4, 11, 21, 22, 23, 82, 83))
KINDS = (
    "clean",
    "homophone",
    "wrong_char",
    "dropped_char",
    "turned_name",
    "traditional",
    "digit",
    "rounded",
    "missing",
    "missing_homophone",
    "missing_swapped_day",
    "missing_day_digit",
    "moved",
    "missing_moved",
    "missing_homophone_moved",
    "missing_homophone_swapped_day",
    "only_name",
    "duplicate",
    "namesake",
    "two_rolls",
    "twins_number",
    "absent",
)
"""What is planted. The number is right, but in ``digit``, ``rounded`` and ``twins_number`` (it is the twin's) and where it is
missing; ``only_name`` has no birthday either. ``two_rolls`` are on the rolls of two schools."""
SHARES = (485, 30, 20, 10, 10, 10, 50, 30, 40, 20, 15, 15, 30, 10, 10, 10, 10, 15, 10, 10, 10, 150)
"""How many of a thousand rows are of each kind."""
TRADITIONAL = dict(
    zip("张刘陈杨赵黄吴孙马罗郑谢韩冯华宝晓荣长", "張劉陳楊趙黃吳孫馬羅鄭謝韓馮華寶曉榮長", strict=True)
)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Both sides, and for every row of the list its kind and where on the roll that person is."""

    roll: Roll
    listed: Listed
    kind: list[str]
    truth: list[list[int]]


@dataclass(slots=True)
class Person:
    """One person as somebody writes it down."""

    name: str
    number: str
    born: int
    sex: int
    area: str
    school: int


def made(pupils: int, rows: int, seed: int = 6) -> Corpus:
    """A city's roll, and a list of whom it partly holds."""
    dice = np.random.default_rng(seed)
    everybody = people(dice, pupils + rows)
    on_roll, others = everybody[:pupils], everybody[pupils:]
    younger = twins(dice, on_roll)
    again = dice.permutation(pupils)[: pupils // 1_000].tolist()
    on_roll += [replace(on_roll[at], school=on_roll[at].school % 900 + 1) for at in again]
    roll = Roll(
        np.arange(1, len(on_roll) + 1),
        [one.number for one in on_roll],
        [one.name for one in on_roll],
        np.array([one.born for one in on_roll]),
        np.array([one.sex for one in on_roll]),
        [one.area for one in on_roll],
        np.array([one.school for one in on_roll]),
    )
    kinds = dice.choice(KINDS, rows, p=np.array(SHARES) / sum(SHARES)).tolist()
    chosen = dice.permutation(pupils)[:rows].tolist()
    by_name: dict[str, list[int]] = {}
    for at, one in enumerate(on_roll):
        by_name.setdefault(one.name, []).append(at)
    often = [each for each in by_name.values() if len(each) > 1]
    lines: list[Person] = []
    truth: list[list[int]] = []
    places: dict[str, list[int]] = {}
    for at, one in enumerate(on_roll, start=1):
        places.setdefault(one.number, []).append(at)
    for row, kind in enumerate(kinds):
        at = chosen[row]
        if kind == "duplicate" and row:
            lines.append(replace(lines[-1]))
            truth.append(truth[-1])
            kinds[row] = kind if truth[-1] else "absent"
            continue
        if kind == "namesake":
            each = often[int(dice.integers(len(often)))]
            at = each[int(dice.integers(len(each)))]
        elif kind == "two_rolls":
            at = again[row % len(again)]
        elif kind == "twins_number":
            at = younger[row % len(younger)]
        source = others[row] if kind == "absent" else on_roll[at]
        lines.append(spoilt(dice, kind, source))
        if kind == "twins_number":
            lines[-1].number = on_roll[at - 1].number
        truth.append([] if kind == "absent" else places[on_roll[at].number])
        kinds[row] = truly(kind, source.name == lines[-1].name)
    return Corpus(roll, listed_of(lines), kinds, truth)


def truly(kind: str, unchanged: bool) -> str:
    """The kind of a row whose error could not be made: a name may have nothing that is read alike."""
    if unchanged and kind in {"homophone", "turned_name", "traditional"}:
        return "clean"
    return "missing" if unchanged and kind == "missing_homophone" else kind


def people(dice: np.random.Generator, count: int) -> list[Person]:
    """Invented people, of an age to be at school."""
    family = np.array(list(SURNAMES))[skewed(dice, len(SURNAMES), count)]
    second = np.array(list(GIVEN))[skewed(dice, len(GIVEN), count)]
    third = np.where(dice.random(count) < 0.85, np.array(list(GIVEN))[skewed(dice, len(GIVEN), count)], "")
    first_day = date(2005, 9, 1).toordinal()
    born = first_day + dice.integers(0, 12 * 365, count)
    area = dice.integers(0, len(COUNTIES), count)
    sequence = sequences(dice, area * 100_000 + born - first_day)
    school = dice.integers(1, 90, count) + 100 * area
    found = []
    days = {day: date.fromordinal(day).strftime("%Y%m%d") for day in np.unique(born).tolist()}
    for at, (day, county, order) in enumerate(
        zip(born.tolist(), area.tolist(), sequence.tolist(), strict=True)
    ):
        begun = f"{COUNTIES[county]}{days[day]}{order:03d}"
        name = f"{family[at]}{second[at]}{third[at]}"
        found.append(
            Person(
                name,
                begun + check_digit(begun),
                day,
                1 if order % 2 else 2,
                COUNTIES[county],
                int(school[at]),
            )
        )
    return found


def sequences(dice: np.random.Generator, place: Ints) -> Ints:
    """A number below 1,000 for everybody, even or odd by chance, another one for each who is born there that day."""
    order = np.argsort(place, kind="stable")
    begins = np.flatnonzero(np.diff(place[order], prepend=-1))
    rank = np.arange(len(order)) - np.repeat(begins, np.diff(begins, append=len(order)))
    found = np.empty(len(order), dtype=np.int64)
    found[order] = 4 * rank + np.repeat(
        dice.integers(0, 600, len(begins)) // 4 * 4, np.diff(begins, append=len(order))
    )
    return found % 996 + dice.integers(0, 2, len(order)) + 1


def skewed(dice: np.random.Generator, choices: int, count: int) -> Ints:
    """Places of a list, the first much more often."""
    return (choices * dice.random(count) ** 2.2).astype(np.int64)


def twins(dice: np.random.Generator, everybody: list[Person]) -> list[int]:
    """One in a hundred has a twin: family name, day, county and school are the same, the name is almost.

    The younger ones' places; the elder one stands just before.
    """
    found = (2 * dice.permutation(len(everybody) // 2)[: len(everybody) // 200] + 1).tolist()
    for at in found:
        one, other = everybody[at - 1], everybody[at]
        begun = f"{one.number[:14]}{int(one.number[14:17]) + 2:03d}"
        other.name = one.name[:-1] + GIVEN[int(dice.integers(len(GIVEN)))]
        other.number, other.born, other.sex = begun + check_digit(begun), one.born, one.sex
        other.area, other.school = one.area, one.school
    return found


def spoilt(dice: np.random.Generator, kind: str, one: Person) -> Person:
    """What a list says of somebody, with the error of its kind."""
    found = Person(one.name, one.number, one.born, one.sex, one.area, 0)
    if kind.startswith("missing") or kind == "only_name":
        found.number = ""
    if "homophone" in kind:
        found.name = homophone(dice, one.name)
    elif kind == "wrong_char":
        at = 1 + int(dice.integers(len(one.name) - 1))
        other = GIVEN.replace(one.name[at], "")
        found.name = one.name[:at] + other[int(dice.integers(len(other)))] + one.name[at + 1 :]
    elif kind == "dropped_char":
        found.name = one.name[:-1] if len(one.name) > 2 else one.name + GIVEN[int(dice.integers(len(GIVEN)))]
    elif kind == "turned_name":
        found.name = one.name[0] + one.name[:0:-1] if len(one.name) > 2 else one.name[::-1]
    elif kind == "traditional":
        found.name = "".join(TRADITIONAL.get(character, character) for character in one.name)
    elif kind == "digit":
        at = int(dice.integers(18))
        other = "0123456789".replace(one.number[at], "")
        found.number = one.number[:at] + other[int(dice.integers(len(other)))] + one.number[at + 1 :]
        told = number_told(found.number)
        found.born, found.sex = told.born, told.sex
    elif kind == "rounded":
        found.number = one.number[:15] + "000"
        found.sex = 0
    if kind.endswith("swapped_day"):
        found.born = swapped(one.born)
    elif kind == "missing_day_digit":
        found.born = other_digit(dice, one.born)
    elif kind == "only_name":
        found.born = 0
    if kind.endswith("moved"):
        found.area = COUNTIES[(COUNTIES.index(one.area) + 1 + int(dice.integers(9))) % len(COUNTIES)]
    return found


def homophone(dice: np.random.Generator, name: str) -> str:
    """The name with one character read alike but written otherwise, where there is one."""
    for at in (1 + dice.permutation(len(name) - 1)).tolist():
        others = [one for one in GIVEN if one != name[at] and readings(one) & readings(name[at])]
        if others:
            return name[:at] + others[int(dice.integers(len(others)))] + name[at + 1 :]
    return name


def swapped(day: int) -> int:
    """Month and day exchanged where that is a day; the day before where not."""
    one = date.fromordinal(day)
    return date(one.year, one.day, one.month).toordinal() if one.day <= 12 else day - 1


def other_digit(dice: np.random.Generator, day: int) -> int:
    """Another last digit of the day."""
    one = date.fromordinal(day)
    while True:
        try:
            return one.replace(day=one.day - one.day % 10 + int(dice.integers(10))).toordinal()
        except ValueError:
            continue


def listed_of(lines: list[Person]) -> Listed:
    """The list as columns; what a flawed number may have been meant as is looked for here."""
    near = [repairs(one.number) for one in lines]
    sound = np.array(
        [bool(one.number) and not meant for one, meant in zip(lines, near, strict=True)], dtype=bool
    )
    return Listed(
        np.arange(1, len(lines) + 1),
        [one.number for one in lines],
        sound,
        near,
        [one.name for one in lines],
        np.array([one.born for one in lines]),
        np.array([one.sex for one in lines]),
        [one.area for one in lines],
        np.array([one.school for one in lines]),
    )


def written(corpus: Corpus, folder: Path) -> None:
    """Both sides as Parquet, for the peers: with syllables beside the names, and nothing where nothing is known."""
    for name, side in (("roll", corpus.roll), ("list", corpus.listed)):
        forms = name_forms(list(side.name))
        told = {one: min(readings(one)) for one in sorted(set("".join(forms)))}
        pl.DataFrame(
            {
                "unique_id": side.key,
                "number": [one or None for one in side.digest],
                "name": forms,
                "family": [one[:1] for one in forms],
                "sound": ["".join(f"{told[letter]} " for letter in one).strip() for one in forms],
                "born": [date.fromordinal(day).isoformat() if day else None for day in side.born.tolist()],
                "sex": [str(one) if one else None for one in side.sex.tolist()],
                "area": [one or None for one in side.area],
            },
        ).write_parquet(folder / f"{name}.parquet")
