"""Outcomes into Parquet, a row group of many counties at a time.

``outcome.parquet``: ``county``, ``pid``, ``order`` (place in the county's draw, from 1), ``choice`` (which of the child's
wishes was granted, from 1; 0: none), ``ranks`` and ``whys`` (a value for every wish, see ``matching.Why``).
``cuts.parquet``: ``county``, ``code``, ``asked``, ``admitted``, ``seats``, ``rank`` and ``tier`` of the last one in
(null where nobody is).
"""

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from junheng.kernel.admission.counties.problem import PID, County, Seats, Settled

ROWS = 262_144
"""Children of a row group, at least."""
OUTCOME = pa.schema(
    {
        "county": pa.dictionary(pa.int32(), pa.string()),
        "pid": pa.binary(PID),
        "order": pa.int32(),
        "choice": pa.uint8(),
        "ranks": pa.list_(pa.field("element", pa.int32(), nullable=False)),
        "whys": pa.list_(pa.field("element", pa.uint8(), nullable=False)),
    }
)
CUTS = pa.schema(
    [("county", pa.string()), ("code", pa.string())]
    + [(name, pa.int64()) for name in ("asked", "admitted", "seats", "rank", "tier")]
)


class Writer:
    """Both files, open until the last county is in them; what is not finished is not put in place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.aside = folder / "outcome.parquet.part"
        self.file = pq.ParquetWriter(
            self.aside,
            OUTCOME,
            compression="lz4",
            use_dictionary=["county", "choice", "whys.list.element"],
            write_statistics=["county"],
        )
        self.waiting: list[pa.RecordBatch] = []
        self.rows = 0
        self.cuts: list[pa.Table] = []

    def __enter__(self) -> Self:
        return self

    def put(self, county: County, seats: Seats, settled: Settled) -> None:
        """One county more."""
        choice = np.where(settled.result >= 0, settled.result - county.starts[:-1] + 1, 0)
        offsets = pa.array(county.starts.astype(np.int32))
        self.waiting.append(
            pa.record_batch(
                [
                    pa.DictionaryArray.from_arrays(np.zeros(county.children, np.int32), [county.code]),
                    pa.FixedSizeBinaryArray.from_buffers(
                        pa.binary(PID), county.children, [None, pa.py_buffer(county.pids)]
                    ),
                    pa.array((settled.order + 1).astype(np.int32)),
                    pa.array(choice.astype(np.uint8)),
                    pa.ListArray.from_arrays(offsets, pa.array(settled.rank.astype(np.int32)), type=OUTCOME.field("ranks").type),
                    pa.ListArray.from_arrays(offsets, pa.array(settled.why), type=OUTCOME.field("whys").type),
                ],
                schema=OUTCOME,
            )
        )  # fmt: skip
        self.rows += county.children
        self.cuts.append(cuts_of(seats, settled))
        if self.rows >= ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what waits as one row group."""
        if self.waiting:
            table = pa.Table.from_batches(self.waiting).unify_dictionaries()
            self.file.write_table(table, row_group_size=self.rows)
            self.waiting, self.rows = [], 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.file.close()
            self.aside.unlink()
            return
        self.flush()
        self.file.close()
        pq.write_table(pa.concat_tables([CUTS.empty_table(), *self.cuts]), self.folder / "cuts.parquet")
        self.aside.replace(self.folder / "outcome.parquet")


def cuts_of(seats: Seats, settled: Settled) -> pa.Table:
    """The end of every group's list."""
    nobody = settled.admitted == 0
    return pa.table(
        {
            "county": [seats.county] * len(seats.codes),
            "code": list(seats.codes),
            "asked": settled.asked,
            "admitted": settled.admitted,
            "seats": settled.seats,
            "rank": pa.array(settled.last_rank, mask=nobody),
            "tier": pa.array(settled.last_tier, mask=nobody),
        },
        schema=CUTS,
    )
