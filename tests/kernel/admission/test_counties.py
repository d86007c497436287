"""Whole provinces, county by county: the same outcome as the ordinary tools give, and files that make no sense refused."""

import random
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from junheng.kernel.admission.counties import County, Draw, Seats, counties_in, faults, run, seats_in, settle
from junheng.kernel.admission.counties import solve as solving
from junheng.kernel.admission.counties.solve import settle_plainly
from junheng.kernel.errors import Refusal
from junheng.kernel.lottery import Algorithm, numbers
from junheng.kernel.lottery.digests import line
from junheng.kernel.matching import Why
from tests.kernel.matching.choice import cumulative_offers

SEED = "5e" * 32
FIELDS = ("order", "result", "rank", "why", "asked", "admitted", "seats", "last_rank", "last_tier")


def random_county(dice: random.Random, *, code: str = "410802") -> tuple[County, Seats]:
    """A small crowded county, with a pool now and then."""
    count = dice.randint(1, 6)
    pool = [
        count - 1 if count > 1 and place < count - 1 and dice.random() < 0.3 else -1 for place in range(count)
    ]
    seats = Seats(
        code,
        tuple(f"{code}-{place}" for place in range(count)),
        np.array([dice.randint(0, 4) for _ in range(count)], dtype=np.int64),
        np.array(pool, dtype=np.int64),
    )
    lists = [dice.sample(range(count), dice.randint(0, count)) for _ in range(dice.randint(0, 20))]
    flat = [place for one in lists for place in one]
    county = County(
        code,
        np.array([list(f"{dice.randrange(16**16):016x}".encode()) for _ in lists], dtype=np.uint8).reshape(
            -1, 16
        ),
        np.cumsum([0, *map(len, lists)]),
        np.array(flat, dtype=np.int32),
        np.array([dice.randint(0, 3) for _ in flat], dtype=np.uint8),
    )
    return county, seats


def write(folder: Path, parts: list[tuple[County, Seats]], *, rows: int = 7, text: bool = False) -> None:
    """The frozen files, in row groups that do not end where counties do."""
    columns: dict[str, list[Any]] = {"county": [], "pid": [], "groups": [], "tiers": []}
    for county, _seats in parts:
        columns["county"] += [county.code] * county.children
        columns["pid"] += [county.pid(child) if text else county.pid(child).encode() for child in range(county.children)]  # fmt: skip
        for name, flat in (("groups", county.group), ("tiers", county.tier)):
            columns[name] += [
                flat[a:b].tolist() for a, b in zip(county.starts, county.starts[1:], strict=False)
            ]
    kinds = {"county": pa.string(), "pid": pa.string() if text else pa.binary(16), "groups": pa.list_(pa.int32()), "tiers": pa.list_(pa.uint8())}  # fmt: skip
    pq.write_table(
        pa.table(columns, schema=pa.schema(kinds)), folder / "children.parquet", row_group_size=rows
    )
    plan: dict[str, list[Any]] = {"county": [], "code": [], "capacity": [], "release_to": []}
    for _county, seats in parts:
        plan["county"] += [seats.county] * len(seats.codes)
        plan["code"] += seats.codes
        plan["capacity"] += seats.capacity.tolist()
        plan["release_to"] += [None if one < 0 else seats.codes[one] for one in seats.pool]
    kinds = {"county": pa.string(), "code": pa.string(), "capacity": pa.int64(), "release_to": pa.string()}
    pq.write_table(pa.table(plan, schema=pa.schema(kinds)), folder / "groups.parquet")


@pytest.mark.parametrize("algorithm", Algorithm)
def test_what_is_compiled_is_what_the_ordinary_tools_say_and_nobody_can_object(algorithm: Algorithm) -> None:
    dice = random.Random(f"counties{algorithm}")
    prefix = line("num", SEED, "b1", "*") + b"|"
    for _ in range(400):
        county, seats = random_county(dice)
        fast, plain = (
            settle(algorithm, SEED, "b1", county, seats),
            settle_plainly(algorithm, prefix, county, seats),
        )
        for name in FIELDS:
            assert getattr(fast, name).tolist() == getattr(plain, name).tolist(), (name, county, seats)
        assert faults(county, seats, fast) == {}
        pids = [county.pid(child) for child in range(county.children)]
        drawn = numbers(algorithm, SEED, "b1", pids)
        assert [pids[child] for child in np.argsort(fast.order)] == [pid for _, pid in sorted(zip(drawn, pids, strict=True))]  # fmt: skip


