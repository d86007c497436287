"""A market as values: groups of seats, and for every child its wishes in order, each already put before its groups.

A school is an ordered list of seat groups (its own catchment, a reserve, the rest). A wish for a school becomes one
edge for each of its groups that the child is eligible for, in the published order of precedence; ordinary deferred
acceptance over groups then equals the school's choice with slot-specific priorities (Kominers and Sönmez 2016).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from junheng.kernel.errors import Refusal

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]

HIGHEST_TIER = 255
HIGHEST_SCORE = 65_535
HIGHEST_RANK = 2**32 - 1


class Ties(StrEnum):
    """What a group does with children of equal key who do not all fit."""

    STRICT = "strict"
    """Keys are all different: that is refused otherwise."""
    ADMIT = "admit"
    """All of them come in, beyond the capacity (twins who are bound, 并列同录): L-stable."""
    REJECT = "reject"
    """None of them comes in, and seats may stay empty: H-stable (Biró and Kiselgof 2015)."""


@dataclass(frozen=True, slots=True)
class Group:
    """Seats that are filled by one order. ``release_to`` is the place of the pool that gets what stays empty."""

    code: str
    capacity: int
    ties: Ties = Ties.STRICT
    release_to: int | None = None


@dataclass(frozen=True, slots=True)
class Market:
    """Groups and edges. The edges of child ``i`` are those from ``starts[i]`` to ``starts[i + 1]``, best first.

    ``starts`` has shape ``(children + 1,)``, ``group`` and ``key`` have shape ``(edges,)``; the smaller key goes first.
    ``words`` is made here: one number an edge, that sorts by group and then by key. A market that makes no sense
    refuses to exist.
    """

    groups: tuple[Group, ...]
    starts: Ints
    group: Ints
    key: Keys
    words: Keys = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_groups(self.groups)
        check_shape(self)
        object.__setattr__(self, "words", one_word(self.group, self.key, len(self.groups)))
        check_edges(self)

    @property
    def children(self) -> int:
        """How many children there are."""
        return len(self.starts) - 1

    @property
    def edges(self) -> int:
        """How many edges there are."""
        return len(self.group)

    def owners(self) -> Ints:
        """The child of every edge, shape ``(edges,)``."""
        return np.repeat(np.arange(self.children, dtype=np.int64), np.diff(self.starts))

    def capacities(self) -> Ints:
        """The capacity of every group, shape ``(groups,)``."""
        return np.array([group.capacity for group in self.groups], dtype=np.int64)

    def seats(self, filled: Ints) -> Ints:
        """The seats of every group with so many admitted: a pool has its own and what its groups left empty."""
        seats = self.capacities()
        for place, one in enumerate(self.groups):
            if one.release_to is not None:
                seats[one.release_to] += max(0, one.capacity - int(filled[place]))
        return seats


def market_of(groups: Sequence[Group], wishes: Sequence[Sequence[tuple[int, int]]]) -> Market:
    """A market from lists: for each child the pairs of group and key, best first."""
    starts = np.zeros(len(wishes) + 1, dtype=np.int64)
    starts[1:] = np.cumsum([len(one) for one in wishes], dtype=np.int64)
    flat = [pair for one in wishes for pair in one]
    return Market(
        tuple(groups),
        starts,
        np.array([group for group, _ in flat], dtype=np.int64),
        np.array([key for _, key in flat], dtype=np.uint64),
    )


def key_of(*, tier: int, rank: int, score: int = 0) -> int:
    """The key by which a group orders: first the tier (0 is first), then the higher score, then the drawn number.

    ``rank`` is the dense place of the number in the draw, so that no digit is lost; children who are bound together
    have the same one.

    >>> key_of(tier=1, rank=5) > key_of(tier=0, rank=90_000)
    True
    >>> key_of(tier=0, score=590, rank=9) < key_of(tier=0, score=589, rank=1)
    True
    """
    if not (0 <= tier <= HIGHEST_TIER and 0 <= score <= HIGHEST_SCORE and 0 <= rank <= HIGHEST_RANK):
        raise Refusal(
            "key-out-of-range",
            "类别 {tier}、成绩 {score} 或派位序号 {rank} 超出范围，无法排序。请核对名单。",
            tier=tier,
            score=score,
            rank=rank,
        )
    return tier << 56 | (HIGHEST_SCORE - score) << 40 | rank << 8


def check_groups(groups: tuple[Group, ...]) -> None:
    """Refuse capacities and pools that make no sense."""
    if len({group.code for group in groups}) != len(groups):
        raise Refusal("group-twice", "有两个名额组用了同一个代码。请核对招生计划。")
    for group in groups:
        if group.capacity < 0:
            raise Refusal(
                "negative-capacity", "名额组「{group}」的名额不能为负数。请核对招生计划。", group=group.code
            )
        if group.release_to is None:
            continue
        if not 0 <= group.release_to < len(groups) or groups[group.release_to] is group:
            raise Refusal(
                "unknown-pool", "名额组「{group}」要转入的名额组不存在。请核对招生计划。", group=group.code
            )
        if groups[group.release_to].release_to is not None:
            raise Refusal(
                "pool-of-pools",
                "名额组「{group}」转入的名额组本身又转出，名额去向不确定。请只转一次。",
                group=group.code,
            )
        if group.ties is Ties.REJECT:
            raise Refusal(
                "reject-feeds-pool",
                "名额组「{group}」并列者都不录取，它的空额不能转入其他组：结果会取决于处理次序。请改用其他并列办法。",
                group=group.code,
            )


def one_word(group: Ints, key: Keys, groups: int) -> Keys:
    """Group and key of every edge in one number, so that one sort orders by both and none of 128 bits is needed.

    The group, from 1, stands in the uppermost bits; ``key`` below it as it is, less what all keys have in common. Where
    that does not fit, the place of the key among all keys does.
    """
    if not len(key):
        return key.copy()
    room = 64 - groups.bit_length()
    low = key - key.min()
    used = int(np.bitwise_or.reduce(low))
    spare = (used & -used).bit_length() - 1 if used else 0
    if used.bit_length() - spare > room:
        low, spare = np.unique(key, return_inverse=True)[1].astype(np.uint64), 0
    words: Keys = (group + 1).astype(np.uint64) << np.uint64(room) | low >> np.uint64(spare)
    return words


def check_shape(market: Market) -> None:
    """Refuse edges that lead nowhere."""
    starts, group = market.starts, market.group
    sound = (
        len(starts) > 0
        and starts[0] == 0
        and starts[-1] == len(group) == len(market.key)
        and bool((np.diff(starts) >= 0).all())
        and (len(group) == 0 or (group.min() >= 0 and group.max() < len(market.groups)))
    )
    if not sound:
        raise Refusal("broken-market", "志愿表不完整或指向不存在的名额组，不能计算。请重新生成志愿表。")


def check_edges(market: Market) -> None:
    """Refuse edges that stand twice, or tie where ties are not provided for."""
    pairs = np.sort(market.owners() * len(market.groups) + market.group)
    again = pairs[1:] == pairs[:-1]
    if again.any():
        child = int(pairs[1:][again][0]) // len(market.groups)
        raise Refusal(
            "wish-twice", "第 {child} 名学生的志愿中同一名额组出现两次。请核对志愿。", child=child + 1
        )
    words = np.sort(market.words)
    tied = words[1:][words[1:] == words[:-1]]
    places = (tied >> np.uint64(64 - len(market.groups).bit_length())).astype(np.int64) - 1
    for place in np.unique(places).tolist():
        if market.groups[place].ties is Ties.STRICT:
            raise Refusal(
                "tie-in-strict-group",
                "名额组「{group}」中有两名学生排位相同，而该组没有规定并列办法。请核对派位号或规定并列办法。",
                group=market.groups[place].code,
            )
