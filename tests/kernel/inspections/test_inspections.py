"""双随机: drawn as the seed says, nobody where he must stay away, and every altered thing named by the outsider's file."""

import ast
import json
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import pytest

from junheng.kernel.errors import Refusal
from junheng.kernel.inspections import (
    Assignment,
    Cross,
    Drawn,
    Inspector,
    Plan,
    assign,
    draw,
    faults,
    pairs_of,
    plan_file,
    plan_of,
    publish,
    root_of_units,
    verify_sample,
)
from junheng.kernel.inspections.pairing import pairing_faults
from junheng.kernel.inspections.verify import is_possible
from junheng.kernel.lottery import (
    Algorithm,
    Announcement,
    Commitment,
    Reveal,
    Unit,
    commitment_of,
    digest,
    order,
    seed_of,
)

SEED = "5e" * 32
FILE = Path(verify_sample.__file__)


def random_plan(dice: random.Random) -> Plan:
    """A small round: recusals are many, loads tight, so that teams sometimes cannot be complete."""
    units = tuple(Unit(f"u{place}", dice.randint(1, 4), dice.choice(["school", "garden"])) for place in range(dice.randint(1, 7)))  # fmt: skip
    there = {kind: sum(unit.stratum == kind for unit in units) for kind in ("garden", "school")}
    sizes = {kind: dice.randint(0, count) for kind, count in there.items()}
    inspectors = tuple(
        Inspector(
            f"i{place}", dice.randint(0, 4), frozenset(unit.code for unit in units if dice.random() < 0.3)
        )
        for place in range(dice.randint(1, 6))
    )
    return Plan("2024-03", units, sizes, inspectors, dice.choice([1, 2, 2, 3]))


def feasible(plan: Plan, units: list[str], load: int) -> bool:
    """Whether teams can be complete with that heaviest load: every arrangement is tried."""
    choices = [
        list(combinations([one for one in plan.inspectors if unit not in one.recused], plan.team))
        for unit in units
    ]
    for teams in product(*choices):
        count = {one.code: sum(one in team for team in teams) for one in plan.inspectors}
        if all(count[one.code] <= min(load, one.most) for one in plan.inspectors):
            return True
    return False


def made(plan: Plan, algorithm: Algorithm) -> Drawn:
    """A whole round: closing, seed, draw, teams."""
    said = Announcement(
        "r1",
        algorithm,
        len(plan.units),
        root_of_units(algorithm, "r1", plan),
        digest(algorithm, plan_file(plan)).hex(),
        (Commitment("bureau", commitment_of(algorithm, "n", "s-bureau")), Commitment("office", "ab" * 32)),
        ("fucai", "drand"),
        "none",
    )
    reveals, beacons = [Reveal("bureau", "n", "s-bureau")], {"fucai": None, "drand": "052327"}
    seed = seed_of(said, reveals, beacons).value
    units = draw(algorithm, seed, plan)
    return Drawn(said, plan, reveals, beacons, units, assign(algorithm, seed, plan, units))


@pytest.mark.parametrize("algorithm", Algorithm)
def test_teams_are_complete_wherever_they_can_be_and_loads_as_even_as_can_be(algorithm: Algorithm) -> None:
    dice = random.Random(f"teams{algorithm}")
    complete = refused = 0
    for _ in range(300):
        plan = random_plan(dice)
        units = draw(algorithm, SEED, plan)
        codes = [unit.code for unit in units]
        if len(codes) > 4:
            continue
        most = max(one.most for one in plan.inspectors)
        if not feasible(plan, codes, most):
            refused += 1
            with pytest.raises(Refusal, match="凑不齐"):
                assign(algorithm, SEED, plan, units)
            continue
        complete += 1
        found = assign(algorithm, SEED, plan, units)
        assert faults(algorithm.value, SEED, plan, codes, found) == []
        heaviest = max(found.loads().values(), default=0)
        assert heaviest <= 1 or not feasible(plan, codes, heaviest - 1)
    assert complete > 80
    assert refused > 30


