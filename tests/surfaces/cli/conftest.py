"""Commands run in this process, against a small city that was built once."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from junheng.surfaces.cli.main import main
from tests.small_house import built, house, own_house  # noqa: F401


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Ask = Callable[..., Said]


def asking(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """A function that runs one command as if typed where ``home`` is the folder of data."""
    monkeypatch.setenv("JUNHENG_HOME", str(home))
    for name in ("JUNHENG_DEMO", "JUNHENG_AS_OF"):  # what the command remembers is forgotten after the test
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)

    def ask(*arguments: str, stdin: bytes = b"") -> Said:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            code = main(arguments)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        written = capsys.readouterr()
        return Said(code, written.out, written.err)

    return ask


@pytest.fixture
def ask(house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:  # noqa: F811
    """Ask the small city."""
    return asking(house, monkeypatch, capsys)


@pytest.fixture
def ask_own(own_house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:  # noqa: F811
    """Ask a copy that the test may change."""
    return asking(own_house, monkeypatch, capsys)
