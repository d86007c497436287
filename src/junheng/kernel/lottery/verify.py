"""Whether a draw is the one that was announced: written without ``solve``, to be read by an outsider."""

import hashlib
from collections.abc import Mapping, Sequence

from junheng.kernel.lottery.problem import Announcement, Entrant, Reveal, Seed
from junheng.kernel.lottery.sm3 import Sm3


def hashed(algorithm: str, content: bytes) -> bytes:
    """The hash of some bytes."""
    if algorithm == "sm3":
        there = "sm3" in hashlib.algorithms_available
        return hashlib.new("sm3", content).digest() if there else Sm3(content).digest()
    return hashlib.sha256(content).digest()


def root_of(algorithm: str, leaves: Sequence[bytes]) -> bytes:
    """The root of a tree by the definition of RFC 9162: halves at the largest power of two below the count."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = root_of(algorithm, leaves[:half]), root_of(algorithm, leaves[half:])
    return hashed(algorithm, b"\x01" + left + right)


def faults(
    announced: Announcement,
    entrants: Sequence[Entrant],
    reveals: Sequence[Reveal],
    beacons: Mapping[str, str | None],
    seed: Seed,
    drawn: Mapping[str, bytes],
) -> list[str]:
    """Everything that is not as announced, in words; empty if the draw is the one that had to come.

    ``drawn`` are the numbers by child for the scope of all schools.
    """
    found = []
    kind, batch = announced.algorithm.value, announced.batch
    if len(entrants) != announced.entrants:
        found.append(f"the list has {len(entrants)} entries, {announced.entrants} were announced")
    if [one.pid for one in entrants] != sorted({one.pid for one in entrants}):
        found.append("the list is not in order, or somebody is in it twice")
    leaves = [
        hashed(kind, b"\x00" + f"YGZS-LOT/1|leaf|{batch}|{one.salt}|{one.record}".encode())
        for one in entrants
    ]
    if leaves and root_of(kind, leaves).hex() != announced.root:
        found.append("the list is not the one whose root was announced")
    opened = {one.name: one for one in reveals}
    values = []
    for promised in announced.commitments:
        opening = opened.pop(promised.name, None)
        text = f"YGZS-LOT/1|commit|{opening.nonce}|{opening.secret}" if opening else ""
        kept = opening is not None and hashed(kind, text.encode()).hex() == promised.digest
        values.append((promised.name, opening.secret if opening and kept else announced.fallback))
    found += [f"{name} revealed without having committed" for name in opened]
    public = [(name, beacons[name]) for name in announced.beacons if beacons.get(name)][:1]
    words = "|".join(f"{name}={value}" for name, value in [*values, *public])
    text = f"YGZS-LOT/1|seed|{batch}|{announced.entrants}|{announced.root}|{announced.rules}|{words}"
    if not public or hashed(kind, text.encode()).hex() != seed.value:
        found.append("the seed does not follow from what was announced and revealed")
    for one in entrants:
        right = hashed(kind, f"YGZS-LOT/1|num|{seed.value}|{batch}|*|{one.pid}".encode())
        if drawn.get(one.pid) != right:
            found.append(f"the number of {one.pid} is not the one that follows from the seed")
    if extra := sorted(drawn.keys() - {one.pid for one in entrants}):
        found.append(f"{len(extra)} numbers of children who are not in the list, {extra[0]} among them")
    return found
