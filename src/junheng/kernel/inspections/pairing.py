"""交叉检查: which county inspects which, so that none inspects itself or is inspected by whom it inspects.

The counties stand in one ring in the order of the draw and each inspects the next one: with three or more no two can
meet twice. Pairs that are ruled out (last year's, neighbours, ties) are avoided by the first ring, in that order, that
has none of them: the seed alone decides, and anybody finds the same ring again.
"""

from collections.abc import Collection, Mapping, Sequence

from junheng.kernel.errors import Refusal
from junheng.kernel.lottery.digests import Algorithm
from junheng.kernel.lottery.sample import Unit, order

Pair = tuple[str, str]
"""Who inspects whom."""
LEAST = 3
MOST_TRIES = 1_000_000
"""Steps after which the search gives up: so dense a list of excluded pairs leaves hardly any ring."""


def pairing(
    algorithm: Algorithm, seed: str, draw: str, counties: Sequence[str], *, apart: Collection[Pair] = ()
) -> dict[str, str]:
    """Whom each county inspects. ``apart`` are pairs that may not be: the first may not inspect the second."""
    if len(counties) < LEAST:
        raise Refusal(
            "too-few-to-cross",
            "只有 {count} 个单位，无法交叉检查：至少要有 {least} 个，才能既不查自己、也不互查。请增加单位。",
            count=len(counties),
            least=LEAST,
        )
    drawn = [unit.code for unit in order(algorithm, seed, draw, [Unit(code) for code in counties])]
    ring = ring_of(drawn, frozenset(apart))
    return dict(zip(ring, [*ring[1:], ring[0]], strict=True))


def ring_of(drawn: Sequence[str], apart: frozenset[Pair]) -> list[str]:
    """The first ring in the order of the draw in which nobody stands before one that it may not inspect."""
    ring = [drawn[0]]
    # at every place the candidates that are still to be tried, the earliest drawn first
    waiting = [iter(drawn[1:])]
    for _turn in range(MOST_TRIES):
        if not waiting:
            break
        following = next(
            (one for one in waiting[-1] if one not in ring and (ring[-1], one) not in apart), None
        )
        if following is None:
            waiting.pop()
            ring.pop()
            continue
        ring.append(following)
        if len(ring) == len(drawn):
            if (ring[-1], ring[0]) not in apart:
                return ring
            ring.pop()
            continue
        waiting.append(iter(drawn[1:]))
    raise Refusal(
        "no-ring",
        "按回避要求排不出交叉检查：有单位几乎谁都不能查或谁都不能来查。请核对回避名单。",
    )


def pairing_faults(
    counties: Sequence[str], found: Mapping[str, str], *, apart: Collection[Pair] = ()
) -> list[str]:
    """Everything for which a pairing cannot be used, in words; empty if it can."""
    wrong = []
    if set(found) != set(counties) or set(found.values()) != set(counties):
        wrong.append("not every county inspects one and is inspected by one")
    wrong += [f"{one} inspects itself" for one, other in found.items() if one == other]
    wrong += [
        f"{one} and {other} inspect each other"
        for one, other in found.items()
        if one < other and found.get(other) == one
    ]
    wrong += [f"{one} may not inspect {other}" for one, other in found.items() if (one, other) in set(apart)]
    return wrong
