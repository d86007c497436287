"""The passages that two texts share, and how much of the first they make up: a reason to ask, and no verdict."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from junheng.kernel.passages.tidying import tidied


@dataclass(frozen=True, slots=True)
class Passage:
    """One shared passage: where it stands in either text (``begins`` to before ``ends``), and how many letters it has."""

    begins: int
    ends: int
    other_begins: int
    other_ends: int
    letters: int


def shared(text: str, other: str, *, least: int) -> list[Passage]:
    """The passages of at least so many letters, in the order of the first text; none overlaps another in it.

    Where several could begin at one place, the longest is taken, and of those the earliest in the other text.

    >>> [one.letters for one in shared("今天我们学习禁毒知识。", "昨天，我们学习禁毒知识了", least=5)]
    [9]
    """
    one, two = tidied(text), tidied(other)
    starts: dict[str, list[int]] = defaultdict(list)
    for place in range(len(two.letters) - least + 1):
        starts[two.letters[place : place + least]].append(place)
    found, place = [], 0
    while place <= len(one.letters) - least:
        best, where = 0, 0
        for start in starts.get(one.letters[place : place + least], ()):
            length = least
            while same_letter(one.letters, place + length, two.letters, start + length):
                length += 1
            if length > best:
                best, where = length, start
        if not best:
            place += 1
            continue
        found.append(
            Passage(
                one.places[place],
                one.places[place + best - 1] + 1,
                two.places[where],
                two.places[where + best - 1] + 1,
                best,
            )
        )
        place += best
    return found


def same_letter(one: str, place: int, other: str, there: int) -> bool:
    """Whether both texts go on, and with the same letter."""
    return place < len(one) and there < len(other) and one[place] == other[there]


def covered(passages: Sequence[Passage], text: str) -> int:
    """How much of a text its passages make up, in thousandths, rounded down.

    >>> covered([Passage(0, 2, 0, 2, 2)], "春天来了")
    500
    """
    whole = len(tidied(text).letters)
    return sum(one.letters for one in passages) * 1_000 // whole if whole else 0