def test_crowded_rounds_are_complete_exactly_where_a_flow_says_so() -> None:
    """Larger and tighter than what can be tried arrangement by arrangement; the check's own method is the judge."""
    dice = random.Random("crowded")
    verdicts = []
    for _ in range(150):
        units = tuple(Unit(f"u{place}") for place in range(dice.randint(8, 24)))
        inspectors = tuple(
            Inspector(
                f"i{place}", dice.randint(2, 9), frozenset(unit.code for unit in units if dice.random() < 0.6)
            )
            for place in range(9)
        )
        plan = Plan("r", units, {"": len(units)}, inspectors)
        drawn = draw(Algorithm.SHA256, SEED, plan)
        codes = [unit.code for unit in drawn]
        verdicts.append(is_possible(plan, codes, 9))
        if verdicts[-1]:
            assert faults("sha256", SEED, plan, codes, assign(Algorithm.SHA256, SEED, plan, drawn)) == []
        else:
            with pytest.raises(Refusal, match="凑不齐"):
                assign(Algorithm.SHA256, SEED, plan, drawn)
    assert 30 < sum(verdicts) < 120


def test_the_first_lot_decides_where_nobody_is_in_the_way() -> None:
    """Every inspector comes first as often as any other: 3,000 seeds, chance 1/4, five standard deviations are 119."""
    plan = Plan("r", (Unit("a"),), {"": 1}, tuple(Inspector(f"i{place}", 9) for place in range(4)), 1)
    first = [
        assign(Algorithm.SHA256, f"{seed:064x}", plan, draw(Algorithm.SHA256, f"{seed:064x}", plan)).teams[0][
            1
        ][0]
        for seed in range(3_000)
    ]
    for one in plan.inspectors:
        assert abs(first.count(one.code) - 750) < 119


