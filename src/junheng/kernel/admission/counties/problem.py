"""One county's admission as columns: the seats of its groups, its children with whom they ask, and what came of it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from junheng.kernel.errors import Refusal
from junheng.kernel.matching.problem import Ints

PID = 16
"""Letters of a child's number: the first 64 bits of a keyed hash, as lower-case hexadecimal figures."""
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Seats:
    """The groups of one county, in the order of the plan; ``pool`` is the place of the group that gets what stays empty
    (-1: none). Every group orders by tier and then by the drawn number, so there are no ties.
    """

    county: str
    codes: tuple[str, ...]
    capacity: Ints
    pool: Ints

    def __post_init__(self) -> None:
        feeding = self.pool >= 0
        sound = (
            len(self.codes) == len(set(self.codes)) == len(self.capacity) == len(self.pool)
            and bool((self.capacity >= 0).all())
            and bool((self.pool < len(self.codes)).all())
            and not bool((self.pool[self.pool[feeding]] >= 0).any())
        )
        if not sound:
            raise Refusal(
                "bad-seats",
                "{county} 的招生计划有误：名额组代码重复、名额为负，或剩余名额的去向不存在、又转出。请核对招生计划。",
                county=self.county,
            )


@dataclass(frozen=True, slots=True)
class County:
    """The children of one county. Child ``i`` asks the groups ``group[starts[i]:starts[i + 1]]``, best first, with those
    tiers; groups are counted within the county, so that nobody can ask across its line.
    """

    code: str
    pids: npt.NDArray[np.uint8]
    """Shape ``(children, 16)``: the letters of every child's number."""
    starts: Ints
    group: npt.NDArray[np.int32]
    tier: npt.NDArray[np.uint8]

    @property
    def children(self) -> int:
        """How many there are."""
        return len(self.pids)

    def pid(self, child: int) -> str:
        """A child's number as text."""
        return str(self.pids[child].tobytes(), "ascii")


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of one county: for every child its place in the draw (from 0) and the edge by which it is admitted (-1:
    none), for every edge its rank among all who asked that group (from 1) and why, for every group how many asked and
    were admitted, its seats, and rank and tier of the last one in (0 and -1 where nobody is).
    """

    order: Ints
    result: Ints
    rank: Ints
    why: npt.NDArray[np.uint8]
    asked: Ints
    admitted: Ints
    seats: Ints
    last_rank: Ints
    last_tier: Ints


def bad_edge(county: str, pid: str) -> Refusal:
    """The refusal of a wish that leads nowhere or stands twice."""
    return Refusal(
        "bad-wish",
        "{county} 编号 {pid} 的志愿指向本县没有的名额组，或同一名额组填了两次。请核对名单。",
        county=county,
        pid=pid,
    )
