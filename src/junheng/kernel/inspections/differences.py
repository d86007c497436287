"""What several inspections by one checklist say of the same place: how far they agree, what one overlooked, who was first.

Every number is a whole number or a ratio of two. An item counts in a comparison where both sides judged it; where one
of them found that it does not apply, it is left out. By *found* the other side's failures are meant, by *missed* those
of them that the first side called good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

STEPS = 3
"""How far a weight rises at most: one that missed everything is three above one that missed nothing."""
Ratio = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one inspection said: of how many items, which failed, and which do not apply."""

    items: int
    failed: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """Two sides beside each other, item by item; tables of several places are added up."""

    both_good: int = 0
    both_failed: int = 0
    only_first: int = 0
    """The first side says that it fails, the second that it is good."""
    only_second: int = 0

    def __add__(self, other: "Table") -> "Table":
        return Table(
            self.both_good + other.both_good,
            self.both_failed + other.both_failed,
            self.only_first + other.only_first,
            self.only_second + other.only_second,
        )

    @property
    def compared(self) -> int:
        """Items that both sides judged."""
        return self.both_good + self.both_failed + self.only_first + self.only_second

    @property
    def agreement(self) -> Ratio:
        """符合率: items judged alike, of all that both judged.

        >>> Table(17, 1, 0, 2).agreement
        (18, 20)
        """
        return self.both_good + self.both_failed, self.compared

    @property
    def kappa(self) -> Ratio | None:
        """Cohen's kappa as a ratio: agreement beyond what two who never look would have by chance.

        With n items, a judged alike and s = the product sums of the margins it is (n·a − s) / (n² − s). There is none
        where both sides say the same of every item, for then chance explains it all.

        >>> Table(17, 1, 0, 2).kappa
        (34, 74)
        >>> Table(20).kappa is None
        True
        """
        n, alike = self.compared, self.both_good + self.both_failed
        first, second = self.both_failed + self.only_first, self.both_failed + self.only_second
        chance = first * second + (n - first) * (n - second)
        return None if n * n == chance else (n * alike - chance, n * n - chance)

    @property
    def overlooked(self) -> Ratio:
        """漏查率: what the first side called good, of all that the second found.

        >>> Table(17, 1, 0, 2).overlooked
        (2, 3)
        """
        return self.only_second, self.both_failed + self.only_second


def beside(first: Seen, second: Seen) -> Table:
    """Put two inspections of one place by one checklist side by side. Both judged the same number of items.

    >>> beside(Seen(20, frozenset({4})), Seen(20, frozenset({4, 7, 9}), frozenset({1})))
    Table(both_good=16, both_failed=1, only_first=0, only_second=2)
    """
    if first.items != second.items:
        raise ValueError("two inspections of one place judge the same items")
    left_out = first.left_out | second.left_out
    both = len(first.failed & second.failed)
    only_first = len(first.failed - second.failed - left_out)
    only_second = len(second.failed - first.failed - left_out)
    good = first.items - len(left_out) - both - only_first - only_second
    return Table(good, both, only_first, only_second)


def first_seen(failures: Mapping[int, Sequence[tuple[object, int]]]) -> dict[int, int]:
    """Who saw each item fail first. Given, for every item, are the day and the level of each that says so.

    On one day the lower level was first: a school that reports itself is not robbed of it.

    >>> first_seen({4: [("2024-03-09", 2), ("2024-03-02", 1)], 7: [("2024-03-09", 2), ("2024-03-09", 0)]})
    {4: 1, 7: 0}
    """
    return {item: min(seen)[1] for item, seen in failures.items() if seen}


def weight(missed: int, found: int) -> int:
    """抽样权重: how much likelier a place is drawn next time, by what it overlooked about itself.

    One, and up to three more: 1 + ⌈3 × missed ÷ found⌉. Where nobody found anything there is nothing to hold against
    it, so it stays at one; nobody ever falls out of the draw.

    >>> [weight(0, 0), weight(0, 5), weight(1, 5), weight(2, 3), weight(5, 5)]
    [1, 1, 2, 3, 4]
    """
    if not 0 <= missed <= found:
        raise ValueError("nobody overlooks more than was found")
    return 1 + -(-STEPS * missed // found) if found else 1


def decimal(ratio: Ratio, *, places: int) -> str:
    """A ratio as people read it, rounded half away from nothing, by whole numbers alone.

    >>> decimal((2, 3), places=1), decimal((18, 38), places=2), decimal((-1, 8), places=2)
    ('0.7', '0.47', '-0.13')
    """
    part, whole = ratio
    scale = 10**places
    value = (2 * abs(part) * scale + whole) // (2 * whole)
    sign = "-" if part < 0 and value else ""
    return f"{sign}{value // scale}.{value % scale:0{places}d}"