@pytest.mark.parametrize("algorithm", Algorithm)
def test_what_was_published_is_found_right_and_can_be_extended(
    algorithm: Algorithm, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(f"published{algorithm}")
    checked = 0
    while checked < 60:
        plan = random_plan(dice)
        try:
            round_ = made(plan, algorithm)
        except Refusal:
            continue
        checked += 1
        folder = written(publish(round_), tmp_path / "round")
        code = verify_sample.main([str(folder), "--json", "--lang", "en", "--more", "2"])
        said = json.loads(capsys.readouterr().out)
        assert (code, said["right"], said["wrong"]) == (0, True, None), said
        seed = seed_of(round_.announced, round_.reveals, round_.beacons).value
        for kind, size in plan.sizes.items():
            inside = [
                unit.code for unit in order(algorithm, seed, plan.name, plan.units) if unit.stratum == kind
            ]
            assert said["more"][kind] == inside[size : size + 2]


def written(files: dict[str, bytes], folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def edited(name: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        before = files[name].decode()
        files[name] = before.replace(old, new, 1).encode()
        assert files[name].decode() != before, (name, old)

    return change


def swapped(files: dict[str, bytes]) -> None:
    """The first two units change places."""
    rows = json.loads(files["drawn.json"])
    rows[0], rows[1] = rows[1], rows[0]
    files["drawn.json"] = (json.dumps(rows, separators=(",", ":")) + "\n").encode()


def another_inspector(files: dict[str, bytes]) -> None:
    """The last visit gets somebody else."""
    rows = json.loads(files["drawn.json"])
    rows[-1][1][0] = next(one for one in ("i1", "i2", "i3") if one not in rows[-1][1])
    files["drawn.json"] = (json.dumps(rows, separators=(",", ":")) + "\n").encode()


ALTERED: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "a weight": (edited("plan.json", '["u0",1,', '["u0",9,'), "plan.json: the plan is not the one"),
    "a recusal": (edited("plan.json", '["u1"]', "[]"), "plan.json: the plan is not the one"),
    "the number of units": (edited("announcement.json", '"entrants":', '"entrants":1'), "plan.json: the number of units"),
    "the root": (edited("announcement.json", '"root":"', '"root":"00'), "plan.json: the root of the units"),
    "a secret": (edited("reveals.json", "s-bureau", "s-other"), "drawn.json:"),
    "the public value": (edited("beacons.json", "052327", "052328"), "drawn.json:"),
    "no public value": (edited("beacons.json", '"052327"', "null"), "beacons.json: no announced"),
    "a reveal out of nowhere": (edited("reveals.json", '"bureau"', '"nobody"'), "reveals.json: nobody did not commit"),
    "two units": (swapped, "drawn.json:1: unit 1 had to be"),
    "an inspector": (another_inspector, r"drawn.json:4: u\d had to be visited by"),
    "a file too few": (lambda files: files.pop("drawn.json"), "drawn.json: the file is missing"),
    "a file too many": (lambda files: files.update({"x": b""}), "x: does not belong"),
    "a blank": (edited("plan.json", ":", ": "), "plan.json: is not in canonical form"),
    "a decimal": (edited("plan.json", '"team":2', '"team":2.0'), "plan.json: is not JSON"),
    "a field too few": (edited("announcement.json", '"batch":"r1",', ""), "something is missing"),
    "an algorithm that is none": (edited("announcement.json", '"sm3"', '"md5"'), "unknown algorithm md5"),
}  # fmt: skip


@pytest.mark.parametrize("what", ALTERED)
def test_one_altered_thing_is_named(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change, words = ALTERED[what]
    units = tuple(Unit(f"u{place}", 1 + place % 3) for place in range(9))
    inspectors = tuple(Inspector(f"i{place}", 9, frozenset({f"u{place}"})) for place in range(4))
    files = publish(made(Plan("r", units, {"": 4}, inspectors), Algorithm.SM3))
    change(files)
    code = verify_sample.main([str(written(files, tmp_path / "round")), "--lang", "en"])
    said = capsys.readouterr().out
    assert code in {1, 2}
    assert pytest.importorskip("re").search(words, said), said


def test_the_check_names_what_is_wrong() -> None:
    units = tuple(Unit(f"u{place}") for place in range(6))
    inspectors = tuple(
        Inspector(f"i{place}", 2, frozenset({"u0"} if place == 0 else ())) for place in range(4)
    )
    plan = Plan("r", units, {"": 4}, inspectors)
    codes = [unit.code for unit in draw(Algorithm.SHA256, SEED, plan)]
    right = assign(Algorithm.SHA256, SEED, plan, draw(Algorithm.SHA256, SEED, plan))

    def told(teams: list[tuple[str, tuple[str, ...]]], drawn: list[str] = codes, plan: Plan = plan) -> str:
        return " / ".join(faults("sha256", SEED, plan, drawn, Assignment(tuple(teams))))

    assert told(list(right.teams)) == ""
    assert "the units drawn are not those" in told(list(right.teams), codes[::-1])
    assert "the teams are not those of the units drawn" in told(list(right.teams[:-1]))
    assert "1 inspectors instead of 2" in told([(right.teams[0][0], ("i1", "i1")), *right.teams[1:]])
    assert "i9 may not visit" in told([(right.teams[0][0], ("i1", "i9")), *right.teams[1:]])
    barred = replace(
        plan, inspectors=(replace(inspectors[1], recused=frozenset(codes)), *inspectors[2:], inspectors[0])
    )
    assert "i1 may not visit" in told(list(right.teams), plan=barred)
    uneven = [(unit, ("i2", "i3")) for unit in codes]
    assert "i2 has 4 visits" in told(uneven)
    wide = replace(plan, inspectors=tuple(replace(one, most=9) for one in inspectors))
    assert "nobody needs 4" in told(uneven, plan=wide)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (lambda: Inspector("i1", -1), "bad-load"),
        (lambda: Inspector("甲", 1), "draw-text"),
        (lambda: Plan("r", (), {}, (Inspector("i", 1), Inspector("i", 2))), "inspector-twice"),
        (lambda: Plan("r", (Unit("a"),), {}, (Inspector("i", 1, frozenset({"b"})),)), "recused-from-nothing"),
        (lambda: Plan("r", (), {}, (), 0), "no-team"),
        (lambda: Plan("r|x", (), {}, ()), "draw-text"),
        (lambda: draw(Algorithm.SM3, SEED, Plan("r", (Unit("a"),), {"": 2}, ())), "sample-too-large"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(wrong: Callable[[], object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        wrong()
    assert refused.value.code == code


def test_the_file_stands_alone(tmp_path: Path) -> None:
    named = {
        alias.name.split(".")[0] if isinstance(node, ast.Import) else (node.module or "").split(".")[0]
        for node in ast.walk(ast.parse(FILE.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert named <= sys.stdlib_module_names
    units = tuple(Unit(f"u{place}") for place in range(5))
    plan = Plan("r", units, {"": 3}, tuple(Inspector(f"i{place}", 3) for place in range(3)))
    folder = written(publish(made(plan, Algorithm.SM3)), tmp_path / "round")
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(FILE), str(folder)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr, done.stdout.splitlines()[-1]) == (0, "", "全部相符。")
    assert verify_sample.sm3(b"abc").hex().startswith("66c7f0f462eeedd9")


def crossed_plan(apart: frozenset[tuple[str, str]] = frozenset()) -> Plan:
    """Four counties with three units and three inspectors each."""
    counties = ("a", "b", "c", "d")
    places = {f"u{county}{place}": county for county in counties for place in range(3)}
    homes = {f"i{county}{place}": county for county in counties for place in range(3)}
    units = tuple(Unit(code, 1 + place % 2, county) for place, (code, county) in enumerate(places.items()))
    people = tuple(Inspector(code, 4) for code in homes)
    return Plan("r", units, dict.fromkeys(counties, 2), people, cross=Cross(places, homes, apart))


@pytest.mark.parametrize("algorithm", Algorithm)
def test_counties_cross_and_the_outsiders_file_finds_the_same_pairs(
    algorithm: Algorithm, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = crossed_plan(frozenset({("a", "b"), ("c", "a")}))
    drawn = made(plan, algorithm)
    seed = seed_of(drawn.announced, drawn.reveals, drawn.beacons).value
    pairs = pairs_of(algorithm, seed, plan)
    assert pairing_faults(plan.cross.counties, pairs, apart=plan.cross.apart) == []  # type: ignore[union-attr]
    for unit, team in drawn.assignment.teams:
        assert {pairs[code[1]] for code in team} == {unit[1]}
    codes = [unit.code for unit in drawn.units]
    assert faults(algorithm.value, seed, plan, codes, drawn.assignment) == []
    files = publish(replace(drawn, pairs=pairs))
    assert verify_sample.main([str(written(files, tmp_path / "round"))]) == 0
    assert "4 个县的配对全部相符" in capsys.readouterr().out
    assert plan_of(plan_file(plan)) == plan
    backwards = {other: one for one, other in pairs.items()}
    altered = publish(replace(drawn, pairs=backwards))
    assert verify_sample.main([str(written(altered, tmp_path / "round")), "--lang", "en"]) == 1
    assert "had to visit" in capsys.readouterr().out
    del files["pairs.json"]
    assert verify_sample.main([str(written(files, tmp_path / "round"))]) == 2
    plain = publish(made(Plan("r", plan.units, plan.sizes, plan.inspectors), algorithm)) | {
        "pairs.json": b"{}\n"
    }
    assert verify_sample.main([str(written(plain, tmp_path / "round"))]) == 1


def test_a_crossed_team_of_the_wrong_county_is_named() -> None:
    plan = crossed_plan()
    units = draw(Algorithm.SHA256, SEED, plan)
    right = assign(Algorithm.SHA256, SEED, plan, units)
    moved = [
        (unit, tuple(reversed(right.teams[-1][1])) if place == 0 else team)
        for place, (unit, team) in enumerate(right.teams)
    ]
    wrong = faults("sha256", SEED, plan, [one.code for one in units], Assignment(tuple(moved)))
    assert any("may not visit" in one for one in wrong)
    with pytest.raises(Refusal) as refused:
        Plan("r", plan.units, plan.sizes, (*plan.inspectors, Inspector("z", 1)), cross=plan.cross)
    assert refused.value.code == "crossed-from-nowhere"
