"""What was published is recounted by an outsider's file: right is found right, and every altered thing is named."""

import ast
import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from junheng.kernel.admission import (
    Bid,
    Floor,
    Part,
    Published,
    Record,
    Rules,
    entrants_of,
    list_root,
    publish,
    run,
    verify_admission,
)
from junheng.kernel.lottery import (
    Algorithm,
    Announcement,
    Commitment,
    Reveal,
    commitment_of,
    digest,
    is_in,
    numbers,
    seed_of,
)
from junheng.kernel.matching import Group, Ties

FILE = Path(verify_admission.__file__)
STANDARD = sys.stdlib_module_names


def closed(rules: Rules, records: list[Record], algorithm: Algorithm, *, further: bool = False) -> Published:
    """A whole run: closing, draw, places."""
    salts = {one.pid: hashlib.sha256(f"salt{one.pid}".encode()).hexdigest()[:32] for one in records}
    root = list_root(algorithm, "b1", entrants_of(records, salts))
    promised = tuple(
        Commitment(name, commitment_of(algorithm, "n", f"s-{name}")) for name in ("bureau", "parents")
    )
    said = Announcement(
        "b1",
        algorithm,
        len(records),
        root,
        digest(algorithm, rules.file()).hex(),
        promised,
        ("fucai", "drand"),
        "none",
    )
    reveals = [Reveal("bureau", "n", "s-bureau")]
    beacons: dict[str, str | None] = {"fucai": None, "drand": "052327"}
    seed = seed_of(said, reveals, beacons)
    pids = [one.pid for one in records]
    drawn = dict(zip(pids, numbers(algorithm, seed.value, "b1", pids), strict=True))
    ask_on = (lambda pid, groups: [Bid(code, 9) for code in sorted(groups, key=lambda code: hash((code, pid)) and code + pid)]) if further else None  # fmt: skip
    return Published(said, rules, records, salts, reveals, beacons, drawn, run(rules, records, drawn, ask_on))


def random_run(dice: random.Random, algorithm: Algorithm, kind: str) -> Published:
    """A small crowded market of one of the kinds: plain, with ties, with a pool, with further lists, in stages."""
    schools = dice.randint(1, 5)
    ties = {"ties": Ties.ADMIT, "reject": Ties.REJECT}.get(kind, Ties.STRICT)
    groups = [
        Group(f"s{place}", dice.randint(0, 4), ties, schools if kind == "pool" else None)
        for place in range(schools)
    ]
    if kind == "pool":
        groups.append(Group("pool", dice.randint(0, 1)))
    parts: tuple[Part, ...] = ()
    if kind == "stages":
        groups += [Group(f"q{place}", dice.randint(0, 2), Ties.ADMIT) for place in range(schools)]
        groups.append(Group("rest", 0))
        parts = (
            Part(tuple(f"s{place}" for place in range(schools))),
            Part(
                tuple(f"q{place}" for place in range(schools)),
                first=True,
                floors={f"q{place}": Floor(500, f"s{place}", 50) for place in range(schools)},
            ),
            Part(("rest",), releases={f"q{place}": "rest" for place in range(schools)}),
        )
    pids = sorted(f"{dice.randrange(16**16):016x}" for _ in range(dice.randint(1, 14)))
    records = []
    for place, pid in enumerate(pids):
        wanted = dice.sample(groups, dice.randint(0, len(groups)))
        score = dice.choice([600, 560, 540, 480]) if kind == "stages" else 0
        bids = tuple(Bid(one.code, dice.randint(0, 2), score) for one in wanted)
        twin = kind in {"ties", "reject"} and place and dice.random() < 0.3
        records.append(Record(pid, bids, pids[0] if twin else "-"))
    return closed(Rules(tuple(groups), parts), records, algorithm, further=kind == "tail")