def test_an_independent_choice_of_groups_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random("choice")
    found: list[Any] = []
    monkeypatch.setattr(solving, "solve", lambda market: found.append(market) or np.array(cumulative_offers(market), np.int64))  # fmt: skip
    for _ in range(150):
        county, seats = random_county(dice)
        plain = settle_plainly(Algorithm.SM3, line("num", SEED, "b1", "*") + b"|", county, seats)
        assert settle(Algorithm.SM3, SEED, "b1", county, seats).result.tolist() == plain.result.tolist()
    assert len(found) == 150


@pytest.mark.parametrize("text", [False, True])
def test_from_file_to_file(text: bool, tmp_path: Path) -> None:
    dice = random.Random(8)
    parts = [random_county(dice, code=str(410800 + place)) for place in range(30)]
    parts = [part for part in parts if part[0].children]
    write(tmp_path, parts, text=text)
    draw = Draw(Algorithm.SM3, SEED, "b1")
    done = run(tmp_path, tmp_path, draw)
    assert (done.counties, done.children) == (len(parts), sum(county.children for county, _seats in parts))
    rows = pq.read_table(tmp_path / "outcome.parquet").to_pylist()
    cuts = pq.read_table(tmp_path / "cuts.parquet").to_pylist()
    at = cut = 0
    for county, seats in parts:
        right = settle(Algorithm.SM3, SEED, "b1", county, seats)
        for child in range(county.children):
            row, mine = rows[at], slice(county.starts[child], county.starts[child + 1])
            wish = int(right.result[child] - county.starts[child] + 1) if right.result[child] >= 0 else 0
            assert row == {
                "county": county.code,
                "pid": county.pid(child).encode(),
                "order": right.order[child] + 1,
                "choice": wish,
                "ranks": right.rank[mine].tolist(),
                "whys": right.why[mine].tolist(),
            }
            at += 1
        for place, code in enumerate(seats.codes):
            told = cuts[cut]
            assert (told["county"], told["code"]) == (county.code, code)
            assert (told["asked"], told["admitted"], told["seats"]) == (right.asked[place], right.admitted[place], right.seats[place])  # fmt: skip
            assert (told["rank"] or 0) == right.last_rank[place]
            assert (told["tier"] is None) == (right.admitted[place] == 0)
            cut += 1
    assert (at, cut) == (len(rows), len(cuts))
    assert done.placed == sum(row["choice"] > 0 for row in rows)
    assert not list(tmp_path.glob("*.part"))


def settled() -> tuple[County, Seats, Any]:
    """A county with envy, waste and room to go wrong."""
    dice = random.Random(3)
    while True:
        county, seats = random_county(dice)
        found = settle(Algorithm.SHA256, SEED, "b1", county, seats)
        if {Why.LATER_NUMBER, Why.LOWER_TIER, Why.NOT_NEEDED, Why.NO_SEATS} <= set(found.why.tolist()):
            return county, seats, found


def test_the_check_names_what_was_altered() -> None:
    county, seats, found = settled()
    vain = int(np.flatnonzero(found.why == Why.LATER_NUMBER)[0])
    owner = int(np.searchsorted(county.starts, vain, side="right")) - 1
    placed = int(np.flatnonzero(found.result >= 0)[0])

    def altered(name: str, place: int, value: int) -> dict[str, int]:
        column = getattr(found, name).copy()
        column[place] = value
        fields = {each: getattr(found, each) for each in FIELDS} | {name: column}
        return faults(county, seats, type(found)(**fields))

    assert altered("result", owner, vain).keys() & {"over-capacity", "envy"}
    assert altered("result", placed, -1).keys() & {"waste", "envy"}
    assert altered("result", placed, len(county.group)) == {"not-own": 1}
    assert altered("why", vain, Why.LOWER_TIER) == {"reason": 1}
    assert altered("rank", vain, 99) == {"rank": 1}
    assert "order" in altered("order", 0, int(found.order[1]))


