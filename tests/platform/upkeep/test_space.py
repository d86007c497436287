"""Tables are changed only where there is room for it; and nobody is asked for room who changes nothing."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from junheng.kernel.errors import Refusal
from junheng.platform.upkeep import space
from tests.small_house import opened

SIZE = 5_000_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "junheng.sqlite3").write_bytes(bytes(SIZE))
    return tmp_path / "junheng.sqlite3"


@pytest.mark.parametrize(
    ("free", "waiting", "refused"),
    [(2 * SIZE - 1, ["pupils.0002"], True), (2 * SIZE, ["pupils.0002"], False), (0, [], False)],
    ids=["a byte too few", "just enough", "nothing to change"],
)
def test_a_disk_that_is_too_small_is_said_before_anything_is_changed(
    file: Path, monkeypatch: pytest.MonkeyPatch, free: int, waiting: list[str], refused: bool
) -> None:
    monkeypatch.setattr(space, "pending", lambda: waiting)
    monkeypatch.setattr(space.shutil, "disk_usage", lambda _path: SimpleNamespace(free=free))
    with opened(file.parent):
        if refused:
            with pytest.raises(Refusal, match="约需 10 MB.*没有做任何改动") as said:
                space.refuse_small_disk()
            assert said.value.code == "disk-too-small"
        else:
            space.refuse_small_disk()
