"""Bytes that belong to a row and lie beside the database: sealed with the key of their row, under their own digest.

A file is written whole under the digest of its sealed bytes, and read back only with the key in its row: a copy of the
folder shows nothing, and destroying the key destroys what it sealed wherever copies are.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from junheng.platform.sealing.cipher import BY_NUMBER, NONCE_BYTES
from junheng.platform.sealing.keeping import key_field, ring

MARK = b"JHP1"
FOLDER = "photos"
"""The folder of the home folder in which all of them lie."""
KEEPERS: dict[str, tuple[type[Model], str, dict[str, Any]]] = {}
"""The tables whose rows have files, with the column that names the file and when there is one."""


def lies_beside(model: type[Model], column: str, **where: Any) -> None:
    """Declare that each row of a model that has a key has a file, under the name in a column, where the rest holds too."""
    KEEPERS[model._meta.db_table] = (model, column, where)


def names(*, with_key: bool) -> Iterator[tuple[str, str]]:
    """The files that rows name, each after its table: those that a key opens, or those whose key was destroyed."""
    for table, (model, column, where) in sorted(KEEPERS.items()):
        keyless = {key_field(model).name: ""}
        rows = model._base_manager.filter(**where).exclude(**{column: ""}).order_by("pk")
        rows = rows.exclude(**keyless) if with_key else rows.filter(**keyless)
        for name in rows.values_list(column, flat=True).iterator():
            yield table, name


def files_of(model: type[Model], rows: Iterable[int]) -> list[Path]:
    """Where the files of rows lie, whether they are there or not; none of a model that has no files."""
    if model._meta.db_table not in KEEPERS:
        return []
    _model, column, where = KEEPERS[model._meta.db_table]
    named = model._base_manager.filter(pk__in=list(rows), **where).exclude(**{column: ""}).order_by("pk")
    return [place_of(name) for name in named.values_list(column, flat=True)]


def let_go(places: Iterable[Path]) -> None:
    """Take files away once it is certain that nothing opens them any more: when the transaction is written."""
    going = list(places)

    def away() -> None:
        for place in going:
            place.unlink(missing_ok=True)

    transaction.on_commit(away)


def keep_bytes(table: str, data: bytes) -> tuple[str, str]:
    """Seal bytes for a row of a table; answers with the row's new key and the digest under which they lie."""
    if table not in KEEPERS:
        raise LookupError(f"{table} does not say which of its columns names a file: see lies_beside")
    keys = ring()
    seal = keys.new_seal(table)
    nonce = os.urandom(NONCE_BYTES)
    opened = keys.provider.open_with(keys.key_in(table, seal))
    sealed = opened.cipher.encrypt(nonce, data, place_in(table))
    return seal, put_away(MARK + keys.provider.number.encode() + nonce + sealed)


def kept_bytes(table: str, seal: str, digest: str) -> bytes | None:
    """The bytes of a row; None where the file or its key is gone."""
    place = place_of(digest)
    if not seal or not place.is_file():
        return None
    data = place.read_bytes()
    number, body = data[len(MARK) : len(MARK) + 1].decode(), data[len(MARK) + 1 :]
    key = BY_NUMBER[number].open_with(ring().key_in(table, seal))
    return key.cipher.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], place_in(table))


def place_in(table: str) -> bytes:
    """What sealed bytes are bound to."""
    return f"{table}.bytes".encode()


def put_away(data: bytes) -> str:
    """Write a file whole and durably; answers with its digest, under which it lies."""
    digest = hashlib.sha256(data).hexdigest()
    place = place_of(digest)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = place.with_name(f".{digest[:16]}.{os.getpid()}.{os.urandom(4).hex()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(place)
    return digest


def place_of(digest: str) -> Path:
    """Where a file lies."""
    return Path(settings.JUNHENG_HOME) / shelved(digest)


def shelved(name: str) -> Path:
    """The same, below the home folder."""
    return Path(FOLDER, name[:2], name)
