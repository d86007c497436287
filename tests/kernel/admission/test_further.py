"""Further runs in the published folder: recounted like the first, chained to it, and every altered thing is named."""

import random
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from junheng.kernel.admission import Again, Bid, Published, Record, Rules, publish, publish_again, run
from junheng.kernel.admission.publish import result_leaf
from junheng.kernel.lottery import Algorithm, Tree
from tests.kernel.admission.test_recount import FILE, edited, random_run, swap_second, verdict

KINDS = ["plain", "ties", "pool", "tail"]


def root_of(first: Published, places: dict[str, str]) -> str:
    """The root of some results."""
    said = first.announced
    leaves = [
        result_leaf(said.algorithm, said.batch, one.salt, one.pid, places[one.pid])
        for one in first.entrants()
    ]
    return Tree(said.algorithm, leaves).root


def leaving(
    first: Published, before: dict[str, str], out: set[str], *, better: frozenset[str] = frozenset()
) -> list[Record]:
    """The closed records without who gave a place back; who was placed by coordination keeps that at the end."""
    records = []
    for one in first.records:
        bids = tuple(replace(bid, tier=0) for bid in one.bids) if one.pid in better else one.bids
        held = before[one.pid]
        if held != "-" and all(bid.group != held for bid in bids):
            bids = (*bids, Bid(held, 9))
        records.append(Record(one.pid, () if one.pid in out else bids, one.bound))
    return records


