"""Whom children ask on whose choices were all in vain: public schools with places, the nearest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from junheng.domains.placements.queries.asking import Approved, Child, Plan
from junheng.kernel.admission import Bid


@dataclass(slots=True)
class Coordination:
    """Answers for the kernel. Distance is that of the school of the address; where no place is known, by township."""

    plan: Plan
    children: Mapping[str, Child]
    homes: Mapping[str, str]
    """The area of each child's home, for those whose address lies in no catchment."""
    remembered: dict[Any, tuple[Bid, ...]] = field(default_factory=dict)

    def __call__(self, pid: str, groups: Sequence[str]) -> Sequence[Bid]:
        child = self.children.get(pid)
        if child is None:  # gave its place back: it asks nowhere any more
            return ()
        key = (child.catchment, self.homes.get(pid), child.approved, len(groups), groups[0] if groups else "")
        if key not in self.remembered:
            self.remembered[key] = self.asked(
                child.approved, child.catchment, self.homes.get(pid, ""), groups
            )
        return self.remembered[key]

    def asked(
        self, approved: Approved, catchment: str | None, home: str, groups: Sequence[str]
    ) -> tuple[Bid, ...]:
        """The bids in their order."""
        left = set(groups)
        public = [one for one in self.plan.schools.values() if not one["private"]]
        inside = {one["code"] for one in public if self.plan.takes_in(one["code"], catchment)}
        public.sort(
            key=lambda one: (one["code"] not in inside, self.distance(catchment, home, one), one["code"])
        )
        return tuple(
            bid
            for school in public
            for bid in self.plan.bids_at(school["code"], approved, inside=school["code"] in inside)
            if bid.group in left
        )

    def distance(self, catchment: str | None, home: str, school: dict[str, Any]) -> tuple[int, int]:
        """How far a school is: whether it lies in another township, and the squared distance of both places."""
        here = self.plan.schools.get(catchment or "")
        if here is not None and here["point"] and school["point"]:
            return (0, squared(here["point"], school["point"]))
        return (1 if school["area"] != (here["area"] if here else home) else 0, 0)


def squared(one: Sequence[int], other: Sequence[int]) -> int:
    """The squared distance of two places in metres, in whole numbers.

    A millionth of a degree of latitude is 0.1113 m; of longitude at 35° 13′ (Jiaozuo) 0.0909 m.

    >>> squared((113_200_000, 35_200_000), (113_200_000, 35_210_000))
    1238769
    """
    x = (one[0] - other[0]) * 909 // 10_000
    y = (one[1] - other[1]) * 1_113 // 10_000
    return x * x + y * y
