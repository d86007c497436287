"""``junheng verify-admission``: right is found right, one altered row is named, and what cannot be read is refused."""

import random
import re
from pathlib import Path

import pytest

from junheng.kernel.admission import Published, publish
from junheng.kernel.lottery import Algorithm
from tests.kernel.admission.test_recount import ALTERED, folder_of, random_run
from tests.surfaces.cli.conftest import Ask

NAMED = {
    "a record": "a row of the frozen list",
    "a leaf of the list": "a row of the frozen list",
    "a number": "the numbers",
    "a place": "the released result",
    "a leaf of the result": "the released result",
    "the seats": "the seats",
    "the order of ties": "the rules",
}
ALTERATIONS = ALTERED | {
    "the order of ties": (
        lambda files: files.update({"rules.json": files["rules.json"].replace(b'"strict"', b'"reject"', 1)}),
        "rules.json: rules or seats",
    )
}


@pytest.fixture(scope="module")
def made() -> Published:
    """A run with enough children and places for every alteration."""
    dice = random.Random(4)
    while True:
        found = random_run(dice, Algorithm.SM3, "plain")
        if len(found.records) >= 12 and sum(one != "-" for one in found.outcome.places.values()) >= 4:
            return found


def test_what_was_published_is_right_in_both_languages(ask: Ask, made: Published, tmp_path: Path) -> None:
    folder = str(folder_of(publish(made, sealed=True), tmp_path / "run"))
    said = ask("verify-admission", folder)
    assert (said.code, said.err, said.out.splitlines()[-1]) == (0, "", "全部相符。")
    said = ask("verify-admission", folder, "--lang", "en")
    assert (said.code, said.err, said.out.splitlines()[-1]) == (0, "", "All is right.")
    told = ask("verify-admission", folder, "--json").json
    assert (told["right"], told["wrong"], len(told["steps"])) == (True, None, 6)


@pytest.mark.parametrize("what", NAMED)
def test_one_altered_row_is_named(what: str, ask: Ask, made: Published, tmp_path: Path) -> None:
    change, words = ALTERATIONS[what]
    files = publish(made, sealed=True)
    change(files)
    folder = str(folder_of(files, tmp_path / "run"))
    said = ask("verify-admission", folder, "--lang", "en")
    assert said.code == 3
    assert re.search(words, said.out), said.out
    told = ask("verify-admission", folder, "--json", "--lang", "en")
    assert (told.code, told.json["right"]) == (3, False)
    assert re.search(words, f"{told.json['wrong']['where']}: {told.json['wrong']['what']}")


@pytest.mark.parametrize(("option", "file"), [("--list-root", "list.csv"), ("--result-root", "result.csv")])
def test_a_folder_that_fits_but_is_not_the_one_printed(
    option: str, file: str, ask: Ask, made: Published, tmp_path: Path
) -> None:
    """A bureau that shows other files to other people is found by the figures that stand in the newspaper."""
    folder = str(folder_of(publish(made, sealed=False), tmp_path / "run"))
    proof = ask("verify-admission", folder, "--child", made.records[0].pid).json
    root = proof["list" if file == "list.csv" else "result"]["root"]
    assert ask("verify-admission", folder, option, root[:8].upper()).code == 0
    for wrong in (root[:7], "0" * 8, root[:8] + ("1" if root[8] == "0" else "0")):
        said = ask("verify-admission", folder, option, wrong, "--lang", "en")
        assert said.code == 3
        assert f"✗ {file}: the root is {root}" in said.out


def test_what_cannot_be_read_is_refused(ask: Ask, made: Published, tmp_path: Path) -> None:
    said = ask("verify-admission", str(tmp_path / "nowhere"))
    assert (said.code, said.out) == (1, f"✗ {tmp_path / 'nowhere'}: 没有这个文件夹\n")
    files = publish(made, sealed=False)
    files.pop("numbers.csv")
    said = ask("verify-admission", str(folder_of(files, tmp_path / "run")))
    assert (said.code, said.out.splitlines()[-1]) == (1, "✗ numbers.csv: 缺少这个文件")
    said = ask(
        "verify-admission",
        str(folder_of(publish(made, sealed=False), tmp_path / "-run")),
        "--child",
        "nobody",
    )
    assert (said.code, said.out) == (3, "✗ list.csv: 名单中没有 nobody\n")