def lost(records: list[Record], before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The groups of those who would have less than before."""
    found = []
    for one in records:
        order = [bid.group for bid in one.bids]
        held, now = before[one.pid], after[one.pid]
        if held in order and held != now and (now not in order or order.index(now) > order.index(held)):
            found.append(held)
    return found


def again(
    first: Published, before: Again | Published, dice: random.Random, kind: str, **more: frozenset[str]
) -> Again:
    """One more run after some gave their places back; a place more wherever somebody would lose one."""
    number = before.number + 1 if isinstance(before, Again) else 2
    places = dict(before.outcome.places)
    gone = {one.pid for one in before.records if not one.bids} if isinstance(before, Again) else set()
    held = sorted(pid for pid, place in places.items() if place != "-")
    out = gone | set(dice.sample(held, min(len(held), dice.randint(1, 3))))
    records, rules = leaving(first, places, out, **more), before.rules
    ask = None
    if kind == "tail":
        ask = lambda pid, groups: [] if pid in out else [Bid(code, 9) for code in sorted(groups)]  # noqa: E731
    while worse := lost(records, places, dict((done := run(rules, records, first.numbers, ask)).places)):
        groups = [replace(one, capacity=one.capacity + (one.code == worse[0])) for one in rules.groups]
        rules = Rules(tuple(groups))
    return Again(number, root_of(first, places), "递补", rules, records, done)


def folder_of(files: dict[str, bytes], place: Path) -> Path:
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    return place


def three(
    dice: random.Random, algorithm: Algorithm, kind: str, least: int = 1
) -> tuple[Published, Again, Again]:
    """A first run with two further ones, with so many children in places."""
    while True:
        first = random_run(dice, algorithm, kind)
        if sum(place != "-" for place in first.outcome.places.values()) < least:
            continue
        second = again(first, first, dice, kind)
        return first, second, again(first, second, dice, kind)


def files_of(runs: tuple[Published, Again, Again], *, sealed: bool) -> dict[str, bytes]:
    first, second, third = runs
    files = publish(first, sealed=sealed)
    return files | publish_again(first, second, sealed=sealed) | publish_again(first, third, sealed=sealed)


@pytest.mark.parametrize("kind", KINDS)
def test_further_runs_are_found_right(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(kind)
    for number in range(12):
        runs = three(dice, Algorithm.SM3 if number == 0 else Algorithm.SHA256, kind)
        for sealed in (True, False):
            place = tmp_path / f"{number}{sealed}"
            code, said = verdict(folder_of(files_of(runs, sealed=sealed), place), capsys)
            assert code == 0, (said, runs)
            assert ("run 3, places: all as they had to come" in said) == sealed
            assert re.search(r"run 2: [1-9]\d* records changed", said)


def named(name: str, turn: Callable[[str], str]) -> Callable[[dict[str, bytes]], object]:
    return edited(f"run-2/{name}", turn)


def without_last(text: str) -> str:
    return "\n".join(text.split("\n")[:-2]) + "\n"


def other_leaf(text: str) -> str:
    head, last = text[:-2], text[-2]
    return f"{head}{'0' if last != '0' else '1'}\n"


ALTERED: dict[str, tuple[Callable[[dict[str, bytes]], object], str, str]] = {
    "a changed record": (named("changed.csv", other_leaf), r"run-2/records.csv:\d+: the record of", r"run-2/changed.csv:\d+: altered"),
    "a change that is left out": (named("changed.csv", without_last), r"run-2/records.csv:\d+: the record of", "run-2/changed.csv: altered"),
    "a leaf of the result": (named("result.csv", swap_second), "run-2/result.csv:3: the place of", "run-2/result.csv:2: altered"),
    "the seats": (
        named("rules.json", lambda text: text.replace('"capacity":', '"capacity":1', 1)),
        "run-2/rules.json: rules or seats", "run-2/rules.json: rules or seats",
    ),
    "the run it follows": (
        named("further.json", lambda text: re.sub('"over":".', '"over":"x', text)),
        "run-2/further.json: follows the root x", "run-2/further.json: follows the root x",
    ),
    "its number": (named("further.json", lambda text: text.replace('"number":2', '"number":4')), "run-2/further.json: this is not run 2", "run-2/further.json: this is not run 2"),
    "a file too many": (lambda files: files.update({"run-2/extra": b"\n"}), "run-2/extra: does not belong", "run-2/extra: does not belong"),
    "a file too few": (lambda files: files.pop("run-2/roots.json"), "run-2/roots.json: the file is missing", "run-2/roots.json: the file is missing"),
    "a run that is left out": (
        lambda files: [files.pop(name) for name in list(files) if name.startswith("run-2/")],
        "run-2: this run is missing", "run-2: this run is missing",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ALTERED)
def test_one_altered_thing_of_a_further_run_is_named(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, sealed_words, public_words = ALTERED[what]
    runs = three(random.Random(7), Algorithm.SHA256, "plain", least=5)
    for sealed, words in ((True, sealed_words), (False, public_words)):
        files = files_of(runs, sealed=sealed)
        change(files)
        code, said = verdict(folder_of(files, tmp_path / str(sealed)), capsys)
        assert code in {1, 2}
        assert re.search(f"✗ {words}", said), said


def test_a_place_that_was_told_and_is_taken_away_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An appeal is upheld and pushes somebody out, all of it signed and by the rules: it is not what was promised."""
    dice, found = random.Random(3), 0
    while not found:
        first = random_run(dice, Algorithm.SHA256, "plain")
        before = dict(first.outcome.places)
        without = [pid for pid, place in before.items() if place == "-"]
        records = leaving(first, before, set(), better=frozenset(without))
        done = run(first.rules, records, first.numbers)
        if not lost(records, before, dict(done.places)):
            continue
        found += 1
        bad = Again(2, root_of(first, before), "申诉", first.rules, records, done)
        files = publish(first, sealed=True) | publish_again(first, bad, sealed=True)
        code, said = verdict(folder_of(files, tmp_path / "run"), capsys)
        assert code == 1
        assert re.search(r"✗ run-2/records.csv:\d+: \w+ was published to have s\d and now has", said)


def test_fewer_places_than_before_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(21)
    first, second, _third = three(dice, Algorithm.SHA256, "plain", least=3)
    full = next(one.code for one in second.rules.groups if one.capacity)
    groups = [replace(one, capacity=one.capacity - (one.code == full)) for one in second.rules.groups]
    less = replace(second, rules=Rules(tuple(groups)))
    files = publish(first, sealed=False) | publish_again(first, less, sealed=False)
    code, said = verdict(folder_of(files, tmp_path / "run"), capsys)
    assert (code, f"run-2/rules.json: group {full} has fewer places" in said) == (1, True)


def test_the_plain_file_recounts_them_and_a_family_gets_the_last_proof(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = three(random.Random(9), Algorithm.SM3, "tail", least=3)
    first, _second, third = runs
    folder = folder_of(files_of(runs, sealed=True), tmp_path / "run")
    last = root_of(first, dict(third.outcome.places))
    given = [sys.executable, "-I", "-S", str(FILE), str(folder)]
    for root, code in ((last, 0), (third.over, 0), ("0" * 64, 1)):
        done = subprocess.run(
            [*given, "--result-root", root[:12]], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (code, "")
    assert "没有人失去已公布的学位" in done.stdout
    code, said = verdict(folder, capsys, "--child", first.records[0].pid)
    assert code == 0
    assert '"run": 3' in said
    assert f'"root": "{last}"' in said