def swapped(parts: list[tuple[County, Seats]]) -> list[tuple[County, Seats]]:
    return [parts[0], parts[1], parts[0]]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda folder, parts: write(folder, swapped(parts)), "counties-mixed"),
        (lambda folder, parts: change(folder, "pid", "ABCDEF0123456789"), "bad-pid"),
        (lambda folder, parts: change(folder, "pid", "12"), "bad-pid"),
        (lambda folder, parts: change(folder, "pid", None), "bad-pid"),
        (lambda folder, parts: change(folder, "county", None), "county-missing"),
        (lambda folder, parts: change(folder, "county", "999999"), "no-plan"),
        (lambda folder, parts: change(folder, "groups", [0, 0]), "tiers-missing"),
        (lambda folder, parts: change(folder, "groups", None), "tiers-missing"),
        (lambda folder, parts: change(folder, "tiers", [None]), "wish-empty"),
        (lambda folder, parts: change(folder, "groups", [77]), "bad-wish"),
        (lambda folder, parts: change(folder, "groups", [-1]), "bad-wish"),
    ],
)
def test_files_that_make_no_sense_are_refused_and_leave_nothing_behind(
    edit: Any, code: str, tmp_path: Path
) -> None:
    dice = random.Random(21)
    parts = [
        part for place in range(9) if (part := random_county(dice, code=str(410800 + place)))[0].children > 2
    ]
    write(tmp_path, parts, text=True)
    edit(tmp_path, parts)
    with pytest.raises(Refusal) as refused:
        run(tmp_path, tmp_path, Draw(Algorithm.SHA256, SEED, "b1"))
    assert refused.value.code == code
    assert {one.name for one in tmp_path.iterdir()} == {"children.parquet", "groups.parquet"}


def change(folder: Path, column: str, value: Any) -> None:
    """The first child of the file is altered."""
    table = pq.read_table(folder / "children.parquet")
    rows = table.to_pylist()
    if column in {"groups", "tiers"} and value and len(value) == 1:
        rows[0] |= {"groups": [0], "tiers": [0]}
    rows[0][column] = value
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), folder / "children.parquet")


def test_one_child_twice_and_one_group_twice_are_refused() -> None:
    county, seats = random_county(random.Random(5))
    twice = County(county.code, county.pids[[0, 0]], np.array([0, 0, 0]), county.group[:0], county.tier[:0])
    with pytest.raises(Refusal, match="两条报名"):
        settle(Algorithm.SHA256, SEED, "b1", twice, seats)
    again = County(
        county.code, county.pids[:1], np.array([0, 2]), np.zeros(2, np.int32), np.zeros(2, np.uint8)
    )
    with pytest.raises(Refusal, match="填了两次"):
        settle(Algorithm.SHA256, SEED, "b1", again, seats)


@pytest.mark.parametrize(
    ("codes", "capacity", "pool"),
    [(("a", "a"), [1, 1], [-1, -1]), (("a",), [-1], [-1]), (("a",), [1], [1]), (("a", "b"), [1, 1], [1, 0]), (("a",), [1], [0])],
)  # fmt: skip
def test_seats_that_make_no_sense_are_refused(
    codes: tuple[str, ...], capacity: list[int], pool: list[int]
) -> None:
    with pytest.raises(Refusal, match="招生计划有误"):
        Seats("410802", codes, np.array(capacity), np.array(pool))


def test_a_pool_of_another_county_does_not_exist(tmp_path: Path) -> None:
    write(tmp_path, [random_county(random.Random(1))])
    table = pq.read_table(tmp_path / "groups.parquet").to_pylist()
    table[0]["release_to"] = "410803-0"
    pq.write_table(pa.Table.from_pylist(table), tmp_path / "groups.parquet")
    with pytest.raises(Refusal, match="招生计划有误"):
        seats_in(tmp_path / "groups.parquet")


def test_counties_are_read_one_after_the_other(tmp_path: Path) -> None:
    dice = random.Random(2)
    parts = [
        part for place in range(20) if (part := random_county(dice, code=str(410800 + place)))[0].children
    ]
    write(tmp_path, parts, rows=3)
    read = list(counties_in(tmp_path / "children.parquet"))
    assert [one.code for one in read] == [county.code for county, _seats in parts]
    for one, (county, _seats) in zip(read, parts, strict=True):
        for name in ("pids", "starts", "group", "tier"):
            assert getattr(one, name).tolist() == getattr(county, name).tolist()
