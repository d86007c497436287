"""A draw that anyone can repeat: a closed list, a seed that came into being afterwards, one number a child."""

from junheng.kernel.lottery.digests import Algorithm, digest
from junheng.kernel.lottery.explain import shown
from junheng.kernel.lottery.merkle import Tree, is_in, leaf_of
from junheng.kernel.lottery.problem import (
    EVERY_SCHOOL,
    Announcement,
    Commitment,
    Entrant,
    Reveal,
    Seed,
)
from junheng.kernel.lottery.sample import Unit, order, sample
from junheng.kernel.lottery.solve import commitment_of, numbers, ranks, seed_of
from junheng.kernel.lottery.verify import faults

__all__ = [
    "EVERY_SCHOOL",
    "Algorithm",
    "Announcement",
    "Commitment",
    "Entrant",
    "Reveal",
    "Seed",
    "Tree",
    "Unit",
    "commitment_of",
    "digest",
    "faults",
    "is_in",
    "leaf_of",
    "numbers",
    "order",
    "ranks",
    "sample",
    "seed_of",
    "shown",
]
