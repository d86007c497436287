"""The two hash functions of a draw, and the exact bytes that go into them.

SHA-256 is FIPS 180-4; SM3 is GB/T 32905-2016. A platform without SM3 in its library computes it by ``sm3``: the same
bytes, more slowly.
"""

import hashlib
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import Any

from junheng.kernel.errors import Refusal
from junheng.kernel.lottery.sm3 import Sm3

SCHEME = "YGZS-LOT/1"
"""Stands in every string that is hashed, so that no hash of one purpose can be taken for another."""


class Algorithm(StrEnum):
    """The hash function of one draw, published before it."""

    SHA256 = "sha256"
    SM3 = "sm3"


@cache
def begin(algorithm: Algorithm) -> Callable[[bytes], Any]:
    """The function that begins a hash with some bytes; the result has ``update``, ``copy`` and ``digest``."""
    if algorithm is Algorithm.SHA256:
        return hashlib.sha256
    if "sm3" in hashlib.algorithms_available:
        return lambda start: hashlib.new("sm3", start)
    return Sm3


def digest(algorithm: Algorithm, content: bytes) -> bytes:
    """The 32 bytes of the hash.

    >>> digest(Algorithm.SM3, b"abc").hex()[:16], digest(Algorithm.SHA256, b"abc").hex()[:16]
    ('66c7f0f462eeedd9', 'ba7816bf8f01cfea')
    """
    result: bytes = begin(algorithm)(content).digest()
    return result


def line(*parts: str) -> bytes:
    """The parts of a string that is hashed, joined by ``|`` and written in ASCII.

    A part that has a bar, a line break or a letter beyond ASCII would make two strings look alike: it is refused.

    >>> line("seed", "b1", "5")
    b'YGZS-LOT/1|seed|b1|5'
    """
    for part in parts:
        if "|" in part or not part.isascii() or not part.isprintable():
            raise Refusal(
                "draw-text",
                "「{text}」不能用于派位计算：只能用可见的英文字符和数字，不能有竖线。请改用编号或代码。",
                text=part[:40],
            )
    return "|".join((SCHEME, *parts)).encode("ascii")
