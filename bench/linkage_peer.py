"""The peers of the matching of lists, in an environment of their own: ``beside(folder)`` makes it, ``ask`` runs one there.

Splink (the Ministry of Justice of the United Kingdom) estimates its weights from the data by expectation and
maximisation and runs in DuckDB; ``recordlinkage`` compares in pandas. Each is set up as its documentation says, with the
same keys to look under: number, birthday, name, its syllables, and family name with the year. Both are told the
syllables of names, because neither reads Chinese.
"""

# ruff: noqa: PLC0415 (each process imports one peer)

import json
import resource
import subprocess
import sys
import time
import venv
from pathlib import Path

PACKAGES = ("splink==5.0.0", "duckdb==2.0.1", "recordlinkage==0.16", "pandas>=2.2,<3")
SHOWN = 5


def beside(folder: Path) -> Path | str:
    """The Python of the environment; a sentence where it cannot be made."""
    home = folder / "peers"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    made = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        return f"the peers cannot be installed here: {made.stderr.strip().splitlines()[-1][:160]}"
    return python


def ask(python: Path, peer: str, folder: Path) -> dict[str, float] | str:
    """What one peer took, or why there is nothing to say; its pairs are left in the folder."""
    done = subprocess.run(
        [python, "-I", __file__, peer, str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        words = done.stderr.strip().splitlines()
        return f"broke: {words[-1][:160] if words else done.returncode}"
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def splink(folder: Path) -> dict[int, list[int]]:
    """Splink: weights from the data, pairs from a fifth of a probability on, the best few of each row."""
    import duckdb
    import splink.comparison_level_library as level
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    connection = duckdb.connect(config={"threads": 2})
    api = DuckDBAPI(connection)
    tables = [
        api.register(
            connection.sql(
                f"SELECT *, strftime(CAST(born AS DATE), '%Y') AS year FROM '{folder}/{one}.parquet'"
            ).df(),
            dataset_display_name=f"its_{one}",
        )
        for one in ("list", "roll")
    ]
    exchanged = "substr(born_l, 6, 2) = substr(born_r, 9, 2) AND substr(born_l, 9, 2) = substr(born_r, 6, 2) AND year_l = year_r"
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            compare.ExactMatch("number"),
            compare.CustomComparison(
                [
                    level.NullLevel("name"),
                    level.ExactMatchLevel("name", term_frequency_adjustments=True),
                    level.ExactMatchLevel("sound"),
                    level.DamerauLevenshteinLevel("name", 1),
                    level.ExactMatchLevel("family"),
                    level.ElseLevel(),
                ],
                output_column_name="name",
            ),
            compare.CustomComparison(
                [
                    level.NullLevel("born"),
                    level.ExactMatchLevel("born"),
                    level.CustomLevel(exchanged),
                    level.DamerauLevenshteinLevel("born", 1),
                    level.ExactMatchLevel("year"),
                    level.ElseLevel(),
                ],
                output_column_name="born",
            ),
            compare.ExactMatch("sex"),
            compare.ExactMatch("area"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("number"), block_on("name"), block_on("sound"), block_on("born"),
        ],
        retain_intermediate_calculation_columns=False,
    )  # fmt: skip
    linker = Linker(tables, settings)
    linker.training.estimate_probability_two_random_records_match([block_on("number", "name")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=5_000_000, seed=1)
    for rule in (block_on("number"), block_on("born", "family")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    pairs = linker.inference.predict(threshold_match_probability=0.2).as_pandas_dataframe()
    first = pairs["source_dataset_l"].str.endswith("list").to_numpy()
    rows = pairs["unique_id_l"].where(first, pairs["unique_id_r"])
    pupils = pairs["unique_id_r"].where(first, pairs["unique_id_l"])
    return best(rows.tolist(), pupils.tolist(), pairs["match_weight"].tolist())


def recordlinkage(folder: Path) -> dict[int, list[int]]:
    """recordlinkage: the same keys, and a sum of what agrees, because its weights want pairs that somebody has judged."""
    import duckdb
    import recordlinkage as linkage

    left, right = (
        duckdb.sql(f"SELECT * FROM '{folder}/{one}.parquet'").df().set_index("unique_id")
        for one in ("list", "roll")
    )
    indexer = linkage.Index()
    for key in ("number", "name", "sound", "born"):
        indexer.block(key)
    candidates = indexer.index(left, right)
    compare = linkage.Compare()
    compare.exact("number", "number", label="number")
    compare.string("name", "name", method="levenshtein", label="name")
    compare.exact("sound", "sound", label="sound")
    compare.string("born", "born", method="damerau_levenshtein", label="born")
    compare.exact("sex", "sex", label="sex")
    compare.exact("area", "area", label="area")
    features = compare.compute(candidates, left, right)
    weights = {"number": 4.0, "name": 3.0, "sound": 1.0, "born": 3.0, "sex": 0.5, "area": 0.5}
    score = sum(features[name] * weight for name, weight in weights.items())
    kept = score[score >= 6.0]
    return best(
        kept.index.get_level_values(0).tolist(), kept.index.get_level_values(1).tolist(), kept.tolist()
    )


def best(rows: list[int], pupils: list[int], scores: list[float]) -> dict[int, list[int]]:
    """The likeliest few of each row."""
    found: dict[int, list[tuple[float, int]]] = {}
    for row, pupil, score in zip(rows, pupils, scores, strict=True):
        found.setdefault(int(row), []).append((-score, int(pupil)))
    return {row: [pupil for _, pupil in sorted(each)[:SHOWN]] for row, each in found.items()}


def main(peer: str, folder: Path) -> None:
    """Run one peer; prints what it took."""
    peers = {"splink": splink, "recordlinkage": recordlinkage}
    wall, cpu = time.perf_counter(), time.process_time()
    pairs = peers[peer](folder)
    took = {
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    (folder / f"{peer}.json").write_text(json.dumps(pairs), encoding="utf-8")
    print(json.dumps(took))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
