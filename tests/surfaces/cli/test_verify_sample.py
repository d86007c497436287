"""``junheng verify-sample``: right is found right, an altered list is named, and what cannot be read is refused."""

from pathlib import Path

import pytest

from junheng.kernel.inspections import Inspector, Plan, publish
from junheng.kernel.lottery import Algorithm, Unit
from tests.kernel.inspections.test_inspections import made, swapped, written
from tests.surfaces.cli.conftest import Ask


@pytest.fixture
def files() -> dict[str, bytes]:
    units = tuple(Unit(f"u{place}", 1 + place % 3) for place in range(9))
    return publish(
        made(Plan("r", units, {"": 4}, tuple(Inspector(f"i{n}", 9) for n in range(4))), Algorithm.SM3)
    )


def test_a_right_sample_is_right_and_can_be_extended(
    ask: Ask, files: dict[str, bytes], tmp_path: Path
) -> None:
    folder = str(written(files, tmp_path / "round"))
    said = ask("verify-sample", folder)
    assert (said.code, said.err, said.out.splitlines()[-1]) == (0, "", "全部相符。")
    told = ask("verify-sample", folder, "--json", "--lang", "en", "--more", "2").json
    assert (told["right"], len(told["more"][""])) == (True, 2)


def test_an_altered_list_is_named(ask: Ask, files: dict[str, bytes], tmp_path: Path) -> None:
    swapped(files)
    said = ask("verify-sample", str(written(files, tmp_path / "round")), "--lang", "en")
    assert said.code == 3
    assert "unit 1 had to be" in said.out


def test_what_cannot_be_read_is_refused(ask: Ask, files: dict[str, bytes], tmp_path: Path) -> None:
    assert ask("verify-sample", str(tmp_path / "nowhere")).code == 1
    del files["drawn.json"]
    assert ask("verify-sample", str(written(files, tmp_path / "round"))).code == 1
