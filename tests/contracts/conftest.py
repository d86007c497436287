"""A home folder of its own for every test, so that uploads of one are not seen by another."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _home(tmp_path: Any, settings: Any) -> None:
    settings.JUNHENG_HOME = tmp_path
