"""A restore that is killed between its last steps: whoever comes next takes all of it back, or brings the rest."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from junheng.kernel.errors import Conflict
from junheng.platform.upkeep import door, lying, unfinished
from junheng.platform.upkeep.doctor import CHECKS
from junheng.platform.upkeep.doctor.check import Patient
from junheng.platform.upkeep.unfinished import BESIDE, FILE, Note
from tests.house.tree import ROOT
from tests.makers.rows import AT
from tests.platform.upkeep.test_backup import MARK, listing
from tests.small_house import built, copy_of, junheng, move_out, surroundings

__all__ = ["built"]
NEW, BAD, KEPT = ("photos/ab/ab1", "photos/cd/cd1", "photos/ef/ef1")
"""A file that comes, one in whose place another lies, and one that the restore does not touch."""


class Killed(BaseException):
    """What stands for a kill."""


class Laid:
    """A home folder in which a restore has laid everything out and written its note."""

    def __init__(self, home: Path) -> None:
        self.home = home
        for name, data in ((BAD, "rotten"), (KEPT, "kept"), (MARK, "old"), ("other.json", "old")):
            self.write(home / name, data)
        self.before = self.lies()
        self.files = lying.BroughtBack.__new__(lying.BroughtBack)
        self.files.home, self.files.staging = home, home / "photos" / ".restoring-7"
        for name in (NEW, BAD):
            self.write(self.files.staging / name, "of the backup")
        self.write(home / ".restoring-7" / BESIDE / MARK, "of the backup")
        self.files.moves = [(name, (home / name).exists()) for name in (NEW, BAD)]
        note = Note(
            "new",
            "photos/.restoring-7",
            self.files.moves,
            ".restoring-7",
            [(MARK, True), ("other.json", False)],
        )
        unfinished.write_note(home, note)

    @staticmethod
    def write(file: Path, data: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(data)

    def lies(self) -> dict[str, str]:
        return {name: data.decode() for name, data in listing(self.home).items() if name != FILE}


def killed_at(step: int, patch: pytest.MonkeyPatch) -> None:
    """Let the process die before its so manieth renaming or removal."""
    left = [step]
    for name in ("replace", "unlink"):
        real = getattr(Path, name)

        def deed(self: Path, *given: Any, real: Any = real, **more: Any) -> Any:
            if not left[0]:
                raise Killed
            left[0] -= 1
            return real(self, *given, **more)

        patch.setattr(Path, name, deed)


@pytest.mark.parametrize("step", range(5))
@pytest.mark.parametrize("again", range(3))
def test_before_the_database_changed_places_everything_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, again: int
) -> None:
    monkeypatch.setattr(unfinished, "is_in_place", lambda database: False)
    laid = Laid(tmp_path)
    interrupted(laid.files.settle, step, laid)
    interrupted(lambda: unfinished.finish(tmp_path), again, laid)
    unfinished.finish(tmp_path)
    assert laid.lies() == laid.before
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("step", range(3))
def test_afterwards_the_rest_is_brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    monkeypatch.setattr(unfinished, "is_in_place", lambda database: database == "new")
    laid = Laid(tmp_path)
    laid.files.settle()
    interrupted(lambda: unfinished.finish(tmp_path), step, laid)
    with pytest.raises(Conflict) as said:  # whoever comes next ends it, and is to begin afresh
        door.enter(tmp_path)
    assert said.value.code == "restore-ended"
    assert laid.lies() == {NEW: "of the backup", BAD: "of the backup", KEPT: "kept", MARK: "of the backup"}
    assert not door.is_in(tmp_path)


def interrupted(deed: Any, step: int, laid: Laid) -> None:
    """Do something that is broken off at a step, if it comes so far."""
    with pytest.MonkeyPatch.context() as patch:
        killed_at(step, patch)
        try:
            deed()
        except Killed:
            patch.undo()
            assert CHECKS["no-restore-is-broken-off"].ask(Patient(laid.home, AT))


AT_THIS_POINT = {
    "the files are in their places": ("lying.BroughtBack", "settle", True),
    "the database is in its place": ("restore", "put_beside", False),
}
KILLED = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from junheng.platform.upkeep import aside, lying, restore
def killed(*given, **more):
    if sys.argv[3] == "True":
        settle(*given, **more)
    os.kill(os.getpid(), signal.SIGKILL)
settle = lying.BroughtBack.settle
place, name = sys.argv[2].rsplit(".", 1)
holder = {"lying.BroughtBack": lying.BroughtBack, "restore": restore}[place]
setattr(holder, name, killed)
home = Path(os.environ["JUNHENG_HOME"])
restore.restore(Path(sys.argv[1]), home=home, replace=True, beside=frozenset({"demonstration.json"}))
"""


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Iterator[Path]:
    place = copy_of(built, tmp_path / "home")
    yield place
    move_out(place)


@pytest.mark.slow
@pytest.mark.parametrize("point", AT_THIS_POINT)
def test_a_real_kill_leaves_one_house_after_the_next_start(home: Path, tmp_path: Path, point: str) -> None:
    """The backup has a photo that the house has lost since, and no mark of a demonstration; the house got a login since."""
    where, name, goes_on = AT_THIS_POINT[point]
    photo, mark = home / "photos" / "ab" / ("ab" * 32), (home / MARK).read_bytes()
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"sealed")
    (home / MARK).rename(tmp_path / MARK)
    backup = tmp_path / "backup.zip"
    assert junheng(home, "backup", str(backup)).returncode == 0
    photo.unlink()
    (home / MARK).write_bytes(mark)
    assert junheng(home, "account", "first", "kaishi", "--name", "初始（演示）").returncode == 0
    kill = [sys.executable, "-c", KILLED, str(backup), f"{where}.{name}", str(goes_on)]
    env = surroundings(home, DJANGO_SETTINGS_MODULE="junheng.project.settings")
    died = subprocess.run(kill, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    told = json.loads(junheng(home, "doctor", "--json").stdout)
    assert "还没有收尾" in next(one["wrong"] for one in told if one["check"] == "no-restore-is-broken-off")
    first = junheng(home, "figures", "--json")
    assert (first.returncode != 0, "现在已经收尾" in first.stderr) == (True, True)
    accounts = junheng(home, "account", "list")
    came = point == "the database is in its place"
    assert ("kaishi" in accounts.stdout, photo.exists(), (home / MARK).exists()) == (not came, came, not came)
    assert [
        one.name for pattern in ("*restoring*", "building-*", "photos/.*") for one in home.glob(pattern)
    ] == []
    told = json.loads(junheng(home, "doctor", "--json").stdout)
    assert next(one["wrong"] for one in told if one["check"] == "audit-chain-holds") is None
