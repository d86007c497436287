"""What a number looks like to people."""

SHOWN = 13
"""Hexadecimal figures from which the six decimals are made; the order itself is that of all 64."""


def shown(number: bytes) -> str:
    """Six decimals between 0 and 1, for people only: two children may share them, never the order.

    >>> shown(bytes.fromhex("bf" + "21" * 31)), shown(bytes(32))
    ('0.746599', '0.000000')
    """
    return f"0.{int(number.hex()[:SHOWN], 16) * 1_000_000 >> 4 * SHOWN:06d}"