def folder_of(files: dict[str, bytes], place: Path) -> Path:
    place.mkdir(exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    for name, content in files.items():
        (place / name).write_bytes(content)
    return place


def verdict(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    code = verify_admission.main([str(folder), "--lang", "en", *more])
    return code, capsys.readouterr().out


KINDS = ["plain", "ties", "reject", "pool", "tail", "stages"]


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_published_is_found_right(
    algorithm: Algorithm, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(f"{algorithm}{kind}")
    for _ in range(60):
        made = random_run(dice, algorithm, kind)
        for sealed in (True, False):
            code, said = verdict(folder_of(publish(made, sealed=sealed), tmp_path / "run"), capsys)
            assert code == 0, (said, made)
            assert ("places: all as they had to come" in said) == sealed


def edited(name: str, edit: Callable[[str], str]) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        before = files[name].decode()
        files[name] = edit(before).encode()
        assert files[name].decode() != before

    return change


def swap_second(text: str) -> str:
    """The value of the second row put into the third and the other way round."""
    lines = text.split("\n")
    two, three = lines[2].split(",", 1), lines[3].split(",", 1)
    lines[2], lines[3] = f"{two[0]},{three[1]}", f"{three[0]},{two[1]}"
    return "\n".join(lines)


def moved(text: str) -> str:
    """The first child with a place is said to be without one."""
    lines = text.split("\n")
    at = next(number for number, row in enumerate(lines[1:], 1) if not row.endswith(",-"))
    lines[at] = lines[at].rsplit(",", 1)[0] + ",-"
    return "\n".join(lines)


ALTERED: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "a record": (edited("records.csv", lambda text: text.replace(":1:0", ":0:0", 1)), r"records.csv:\d+: the record of"),
    "a place": (edited("records.csv", moved), r"result.csv:\d+: the place of"),
    "a leaf of the list": (edited("list.csv", swap_second), r"records.csv:3: the record of"),
    "a number": (edited("numbers.csv", swap_second), r"numbers.csv:3: the number of"),
    "a leaf of the result": (edited("result.csv", swap_second), r"result.csv:3: the place of"),
    "the seats": (edited("rules.json", lambda text: text.replace('"capacity":', '"capacity":1', 1)), "rules.json: rules or seats"),
    "a revealed secret": (edited("reveals.json", lambda text: text.replace("s-bureau", "s-other")), r"numbers.csv:2: the number of"),
    "a reveal out of nowhere": (
        edited("reveals.json", lambda text: text.replace('"name":"bureau"', '"name":"nobody"')),
        "reveals.json: nobody did not commit",
    ),
    "the public value": (edited("beacons.json", lambda text: text.replace("052327", "052328")), r"numbers.csv:2"),
    "no public value": (edited("beacons.json", lambda text: text.replace('"052327"', "null")), "beacons.json: no announced"),
    "the end of a list": (edited("cuts.csv", lambda text: text.replace(",1,", ",2,", 1)), r"cuts.csv:\d+: should be"),
    "a row too few": (edited("numbers.csv", lambda text: "\n".join(text.split("\n")[:-2]) + "\n"), "numbers.csv: .* one of the lists only"),
    "a row twice": (
        edited("list.csv", lambda text: text.replace("pid,leaf\n", "pid,leaf\n" + text.split("\n")[1] + "\n")),
        "list.csv:3: .* stands twice",
    ),
    "a file too few": (lambda files: files.pop("reveals.json"), "reveals.json: the file is missing"),
    "a file too many": (lambda files: files.update({"extra.csv": b"x\n"}), "extra.csv: does not belong"),
    "a blank in JSON": (edited("rules.json", lambda text: text.replace(":", ": ", 1)), "rules.json: "),
    "another heading": (edited("list.csv", lambda text: text.replace("pid,leaf", "pid,hash")), "list.csv: the first line"),
    "line ends of Windows": (edited("list.csv", lambda text: text.replace("\n", "\r\n")), "list.csv: every line"),
    "bytes beyond ASCII": (lambda files: files.update({"list.csv": b"pid,leaf\n\xff\n"}), "list.csv: byte 10 is not ASCII"),
    "JSON that is none": (lambda files: files.update({"beacons.json": b"[" * 99_999 + b"\n"}), "beacons.json: is not JSON"),
    "a digest that is none": (
        edited("list.csv", lambda text: text.upper().replace("PID,LEAF", "pid,leaf")),
        r"list.csv:\d+: ",
    ),
    "an algorithm that is none": (edited("announcement.json", lambda text: text.replace("sha256", "md5")), "unknown algorithm md5"),
    "a number of children": (edited("announcement.json", lambda text: text.replace('"entrants":', '"entrants":1')), "number of children"),
}  # fmt: skip


@pytest.mark.parametrize("what", ALTERED)
def test_one_altered_thing_is_named(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change, told = ALTERED[what]
    dice = random.Random(4)
    made = random_run(dice, Algorithm.SHA256, "plain")
    while len(made.records) < 12 or sum(place != "-" for place in made.outcome.places.values()) < 4:
        made = random_run(dice, Algorithm.SHA256, "plain")
    files = publish(made, sealed=True)
    change(files)
    code, said = verdict(folder_of(files, tmp_path / "run"), capsys)
    assert code in {1, 2}
    assert pytest.importorskip("re").search(told, said), said


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("name", ["list", "result"])
def test_without_the_sealed_files_an_altered_row_is_found_by_its_pair(
    algorithm: Algorithm, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(f"{algorithm}{name}")
    for _ in range(12):
        files = publish(random_run(dice, algorithm, "plain"), sealed=False)
        lines = files[f"{name}.csv"].decode().split("\n")
        at = dice.randrange(1, len(lines) - 1)
        pid, leaf = lines[at].split(",")
        altered = [*lines[:at], f"{pid},{leaf[:-1]}{'0' if leaf[-1] != '0' else '1'}", *lines[at + 1 :]]
        code, said = verdict(
            folder_of(files | {f"{name}.csv": "\n".join(altered).encode()}, tmp_path / "run"), capsys
        )
        first = at - (at - 1) % 2
        assert code == 1
        assert f"{name}.csv:{first + 1}: altered: " in said
        assert pid in said


@pytest.mark.parametrize("name", ["list", "result", "root"])
def test_altered_roots_are_named(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = publish(random_run(random.Random(8), Algorithm.SHA256, "plain"), sealed=False)
    roots = json.loads(files["roots.json"])
    turned = roots["root"] if name == "root" else roots[name][0]
    text = files["roots.json"].decode().replace(turned, turned[::-1])
    code, said = verdict(folder_of(files | {"roots.json": text.encode()}, tmp_path / "run"), capsys)
    assert code == 1
    assert ("result.csv: does not lead" if name == "root" else "roots.json: does not lead") in said


def test_a_swap_that_was_signed_all_the_way_is_found_by_recounting_the_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The bureau gives one child another's place and publishes a root that fits: only the recount finds it."""
    dice = random.Random(11)
    for _ in range(40):
        made = random_run(dice, Algorithm.SHA256, "plain")
        places = dict(made.outcome.places)
        pair = [(a, b) for a in places for b in places if a < b and places[a] != places[b]]
        if not pair:
            continue
        one, other = dice.choice(pair)
        places[one], places[other] = places[other], places[one]
        object.__setattr__(made.outcome, "places", places)
        code, said = verdict(folder_of(publish(made, sealed=True), tmp_path / "run"), capsys)
        assert code == 1
        assert f"{one} had to be placed" in said
        assert verdict(folder_of(publish(made, sealed=False), tmp_path / "run"), capsys)[0] == 0, (
            "families see their own"
        )


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_family_gets_its_own_proof(
    algorithm: Algorithm, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = random_run(random.Random(5), algorithm, "plain")
    folder = folder_of(publish(made, sealed=False), tmp_path / "run")
    for place, record in enumerate(made.records):
        code, said = verdict(folder, capsys, "--child", record.pid)
        assert code == 0
        proof = json.loads(said)
        assert proof["number"] == made.numbers[record.pid].hex()
        assert proof["order"] == 1 + sum(
            number < made.numbers[record.pid] for number in made.numbers.values()
        )
        for tree in ("list", "result"):
            steps = [step for _side, step in proof[tree]["steps"]]
            given = {"entrants": len(made.records), "proof": steps, "root": proof[tree]["root"]}
            assert is_in(algorithm, bytes.fromhex(proof[tree]["leaf"]), place=place, **given)  # type: ignore[arg-type]
    code, said = verdict(folder, capsys, "--child", "nobody")
    assert (code, "nobody is not in the list" in said) == (1, True)


def test_the_file_stands_alone(tmp_path: Path) -> None:
    tree = ast.parse(FILE.read_text(encoding="utf-8"))
    named = {
        alias.name.split(".")[0] if isinstance(node, ast.Import) else (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert named <= STANDARD
    folder = folder_of(
        publish(random_run(random.Random(6), Algorithm.SM3, "tail"), sealed=True), tmp_path / "run"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(FILE), str(folder), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["right"] is True


def test_its_own_sm3_is_that_of_the_standard() -> None:
    assert (
        verify_admission.sm3(b"abc").hex()
        == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    for length in (0, 55, 56, 63, 64, 119, 120, 1000):
        assert verify_admission.sm3(b"a" * length) == digest(Algorithm.SM3, b"a" * length)
