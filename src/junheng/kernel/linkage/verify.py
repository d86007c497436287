"""The same once more, everybody beside everybody, in plain Python: written without the solver, for small rolls.

A row's pairs are all pupils, each judged by eye: how alike the names, the days, the rest; what that is worth is the
logarithm taken by ``decimal``. Whoever doubts a pair that is shown, or one that is not, can follow it here.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Context, Decimal
from enum import IntEnum
from functools import lru_cache

from junheng.kernel.linkage.levels import Born, Name, Number, Part, Same
from junheng.kernel.linkage.names import family_of, name_form
from junheng.kernel.linkage.problem import Links, Listed, Note, Roll, Verdict
from junheng.kernel.linkage.sounds import confused_readings, readings
from junheng.kernel.linkage.weights import Weights

EXACTLY = Context(prec=60)
LOG_OF_TWO = EXACTLY.ln(Decimal(2))


@dataclass(frozen=True, slots=True)
class One:
    """One record of either side."""

    key: int
    digest: str
    name: str
    born: int
    sex: int
    county: str
    school: int
    sound: bool = True
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Came:
    """What should have come of a row: verdict, pupil or earlier row, notes, and pairs with levels and score."""

    verdict: Verdict
    of: int
    notes: Note
    pairs: tuple[tuple[int, int, tuple[int, ...]], ...]


def of_roll(roll: Roll) -> list[One]:
    """The roll, one after the other."""
    return [
        One(int(roll.key[at]), roll.digest[at], name_form(roll.name[at]), int(roll.born[at]), sex_of(int(roll.sex[at])),
            county_of(roll.area[at]), int(roll.school[at]))
        for at in range(len(roll.key))
    ]  # fmt: skip


def of_list(listed: Listed) -> list[One]:
    """The list, one after the other, by key."""
    found = [
        One(int(listed.key[at]), listed.digest[at], name_form(listed.name[at]), int(listed.born[at]),
            sex_of(int(listed.sex[at])), county_of(listed.area[at]), int(listed.school[at]), bool(listed.sound[at]),
            tuple(listed.near[at]))
        for at in range(len(listed.key))
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.key)


def county_of(area: str) -> str:
    """The first six digits, if there are six."""
    return area[:6] if len(area) > 5 else ""


def sex_of(said: int) -> int:
    """1 or 2, else unknown."""
    return said if said in (1, 2) else 0


@lru_cache(maxsize=10_000)
def bits(up: int, down: int) -> int:
    """Hundredths of a bit in a ratio, rounded down."""
    found = EXACTLY.multiply(EXACTLY.ln(Decimal(up) / Decimal(down)), Decimal(100)) / LOG_OF_TWO
    return int(found.quantize(Decimal("1e-30"), context=EXACTLY).to_integral_value(ROUND_FLOOR))


def slipped(one: str, other: str) -> bool:
    """Whether one name becomes the other by changing, dropping or adding one character."""
    if min(len(one), len(other)) < 2:
        return False
    dropped = {one[:at] + one[at + 1 :] for at in range(len(one))}
    changed = len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return changed or other in dropped or one in {other[:at] + other[at + 1 :] for at in range(len(other))}


@lru_cache(maxsize=10_000)
def name_level(one: str, other: str) -> Name:
    """How alike two names are."""

    def read(how: Callable[[str], frozenset[str]]) -> bool:
        return len(one) == len(other) and all(
            a == b or how(a) & how(b) for a, b in zip(one, other, strict=True)
        )

    if not one or not other:
        return Name.UNKNOWN
    if one == other:
        return Name.SAME
    if read(readings):
        return Name.TYPED if sum(a != b for a, b in zip(one, other, strict=True)) == 1 else Name.SOUND
    if read(confused_readings):
        return Name.NEAR_SOUND
    if sorted(one) == sorted(other):
        return Name.TURNED
    if slipped(one, other):
        return Name.EDIT
    return Name.FAMILY if family_of(one) == family_of(other) else Name.OTHER


@lru_cache(maxsize=10_000)
def born_level(one: int, other: int) -> Born:
    """How alike two days are; the one of the list is the first."""
    if not one or not other:
        return Born.UNKNOWN
    if one == other:
        return Born.SAME
    mine, theirs = date.fromordinal(one), date.fromordinal(other)
    if (mine.year, mine.month, mine.day) == (theirs.year, theirs.day, theirs.month):
        return Born.TURNED
    left, right = mine.strftime("%Y%m%d"), theirs.strftime("%Y%m%d")
    apart = [at for at in range(8) if left[at] != right[at]]
    exchanged = len(apart) == 2 and apart[1] == apart[0] + 1 and left[apart[0]] == right[apart[1]]
    if len(apart) == 1 or (exchanged and left[apart[1]] == right[apart[0]]):
        return Born.DIGIT
    return Born.YEAR if mine.year == theirs.year else Born.OTHER


def same(one: object, other: object) -> Same:
    """Whether two values are the same, if both are known."""
    if not one or not other:
        return Same.UNKNOWN
    return Same.SAME if one == other else Same.OTHER


def number_level(row: One, pupil: One) -> Number:
    """What two numbers say."""
    if pupil.digest and row.digest == pupil.digest:
        return Number.SAME
    if pupil.digest and pupil.digest in row.near:
        return Number.NEAR
    return Number.OTHER if row.digest and row.sound and pupil.digest else Number.UNKNOWN


def levels_of(row: One, pupil: One) -> tuple[IntEnum, ...]:
    """All levels of a pair."""
    return (
        number_level(row, pupil),
        name_level(row.name, pupil.name),
        born_level(row.born, pupil.born),
        same(row.sex, pupil.sex),
        same(row.county, pupil.county),
        same(row.school, pupil.school),
    )


def score(levels: tuple[IntEnum, ...], often: list[dict[int, int]], everybody: int, weights: Weights) -> int:
    """What a pair is worth: ``often`` says for each part how many on the roll are at a level with the row."""
    whole = bits(1, everybody)
    for part, m in (
        (Part.NAME, weights.name), (Part.BORN, weights.born), (Part.SEX, weights.sex),
        (Part.AREA, weights.area), (Part.SCHOOL, weights.school),
    ):  # fmt: skip
        level = levels[part]
        if level and not (part is Part.AREA and levels[Part.SCHOOL] == Same.SAME):
            whole += bits(m[level] * everybody, 1000 * max(often[part].get(level, 0), 1))
    if levels[Part.NUMBER] == Number.SAME:
        whole += bits(weights.number[1] * everybody, 1000)
    elif levels[Part.NUMBER] == Number.NEAR:
        whole += bits(weights.number[2], weights.number_near)
    elif levels[Part.NUMBER] == Number.OTHER:
        whole += bits(weights.number[3], 1000)
    return whole


def how_often(row: One, pupils: list[One]) -> list[dict[int, int]]:
    """For each part and level how many on the roll are there with a row."""
    found: list[Counter[int]] = [Counter() for _ in Part]
    for pupil in pupils:
        for part, level in zip(Part, levels_of(row, pupil), strict=True):
            found[part][int(level)] += 1
    found[Part.NAME][Name.FAMILY] = sum(family_of(row.name) == family_of(one.name) for one in pupils)
    found[Part.NAME][Name.OTHER] = len(pupils)
    if row.born:
        year = date.fromordinal(row.born).year
        of_year = sum(bool(one.born) and date.fromordinal(one.born).year == year for one in pupils)
        found[Part.BORN][Born.YEAR], found[Part.BORN][Born.OTHER] = of_year, len(pupils) - of_year
    alike = {
        Part.SEX: sum(one.sex == row.sex for one in pupils),
        Part.AREA: sum(one.county == row.county for one in pupils),
        Part.SCHOOL: sum(one.school == row.school for one in pupils),
    }
    for part, count in alike.items():
        found[part][Same.SAME], found[part][Same.OTHER] = count, len(pupils) - count
    return [dict(one) for one in found]


def in_question(levels: tuple[IntEnum, ...]) -> bool:
    """Whether a pair is looked at: by number, by day, or by a name that is alike up to one slip."""
    return (
        levels[Part.NUMBER] in (Number.SAME, Number.NEAR)
        or levels[Part.BORN] == Born.SAME
        or Name.SAME <= levels[Part.NAME] <= Name.EDIT
    )


def pairs_of(
    row: One, pupils: list[One], weights: Weights, most: int
) -> tuple[list[tuple[int, int, tuple[int, ...]]], bool]:
    """The pairs that should be shown, and whether others as good as the last of them are not."""
    often = how_often(row, pupils)
    found = []
    for pupil in pupils:
        levels = levels_of(row, pupil)
        worth = score(levels, often, len(pupils), weights)
        by_number = levels[Part.NUMBER] == Number.SAME
        if in_question(levels) and (by_number or worth >= weights.least):
            found.append(((not by_number, -worth, pupil.key), (pupil.key, worth, tuple(map(int, levels)))))
    found.sort()
    more = len(found) > most and found[most][0][:2] == found[most - 1][0][:2]
    return [pair for _, pair in found[:most]], more


def expected(roll: Roll, listed: Listed, weights: Weights, most: int) -> dict[int, Came]:
    """What should have come of every row, but for the note that two rows have the same pupil as their first."""
    pupils, rows = of_roll(roll), of_list(listed)
    found: dict[int, Came] = {}
    for row in rows:
        notes = Note(0) if row.sound else Note.FLAWED
        here = [one for one in pupils if row.digest and one.digest == row.digest]
        alike = [one for one in rows if row.digest and one.digest == row.digest]
        if any(one.name != row.name for one in alike):
            notes |= Note.TWO_ROWS
        earlier = [one.key for one in alike if row.name and one.name == row.name and one.key < row.key]
        if earlier:
            found[row.key] = Came(Verdict.REPEATED, min(earlier), notes, ())
            continue
        if len(here) > 1:
            notes |= Note.TWO_ROLLS
        if any(one.name != row.name for one in here):
            notes |= Note.OTHER_NAME
        if len(here) == 1 and row.sound and row.name and here[0].name == row.name:
            found[row.key] = Came(Verdict.EXACT, here[0].key, notes, ())
            continue
        pairs, more = pairs_of(row, pupils, weights, most)
        if not pairs and not row.born and any(row.name and one.name == row.name for one in pupils):
            notes |= Note.VAGUE
        if more:
            notes |= Note.MORE
        if len(pairs) > 1 and pairs[0][1] == pairs[1][1]:
            notes |= Note.EQUALS
        found[row.key] = Came(Verdict.DOUBTFUL if pairs else Verdict.ABSENT, -1, notes, tuple(pairs))
    firsts = Counter(one.pairs[0][0] for one in found.values() if one.pairs)
    exact = {one.of for one in found.values() if one.verdict is Verdict.EXACT}
    return {
        key: Came(one.verdict, one.of, one.notes | Note.TWO_ROWS, one.pairs)
        if one.pairs and (firsts[one.pairs[0][0]] > 1 or one.pairs[0][0] in exact)
        else one
        for key, one in found.items()
    }


def faults(
    roll: Roll, listed: Listed, links: Links, *, weights: Weights | None = None, most: int = 5
) -> list[str]:
    """Everything in which links are not what roll and list make of one another, in words; empty if they may be used."""
    right = expected(roll, listed, weights or Weights(), most)
    found = [] if links.row.tolist() == sorted(right) else ["not the rows of the list, each once, in order"]
    for at, row in enumerate(links.row.tolist()):
        verdict = Verdict(int(links.verdict[at]))
        of = int(links.pupil[at] if verdict is Verdict.EXACT else links.same_as[at])
        pairs = tuple((one.pupil, one.score, tuple(map(int, one.levels))) for one in links.of(row))
        mine = Came(verdict, of, Note(int(links.notes[at])), pairs)
        if row in right and mine != right[row]:
            found.append(f"{row}: {mine} instead of {right[row]}")
    return found
