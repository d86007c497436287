"""Markets to measure on, made by a fixed rule: the same on every machine.

Counties are blocks: a child asks one to six of its own county's schools (3.75 on average), near and sought-after ones
more often than others, with one of eight tiers each. There are 1.03 seats a child, but not where children want to be:
half of them get their first wish, nine in ten a place.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

TIERS = 8
SEATS = 1.03
SKEW = 0.65
"""How unequally schools are sought after: the standard deviation of the logarithm."""
LENGTHS, SHARES = (1, 2, 3, 4, 5, 6), (0.08, 0.12, 0.2, 0.28, 0.21, 0.11)
SCHOOLS_A_COUNTY = 90
FIGURES = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)


@dataclass(frozen=True)
class Block:
    """One county: how long each child's list is, the schools asked (from 0) and tiers, and seats of every school."""

    pids: Any
    starts: Any
    school: Any
    tier: Any
    capacity: Any


def block(children: int, schools: int, seed: int, *, tiers: int = TIERS) -> Block:
    """A county's children and schools."""
    dice = np.random.Generator(np.random.PCG64([seed, children, schools]))
    lengths = np.minimum(dice.choice(LENGTHS, size=children, p=SHARES), schools)
    starts = np.zeros(children + 1, dtype=np.int64)
    starts[1:] = np.cumsum(lengths)
    edges = int(starts[-1])
    home = dice.random(children)
    near = np.repeat(home, lengths) + dice.normal(0, 0.12, edges)
    sought = np.exp(dice.normal(0, SKEW, schools))
    school = np.searchsorted(np.cumsum(sought / sought.sum())[:-1], np.mod(near, 1)).astype(np.int32)
    place = np.arange(edges) - np.repeat(starts[:-1], lengths)
    for at in range(1, max(LENGTHS)):
        mine = np.flatnonzero(place == at)
        while True:
            again = np.zeros(len(mine), dtype=bool)
            for back in range(1, at + 1):
                again |= school[mine] == school[mine - back]
            if not again.any():
                break
            school[mine[again]] = (school[mine[again]] + 1) % schools
    tier = dice.integers(0, tiers, edges, dtype=np.uint8)
    share = dice.random(schools) + 0.5
    capacity = np.floor(share / share.sum() * children * SEATS).astype(np.int64) + 1
    return Block(FIGURES[dice.integers(0, 16, (children, 16))], starts, school, tier, capacity)


def city(children: int, schools: int, *, tiers: int = TIERS) -> Any:
    """A market of one city; its counties are blocks. Keys are made of tier and a drawn order."""
    from junheng.kernel.matching import Group, Market  # noqa: PLC0415 (peers run this file without us)

    counties = max(1, schools // SCHOOLS_A_COUNTY)
    parts = [block(children // counties + (one < children % counties), schools // counties + (one < schools % counties), one, tiers=tiers) for one in range(counties)]  # fmt: skip
    lengths = np.concatenate([np.diff(one.starts) for one in parts])
    starts = np.zeros(children + 1, dtype=np.int64)
    starts[1:] = np.cumsum(lengths)
    before = np.cumsum([0, *(len(one.capacity) for one in parts)])
    school = np.concatenate([one.school + before[at] for at, one in enumerate(parts)]).astype(np.int64)
    tier = np.concatenate([one.tier for one in parts]).astype(np.uint64)
    rank = np.random.Generator(np.random.PCG64(children)).permutation(children).astype(np.uint64)
    key = tier << np.uint64(56) | np.uint64(65_535 << 40) | np.repeat(rank, lengths) << np.uint64(8)
    seats = np.concatenate([one.capacity for one in parts])
    groups = tuple(Group(f"s{place}", int(one)) for place, one in enumerate(seats))
    return Market(groups, starts, school, key)


def nation(folder: Path, children: int, schools: int) -> int:
    """The frozen files of a nation; returns how many wishes there are."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    counties = max(1, schools // SCHOOLS_A_COUNTY)
    rows: dict[str, list[Any]] = {"county": [], "code": [], "capacity": [], "release_to": []}
    schema = pa.schema(
        {"county": pa.dictionary(pa.int32(), pa.string()), "pid": pa.binary(16), "groups": pa.list_(pa.int32()), "tiers": pa.list_(pa.uint8())}
    )  # fmt: skip
    wishes = 0
    waiting: list[Any] = []
    with pq.ParquetWriter(
        folder / "children.parquet", schema, compression="lz4", use_dictionary=["county"]
    ) as writer:
        for one in range(counties):
            here = children // counties + (one < children % counties)
            made = block(here, schools // counties + (one < schools % counties), one)
            code = f"{110000 + one}"
            offsets = pa.array(made.starts.astype(np.int32))
            waiting.append(
                pa.record_batch(
                    [
                        pa.DictionaryArray.from_arrays(np.zeros(here, np.int32), [code]),
                        pa.FixedSizeBinaryArray.from_buffers(
                            pa.binary(16), here, [None, pa.py_buffer(made.pids)]
                        ),
                        pa.ListArray.from_arrays(offsets, pa.array(made.school)),
                        pa.ListArray.from_arrays(offsets, pa.array(made.tier)),
                    ],
                    schema=schema,
                )
            )
            wishes += len(made.school)
            rows["county"] += [code] * len(made.capacity)
            rows["code"] += [f"{code}-{place}" for place in range(len(made.capacity))]
            rows["capacity"] += made.capacity.tolist()
            rows["release_to"] += [None] * len(made.capacity)
            if len(waiting) == 20 or one == counties - 1:
                writer.write_table(pa.Table.from_batches(waiting).unify_dictionaries())
                waiting = []
    kinds = pa.schema(
        {"county": pa.string(), "code": pa.string(), "capacity": pa.int64(), "release_to": pa.string()}
    )
    pq.write_table(pa.table(rows, schema=kinds), folder / "groups.parquet")
    return wishes
