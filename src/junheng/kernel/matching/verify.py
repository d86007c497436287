"""Whether a result can stand: written without the solvers, group by group, from the definition of stability alone.

A child must not have better claims to a group that it asked before the one it got: a seat that is empty (waste), or a
seat of somebody whose key is larger (justified envy). With these and the capacities kept, nobody has a reason to object.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from junheng.kernel.matching.problem import Market, Ties

Kind = Literal["not-own", "over-capacity", "envy", "waste", "shape"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a result cannot stand: what kind, which child (-1: none), which group."""

    kind: Kind
    child: int
    group: str


def faults(market: Market, result: Sequence[int]) -> list[Fault]:
    """Every reason why a result cannot stand; empty if it can. ``result`` has one edge (or -1) for each child."""
    starts, group, key = market.starts.tolist(), market.group.tolist(), market.key.tolist()
    if len(result) != market.children:
        return [Fault("shape", -1, "")]
    found = []
    admitted: dict[int, list[int]] = defaultdict(list)
    for child, edge in enumerate(result):
        if edge >= 0 and not starts[child] <= edge < starts[child + 1]:
            found.append(Fault("not-own", child, ""))
        elif edge >= 0:
            admitted[group[edge]].append(key[edge])
    if found:
        return found
    seats = effective_capacities(market, admitted)
    claims: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for child, edge in enumerate(result):
        last = edge if edge >= 0 else starts[child + 1]
        for better in range(starts[child], last):
            claims[group[better]].append((key[better], child))
    for place, one in enumerate(market.groups):
        inside, outside = sorted(admitted[place]), sorted(claims[place])
        if is_over(inside, seats[place], one.ties):
            found.append(Fault("over-capacity", -1, one.code))
        for mine, child in outside:
            if inside and (mine < inside[-1] or (mine == inside[-1] and one.ties is Ties.ADMIT)):
                found.append(Fault("envy", child, one.code))
            elif len(inside) < seats[place] and would_fit(mine, inside, outside, seats[place], one.ties):
                found.append(Fault("waste", child, one.code))
    return found


def effective_capacities(market: Market, admitted: Mapping[int, list[int]]) -> list[int]:
    """The seats of every group, with what a pool gets from the groups that did not fill theirs."""
    seats = [one.capacity for one in market.groups]
    for place, one in enumerate(market.groups):
        if one.release_to is not None:
            seats[one.release_to] += max(0, one.capacity - len(admitted.get(place, [])))
    return seats


def is_over(inside: list[int], seats: int, ties: Ties) -> bool:
    """Whether more are in than may be: beyond the seats only those who tie with the last one that fits."""
    if ties is Ties.ADMIT and seats:
        return len(inside) > seats and inside[-1] != inside[seats - 1]
    return len(inside) > seats


def would_fit(mine: int, inside: list[int], outside: list[tuple[int, int]], seats: int, ties: Ties) -> bool:
    """Whether an empty seat is one for this child.

    Where tied ones come in together or not at all, all with an equal or better claim must fit: nobody is passed over.
    """
    if ties is not Ties.REJECT:
        return True
    before = sum(1 for other, _child in outside if other <= mine)
    return len(inside) + before <= seats
