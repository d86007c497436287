"""Keys of its own for every test."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> Path:
    settings.JUNHENG_KEYS = tmp_path / "keys" / "ring.json"
    return tmp_path / "keys" / "ring.json"
