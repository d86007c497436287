"""The same question answered another way: cumulative offers with the groups' choices taken literally.

Everybody's offers so far are kept; in each step every group chooses anew from all the offers it ever got.
"""

from collections import defaultdict

from junheng.kernel.matching import Market, Ties


def choose(offers: list[tuple[int, int]], seats: int, ties: Ties) -> list[int]:
    """Whom a group takes of all who ever asked it, by its definition."""
    ordered = sorted(offers)
    if seats <= 0:
        return []
    if ties is Ties.ADMIT and len(ordered) > seats:
        return [child for key, child in ordered if key <= ordered[seats - 1][0]]
    taken: list[int] = []
    for key in sorted({key for key, _ in ordered}):
        same = [child for other, child in ordered if other == key]
        if len(taken) + len(same) > seats:
            return taken if ties is Ties.REJECT else taken + same[: seats - len(taken)]
        taken += same
    return taken


def cumulative_offers(market: Market) -> list[int]:
    """The edge by which each child is admitted; -1 where there is none."""
    starts, group, key = market.starts.tolist(), market.group.tolist(), market.key.tolist()
    made = [0] * market.children
    while True:
        offers: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for child in range(market.children):
            for edge in range(starts[child], starts[child] + made[child]):
                offers[group[edge]].append((key[edge], child))
        seats = [one.capacity for one in market.groups]
        chosen: dict[int, list[int]] = {}
        for place, one in enumerate(market.groups):
            if one.release_to is not None:
                chosen[place] = choose(offers[place], one.capacity, one.ties)
                seats[one.release_to] += max(0, one.capacity - len(chosen[place]))
        for place, one in enumerate(market.groups):
            if one.release_to is None:
                chosen[place] = choose(offers[place], seats[place], one.ties)
        taken = {child: place for place, some in chosen.items() for child in some}
        idle = [
            child
            for child in range(market.children)
            if child not in taken and made[child] < starts[child + 1] - starts[child]
        ]
        if not idle:
            return [
                next(
                    (
                        edge
                        for edge in range(starts[child], starts[child + 1])
                        if group[edge] == taken.get(child)
                    ),
                    -1,
                )
                for child in range(market.children)
            ]
        for child in idle:
            made[child] += 1
