"""The digest names the rows: not their file, not the order in which they were entered, not the tool."""

import hashlib
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from junheng.content.datasets.articles import Articles
from junheng.content.datasets.places import Schools
from junheng.content.datasets.safety import Checks
from junheng.kernel.datasets.digest import digest_of, schema_of
from junheng.kernel.datasets.freezing import write_table


def schools(**changed: object) -> pl.DataFrame:
    rows = {
        "id": [1, 2],
        "code": ["2141000001", "2141000002"],
        "name": ["示例第一小学", "示例第二小学"],
        "area": ["410802", "410811"],
        "kind": ["primary", "primary"],
        "nature": ["public", "public"],
        "location": ["urban", "urban"],
        "boarding": [False, True],
        "since": [date(1990, 9, 1), date(2001, 9, 1)],
        "until": [None, date(2023, 8, 31)],
    }
    return pl.DataFrame(rows | changed, schema=schema_of(Schools))


def test_the_canonical_text_is_as_written_down() -> None:
    text = (
        "id\x1fcode\x1fname\x1farea\x1fkind\x1fnature\x1flocation\x1fboarding\x1fsince\x1funtil\x1e"
        "1\x1f2141000001\x1f示例第一小学\x1f410802\x1fprimary\x1fpublic\x1furban\x1f0\x1f1990-09-01\x1f\x00\x1e"
        "2\x1f2141000002\x1f示例第二小学\x1f410811\x1fprimary\x1fpublic\x1furban\x1f1\x1f2001-09-01\x1f2023-08-31\x1e"
    )
    assert digest_of(Schools, schools()) == hashlib.sha256(text.encode()).hexdigest()


def test_a_moment_is_written_to_the_microsecond() -> None:
    frame = pl.DataFrame(
        {
            "id": [1],
            "title": ["题"],
            "area": ["4108"],
            "updated_at": [datetime(2024, 3, 6, 9, 43, 48)],  # noqa: DTZ001 — the contract's wall clock
            "state": ["published"],
        },
        schema=schema_of(Articles),
    )
    text = (
        "id\x1ftitle\x1farea\x1fupdated_at\x1fstate\x1e"
        "1\x1f题\x1f4108\x1f2024-03-06T09:43:48.000000\x1fpublished\x1e"
    )
    assert digest_of(Articles, frame) == hashlib.sha256(text.encode()).hexdigest()


def test_a_table_without_rows_has_a_digest_of_its_own() -> None:
    empty = [digest_of(table, pl.DataFrame(schema=schema_of(table))) for table in (Schools, Checks)]
    assert empty[0] != empty[1]


def test_pieces_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = digest_of(Schools, schools())
    monkeypatch.setattr("junheng.kernel.datasets.digest.CHUNK", 1)
    assert digest_of(Schools, schools()) == whole


@pytest.mark.parametrize("column", [name for name in Schools.columns if name != "id"])
def test_any_cell_counts(column: str) -> None:
    frame = schools()
    other = {"boarding": [True, True], "since": [date(1990, 9, 2), date(2001, 9, 1)], "until": [None, None]}
    changed = frame.with_columns(pl.Series(column, other.get(column, ["x", frame[column][1]])))
    assert digest_of(Schools, changed) != digest_of(Schools, frame)


@pytest.mark.parametrize("version", ["1.0", "2.6"])
def test_the_writer_of_the_file_does_not_count(tmp_path: Path, version: str) -> None:
    entry = write_table(Schools, schools(), tmp_path)
    rewritten = tmp_path / "other.parquet"
    pq.write_table(
        pa.table(pq.read_table(tmp_path / entry.file)), rewritten, version=version, compression="gzip"
    )
    assert rewritten.read_bytes() != (tmp_path / entry.file).read_bytes()
    assert digest_of(Schools, pl.read_parquet(rewritten)) == entry.digest
