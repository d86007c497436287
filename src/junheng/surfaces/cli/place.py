"""What a folder of data says about itself, so that every command speaks of it as the one that made it did."""

import json
import os
from contextlib import suppress
from pathlib import Path

MARK = "demonstration.json"
"""Lies in the folder of a demonstration: settings that hold there unless the environment says otherwise."""
DEMONSTRATION = {"JUNHENG_DEMO": "1", "JUNHENG_AS_OF": "2023-12-31"}


def home() -> Path:
    """The folder with the data of this installation."""
    return Path(os.environ.get("JUNHENG_HOME", "").strip() or "var").expanduser().absolute()


def recall() -> None:
    """Take over what the folder says. Must run before settings are read; a mark that cannot be read says nothing."""
    with suppress(OSError, ValueError, AttributeError):
        said = json.loads((home() / MARK).read_text(encoding="utf-8"))
        _settle({name: str(value) for name, value in said.items() if name in DEMONSTRATION})


def assume_demonstration() -> None:
    """Speak of this folder as of a demonstration, in this process."""
    _settle(DEMONSTRATION)


def mark_demonstration(folder: Path) -> None:
    """Say in the folder that it holds a demonstration."""
    (folder / MARK).write_text(json.dumps(DEMONSTRATION, indent=1) + "\n", encoding="utf-8")


def _settle(said: dict[str, str]) -> None:
    for name, value in said.items():
        os.environ.setdefault(name, value)
