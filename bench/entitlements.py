"""What every school of a city and of a province is due, from a frozen roll in Parquet: ``python -m bench.entitlements``.

Every line is a process of its own over files in a temporary folder. The whole question is measured: who is on two rolls,
whose bed is missing, heads by school and stage, the lines of money, and their difference from the rates before. A peer,
one statement of DuckDB over the same file, must come to the same fen; some schools are reckoned again row by row.
"""

# ruff: noqa: PLC0415 — a step imports no more than it needs

import argparse
import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from bench.measure import Failed, Sample, machine, measure, median

SIZES = {"province": (25_000, 15_000_000), "city": (927, 486_000), "small": (250, 150_000)}
"""Schools and pupils."""
PROMISED = {"province": (60.0, 4_096.0), "city": (3.0, 4_096.0)}
"""Seconds and MB."""
TWICE = 2_000
"""One pupil in so many stands on two rolls."""
SAMPLE = 40
SPRING = date(2023, 2, 1)
FEN = {"old": (65_000, 85_000, 20_000), "new": (72_000, 94_000, 30_000)}
CARE = 600_000
SHORT = 100


def main() -> int:
    """Measure and print; exit code 1 where an answer differs or a promise is missed."""
    parser = argparse.ArgumentParser(prog="bench entitlements", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="processes a line")
    parser.add_argument("--small", action="store_true", help="a hundredth of the province: a quick look")
    arguments = parser.parse_args()
    kept = True
    try:
        with tempfile.TemporaryDirectory(prefix="junheng-bench-") as name:
            print(f"{'':<34}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'yuan':>20}   promised")
            for size in ("small",) if arguments.small else ("city", "province"):
                kept &= one_size(Path(name), size, arguments.runs)
    except Failed as failed:
        print(f"✗ {failed}")
        return 1
    print(machine())
    return 0 if kept else 1


def one_size(home: Path, size: str, runs: int) -> bool:
    """Make the roll of one size, and ask it."""
    measure(["-m", "bench.entitlements", "make", size], home)
    found: dict[str, Sample] = {}
    for step, what in (("ours", "two terms and a changed rate"), ("sql", "one term, SQL of DuckDB")):
        one = median([measure(["-m", "bench.entitlements", step], home) for _ in range(runs)])
        found[step] = one
        promised = PROMISED.get(size, (0.0, 0.0)) if step == "ours" else (0.0, 0.0)
        goal = f"≤ {promised[0]:.0f} s, ≤ {promised[1]:,.0f} MB" if promised[0] else ""
        print(
            f"{size + ', ' + what:<34}{one.wall:>9.2f}{one.cpu:>9.2f}{one.memory:>9.0f}{one.said['fen'] / 100:>20,.2f}   {goal}",
            flush=True,
        )
    again = measure(["-m", "bench.entitlements", "again"], home).said
    print(
        f"{size}: {again['schools']:.0f} schools reckoned again row by row, {again['faults']:.0f} lines differ"
    )
    same = found["ours"].said["fen"] == found["sql"].said["fen"] and not again["faults"]
    if not same:
        print(f"✗ {size}: several answers")
    seconds, memory = PROMISED.get(size, (float("inf"), float("inf")))
    return same and found["ours"].wall <= seconds and found["ours"].memory <= memory


def make(size: str) -> dict[str, float]:
    """Schools of very different sizes, one pupil in eight a boarder, one in twenty of them without a bed."""
    import numpy as np
    import polars as pl

    number, pupils = SIZES[size]
    dice = np.random.default_rng(2023)
    junior, boarding = dice.random(number) < 0.3, dice.random(number) < 0.3
    weights = dice.pareto(1.2, number) + 0.05
    school = dice.choice(number, pupils, p=weights / weights.sum()).astype(np.int32)
    pupil = np.arange(pupils, dtype=np.int64)
    again = pupil % TWICE == 0
    pupil[again] = pupil[np.flatnonzero(again) - 1]
    boarder = boarding[school] & (dice.random(pupils, dtype=np.float32) < 0.4)
    frame = pl.DataFrame(
        {
            "pupil": pupil,
            "school": school,
            "stage": junior[school].astype(np.int8),
            "grade": dice.integers(1, 7, pupils, dtype=np.int8),
            "boarder": boarder,
            "bed": boarder & (dice.random(pupils, dtype=np.float32) >= 0.05),
            "care": dice.random(pupils, dtype=np.float32) < 0.004,
        }
    )
    frame.write_parquet("roll.parquet", compression="zstd")
    small = (dice.random(number) < 0.5) & ~junior
    np.savez("schools.npz", small=small, boarding=boarding)
    return {}


