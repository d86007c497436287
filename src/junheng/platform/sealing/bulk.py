"""Sealing whole columns: for filling a database with hundreds of thousands of rows at once."""

import os
from collections.abc import Sequence
from itertools import repeat

from junheng.platform.sealing.cipher import KEY_BYTES, NONCE_BYTES, packed
from junheng.platform.sealing.ring import NAME_BYTES, Ring


def seal_columns(
    keys: Ring, table: str, columns: dict[str, Sequence[str | None]]
) -> tuple[list[str], dict[str, list[str]]]:
    """A key for every row, wrapped, and the columns sealed with them. An empty word stays empty."""
    size = len(next(iter(columns.values())))
    names = packed(os.urandom(NAME_BYTES * size))
    fresh, nonces = os.urandom(KEY_BYTES * size), os.urandom(NONCE_BYTES * size)
    places = [f"{table}.{name}".encode() for name in columns]
    provider, master = keys.provider, keys.master
    length = NAME_BYTES * 4 // 3
    seals: list[str] = []
    sealed: list[list[str]] = [[] for _ in columns]
    for number, words in enumerate(zip(*columns.values(), strict=True)):
        name = names[number * length : (number + 1) * length]
        key = fresh[number * KEY_BYTES : (number + 1) * KEY_BYTES]
        seals.append(master.wrap(table, name, key, nonces[number * NONCE_BYTES : (number + 1) * NONCE_BYTES]))
        opened = provider.open_with(key)
        for out, place, text in zip(sealed, places, words, strict=True):
            out.append(opened.seal(name, place, text) if text else "")
    return seals, dict(zip(columns, sealed, strict=True))


def blind_column(keys: Ring, numbers: Sequence[str | None]) -> list[str]:
    """What each number is looked up by; empty for none."""
    return [blind(text) if text else "" for blind, text in zip(repeat(keys.blind), numbers)]
