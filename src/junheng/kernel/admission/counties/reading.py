"""Counties out of Parquet, one after the other. Files are sorted by county; each county stands in them once.

``groups.parquet``: ``county``, ``code``, ``capacity``, ``release_to`` (a code of the same county, or null).
``children.parquet``: ``county``, ``pid`` (16 hexadecimal figures), ``groups`` and ``tiers`` (lists of equal length; a
group is its place among the county's groups, from 0).
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from junheng.kernel.admission.counties.problem import PID, County, Seats
from junheng.kernel.errors import Refusal
from junheng.kernel.matching.problem import Ints

ROWS = 131_072
"""Children that are read at once."""
COLUMNS = ("county", "pid", "groups", "tiers")


def seats_in(path: Path) -> dict[str, Seats]:
    """The seats of every county, in the order of the file."""
    rows = pq.read_table(path, columns=["county", "code", "capacity", "release_to"]).to_pydict()
    found: dict[str, list[int]] = {}
    for place, county in enumerate(rows["county"]):
        found.setdefault(county, []).append(place)
    made = {}
    for county, places in found.items():
        if places != list(range(places[0], places[-1] + 1)):
            raise out_of_order(path, county)
        codes = [rows["code"][place] for place in places]
        at = {code: place for place, code in enumerate(codes)} | {None: -1}
        made[county] = Seats(
            county,
            tuple(codes),
            np.array([rows["capacity"][place] for place in places], dtype=np.int64),
            np.array([at.get(rows["release_to"][place], len(codes)) for place in places], dtype=np.int64),
        )
    return made


def counties_in(path: Path) -> Iterator[County]:
    """The children of one county after the other; never more in memory than a county and what is read at once."""
    # read ahead, a file is kept in memory to its end
    file = pq.ParquetFile(path, read_dictionary=["county"], pre_buffer=False)
    seen: set[str] = set()
    waiting: list[pa.Table] = []
    for batch in file.iter_batches(batch_size=ROWS, columns=list(COLUMNS)):
        table = pa.Table.from_batches([batch])
        for code, piece in runs(table):
            if waiting and code != code_of(waiting[0]):
                yield county_of(path, waiting, seen)
                waiting = []
            waiting.append(piece)
    if waiting:
        yield county_of(path, waiting, seen)


def runs(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """The parts of a table that are of one county."""
    column = table.column("county").combine_chunks()
    if column.null_count or not len(column):
        raise Refusal("county-missing", "名单中有一行没有所属区县。请核对名单文件。")
    places = column.indices.to_numpy()
    ends = [*(np.flatnonzero(places[1:] != places[:-1]) + 1).tolist(), len(column)]
    begin = 0
    for end in ends:
        yield column[begin].as_py(), table.slice(begin, end - begin)
        begin = end


def code_of(piece: pa.Table) -> str:
    """The county of a part."""
    return str(piece.column("county")[0].as_py())


def county_of(path: Path, pieces: list[pa.Table], seen: set[str]) -> County:
    """One county's parts as columns."""
    code = code_of(pieces[0])
    if code in seen:
        raise out_of_order(path, code)
    seen.add(code)
    table = pa.concat_tables(pieces)
    groups, tiers = (table.column(name).combine_chunks() for name in ("groups", "tiers"))
    pids = letters_of(table.column("pid"), code)
    starts, own = offsets_of(groups), offsets_of(tiers)
    if groups.null_count or tiers.null_count or not np.array_equal(starts, own):
        raise Refusal("tiers-missing", "{county} 有儿童的志愿与类别个数不同。请核对名单文件。", county=code)
    flat_groups, flat_tiers = groups.flatten(), tiers.flatten()
    if flat_groups.null_count or flat_tiers.null_count:
        raise Refusal("wish-empty", "{county} 有儿童的志愿或类别为空。请核对名单文件。", county=code)
    return County(
        code,
        pids,
        starts,
        flat_groups.to_numpy().astype(np.int32, copy=False),
        flat_tiers.to_numpy().astype(np.uint8, copy=False),
    )


def offsets_of(lists: pa.ListArray) -> Ints:
    """Where each child's list begins, from 0."""
    offsets: Ints = lists.offsets.to_numpy().astype(np.int64)
    starts: Ints = offsets - offsets[0]
    return starts


def letters_of(column: pa.ChunkedArray, county: str) -> npt.NDArray[np.uint8]:
    """The letters of every number; refused where one is not 16 lower-case hexadecimal figures."""
    array = column.combine_chunks()
    if not pa.types.is_fixed_size_binary(array.type):
        right = bool(pc.all(pc.equal(pc.binary_length(array), PID)).as_py()) and not array.null_count
        array = array.cast(pa.binary()).cast(pa.binary(PID)) if right else None
    if array is None or array.null_count or array.type.byte_width != PID:
        raise bad_pid(county)
    flat = np.frombuffer(
        array.buffers()[1], dtype=np.uint8, offset=array.offset * PID, count=len(array) * PID
    )
    if not HEXADECIMAL[flat].all():
        raise bad_pid(county)
    return flat.reshape(-1, PID)


HEXADECIMAL = np.zeros(256, dtype=bool)
HEXADECIMAL[np.frombuffer(b"0123456789abcdef", dtype=np.uint8)] = True


def bad_pid(county: str) -> Refusal:
    """The refusal of a number that is none."""
    return Refusal("bad-pid", "{county} 有儿童的编号不是 16 位小写十六进制。请核对名单文件。", county=county)


def out_of_order(path: Path, county: str) -> Refusal:
    """The refusal of a file in which a county begins twice."""
    return Refusal(
        "counties-mixed",
        "{file} 没有按区县排列：{county} 出现在两处。请按区县排序后重试。",
        file=path.name,
        county=county,
    )
