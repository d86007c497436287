"""Looking through a whole house for identity numbers in plain words: every cell of the database, every file."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from django.db import connection

from junheng.kernel.values.identity import is_id_number

CANDIDATE = re.compile(rb"(?=([0-9]{17}[0-9Xx]))")
"""Eighteen signs that may be one, also within a longer run of figures: a pupil's number is a letter and eighteen."""
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
DIGEST = re.compile(rb"(?<![0-9a-zA-Z])[0-9a-f]{64}(?![0-9a-zA-Z])")
"""A hash in whose hexadecimals eighteen figures happen to stand that are in order is nobody's number."""
ROWS = 5_000


def numbers_in(data: bytes) -> set[str]:
    """The identity numbers in bytes: their day exists and their check digit is right."""
    found = {one.group(1).decode().upper() for one in CANDIDATE.finditer(data)}
    return {one for one in found if is_id_number(one)}


def in_tables() -> Iterator[tuple[str, str]]:
    """Every cell of every table that holds one: which column, and the number."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [one[0] for one in cursor.description]
            while rows := cursor.fetchmany(ROWS):
                for name, column in zip(names, zip(*rows, strict=True), strict=True):
                    text = "\n".join(map(words, column)).encode("utf-8", "surrogateescape")
                    yield from ((f"{table}.{name}", one) for one in numbers_in(DIGEST.sub(b"", text)))


def words(value: object) -> str:
    """A cell as text; bytes as they are."""
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def in_files(home: Path) -> Iterator[tuple[str, str]]:
    """Every file of the folder that holds one: which, and the number. The database's own files are files too."""
    for path in sorted(home.rglob("*")):
        if path.is_file():
            name = path.relative_to(home).as_posix()
            yield from ((name, one) for one in numbers_in(opened_up(path.name, path.read_bytes())))


def opened_up(name: str, data: bytes) -> bytes:
    """The bytes of a file, and those behind them where it is packed: archives, figures' tables, printed pages."""
    if name.endswith(".parquet"):
        return data + pl.read_parquet(io.BytesIO(data)).cast(pl.String).write_csv().encode()
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return data + b"\n".join(opened_up(one, archive.read(one)) for one in archive.namelist())
    if data.startswith(b"%PDF"):
        return data + b"\n".join(unpacked(one.group(1)) for one in STREAM.finditer(data))
    return data


def unpacked(data: bytes) -> bytes:
    """A packed stream of a printed page; nothing where it is none."""
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return b""
