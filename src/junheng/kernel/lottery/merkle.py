"""The tree over a closed list: one root for all, and for each family a proof of a few hashes that it is in it.

The tree is that of Certificate Transparency (RFC 9162, section 2.1): leaves and nodes are hashed apart, an odd node
at the end of a row moves up unchanged.
"""

from collections.abc import Sequence

from junheng.kernel.errors import Refusal
from junheng.kernel.lottery.digests import Algorithm, begin, digest, line
from junheng.kernel.lottery.problem import Entrant


def leaf_of(algorithm: Algorithm, batch: str, entrant: Entrant) -> bytes:
    """The hash that a family finds on its receipt."""
    content = line("leaf", batch, entrant.salt) + b"|" + entrant.record.encode("ascii")
    return digest(algorithm, b"\x00" + content)


class Tree:
    """All rows of the tree, from the leaves (32 bytes each, in the order of the list) to the root."""

    def __init__(self, algorithm: Algorithm, leaves: Sequence[bytes]) -> None:
        if not leaves:
            raise Refusal("empty-list", "名单中没有任何报名，不能派位。请确认报名是否已截止。")
        start = begin(algorithm)
        rows = [list(leaves)]
        while len(below := rows[-1]) > 1:
            paired = len(below) // 2 * 2
            above = [
                start(b"\x01" + below[place] + below[place + 1]).digest() for place in range(0, paired, 2)
            ]
            rows.append(above + below[paired:])
        self.rows = rows

    @property
    def root(self) -> str:
        """The one hash that fixes the list."""
        return self.rows[-1][0].hex()

    def proof(self, place: int) -> list[str]:
        """The hashes that lead from the leaf at a place to the root, from below."""
        if not 0 <= place < len(self.rows[0]):
            raise Refusal("not-in-list", "名单中没有第 {place} 条。", place=place + 1)
        path = []
        for row in self.rows[:-1]:
            beside = place ^ 1
            if beside < len(row):
                path.append(row[beside].hex())
            place //= 2
        return path


def is_in(
    algorithm: Algorithm, leaf: bytes, *, place: int, entrants: int, proof: Sequence[str], root: str
) -> bool:
    """Whether a leaf stands at that place of a list with that root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= place < entrants:
        return False
    start = begin(algorithm)
    number, last, found = place, entrants - 1, leaf
    for step in proof:
        try:
            beside = bytes.fromhex(step)
        except ValueError:
            return False
        if last == 0 or len(beside) != 32:
            return False
        if number % 2 or number == last:
            found = start(b"\x01" + beside + found).digest()
            while number and not number % 2:
                number //= 2
                last //= 2
        else:
            found = start(b"\x01" + found + beside).digest()
        number //= 2
        last //= 2
    return last == 0 and found.hex() == root