def known() -> "Any":
    """The schools of the roll."""
    import numpy as np

    from junheng.kernel.entitlements import Schools

    marks = np.load("schools.npz")
    number = np.arange(len(marks["small"]), dtype=np.int64)
    return Schools(number, marks["small"], marks["boarding"], np.zeros(len(number), dtype=bool))


def rates(name: str) -> "Any":
    """The rates of spring 2023, or the ones before."""
    from junheng.kernel.entitlements import Rate, Rates
    from junheng.kernel.values.school_term import SchoolTerm

    primary, junior, boarder = (Rate(fen, date(2016, 2, 1), name) for fen in FEN[name])
    return Rates(SchoolTerm(2023, "S"), (primary, junior), Rate(CARE, date(2016, 2, 1), name), boarder)


def ours() -> dict[str, float]:
    """Two calculations from the file to the fen, who is asked about, and the difference line by line."""
    import polars as pl

    from junheng.kernel.entitlements import Reading, count, differ, doubts, entitle

    schools = known()
    lines = [
        entitle(count(pl.scan_parquet("roll.parquet"), schools), schools, rates(name), Reading())
        for name in FEN
    ]
    found = differ(*lines)
    asked = doubts(pl.scan_parquet("roll.parquet"), schools)
    assert found.total == lines[1].total - lines[0].total
    return {"fen": lines[1].total, "lines": len(lines[1].school), "asked": len(asked.why)}


def sql() -> dict[str, float]:
    """The same fen as one statement: the plain question, without doubts and without a difference."""
    import duckdb
    import numpy as np
    import polars as pl

    marks = np.load("schools.npz")
    schools = pl.DataFrame(  # noqa: F841 — DuckDB finds it by its name
        {"school": np.arange(len(marks["small"]), dtype=np.int32), "small": marks["small"]}
    )
    primary, junior, boarder = FEN["new"]
    rate = f"CASE stage WHEN 0 THEN {primary} ELSE {junior} END"
    statement = f"""
        WITH twice AS (SELECT pupil FROM 'roll.parquet' GROUP BY pupil HAVING count(*) > 1),
        heads AS (SELECT school, stage, count(*) AS heads, count(*) FILTER (care) AS care,
                  count(*) FILTER (boarder AND bed) AS bedded
                  FROM 'roll.parquet' WHERE pupil NOT IN (SELECT pupil FROM twice) GROUP BY school, stage)
        SELECT sum((heads - care) * {rate} // 2 + care * {CARE} // 2 + bedded * {boarder} // 2
                   + CASE WHEN small AND heads < {SHORT} THEN ({SHORT} - heads) * {rate} // 2 ELSE 0 END)
        FROM heads JOIN schools USING (school)"""
    row = duckdb.connect(config={"threads": 2, "memory_limit": "3GB"}).execute(statement).fetchone()
    return {"fen": int(row[0])} if row else {}


def again() -> dict[str, float]:
    """Some schools, small and large, reckoned row by row; who is on two rolls is asked of the whole file."""
    import numpy as np
    import polars as pl

    from junheng.kernel.entitlements import STAGES as NAMES
    from junheng.kernel.entitlements import About, Reading, Row, count, entitle, lines_of, reckon

    schools, roll = known(), pl.scan_parquet("roll.parquet")
    lines = entitle(count(roll, schools), schools, rates("new"), Reading())
    chosen = np.random.default_rng(7).choice(len(schools.number), SAMPLE, replace=False).tolist()
    theirs = roll.filter(pl.col("school").is_in(chosen)).collect()
    every = roll.join(theirs.lazy().select("pupil").unique(), on="pupil", how="semi").collect()
    rows = [
        Row(one["pupil"], one["school"], NAMES[one["stage"]], one["boarder"], one["bed"], one["care"])
        for one in every.iter_rows(named=True)
    ]
    about = {
        number: About(bool(schools.small[number]), bool(schools.boarding[number]))
        for number in {row.school for row in rows}
    }
    right = reckon(rows, about, lines.rates, Reading(), lines.part)
    wanted = set(chosen)
    expected = {key: value for key, value in right.items() if key[0] in wanted}
    said = {
        (line.school, line.stage, line.rule): (line.count, line.amount)
        for line in lines_of(lines)
        if line.school in wanted
    }
    differ = sum(expected.get(key) != said.get(key) for key in set(expected) | set(said))
    return {"schools": len(chosen), "faults": differ}


def step(name: str, *words: str) -> None:
    """One step in the folder of the measurement; says what came of it."""
    import os

    os.chdir(os.environ["JUNHENG_HOME"])
    begun = time.perf_counter()
    said = globals()[name](*words)
    print(json.dumps({"inside": time.perf_counter() - begun, **said}))


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in {"make", "ours", "sql", "again"}:
        step(*sys.argv[1:])
    else:
        sys.exit(main())
