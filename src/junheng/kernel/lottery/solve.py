"""From what was published and revealed to the seed, and from the seed to one number a child."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from junheng.kernel.errors import Refusal
from junheng.kernel.lottery.digests import Algorithm, begin, digest, line
from junheng.kernel.lottery.problem import EVERY_SCHOOL, Announcement, Reveal, Seed


def commitment_of(algorithm: Algorithm, nonce: str, secret: str) -> str:
    """What a contributor publishes beforehand."""
    return digest(algorithm, line("commit", nonce, secret)).hex()


def seed_of(announced: Announcement, reveals: Sequence[Reveal], beacons: Mapping[str, str | None]) -> Seed:
    """The seed of a draw. Same publications, same seed: a crash afterwards changes nothing.

    Every contributor counts in the announced order; one who does not reveal, or reveals something else than what he
    committed to, counts with the published fallback, by name. Of the public values the first that exists counts.
    """
    opened = {one.name: one for one in reveals}
    if unknown := sorted(opened.keys() - {one.name for one in announced.commitments}):
        raise Refusal(
            "unknown-contributor",
            "「{name}」没有在公布名单时承诺，不能参与产生种子。",
            name=unknown[0],
        )
    contributions = []
    for promised in announced.commitments:
        reveal = opened.get(promised.name)
        kept = reveal is not None and is_kept(announced.algorithm, promised.digest, reveal)
        contributions.append((promised.name, reveal.secret if reveal and kept else announced.fallback))
    beacon = next(((name, value) for name in announced.beacons if (value := beacons.get(name))), None)
    if beacon is None:
        raise Refusal(
            "no-public-value",
            "公布的公共随机源都没有数值，种子还不能产生。请等待其中任何一个公布后再试；不能改用其他来源。",
        )
    contributions.append(beacon)
    words = [f"{name}={value}" for name, value in contributions]
    content = line("seed", announced.batch, str(announced.entrants), announced.root, announced.rules, *words)
    return Seed(digest(announced.algorithm, content).hex(), tuple(contributions))


def is_kept(algorithm: Algorithm, promised: str, reveal: Reveal) -> bool:
    """Whether what was revealed is what was promised."""
    try:
        return commitment_of(algorithm, reveal.nonce, reveal.secret) == promised
    except Refusal:
        return False


def numbers(
    algorithm: Algorithm, seed: str, batch: str, pids: Sequence[str], *, scope: str = EVERY_SCHOOL
) -> list[bytes]:
    """The number of each child, 32 bytes; the smaller number goes first.

    ``scope`` is ``*`` for one number at all schools, a school's code for a number of that school alone.
    """
    prefix = begin(algorithm)(line("num", seed, batch, scope) + b"|")
    found = []
    for pid in pids:
        one = prefix.copy()
        one.update(pid.encode("ascii"))
        found.append(one.digest())
    return found


def ranks(drawn: Sequence[bytes]) -> npt.NDArray[np.int64]:
    """The place of each child in the order of numbers, from 0, shape ``(n,)``.

    The first 64 bits are sorted at once; where two children share them the rest decides. Two equal numbers do not
    happen unless one child is in the list twice: that is refused.
    """
    count = len(drawn)
    words = (
        np.frombuffer(b"".join(drawn), dtype=">u8").reshape(count, 4) if count else np.empty((0, 4), ">u8")
    )
    order = np.lexsort((words[:, 3], words[:, 2], words[:, 1], words[:, 0]))
    ordered = words[order]
    if count > 1 and (ordered[1:] == ordered[:-1]).all(axis=1).any():
        raise Refusal("child-twice", "名单中有同一名儿童的两条报名，不能派位。请先核对名单。")
    places = np.empty(count, dtype=np.int64)
    places[order] = np.arange(count)
    return places
