"""A day of the house, and a home folder of its own for uploads, keys and the list of destroyed ones."""

from typing import Any

import pytest

from tests.domains.partnerlists.made import ON


@pytest.fixture(autouse=True)
def house(places: Any, settings: Any, tmp_path: Any) -> None:
    settings.JUNHENG_AS_OF = ON
    settings.JUNHENG_HOME = tmp_path
    settings.JUNHENG_KEYS = tmp_path / "keys" / "ring.json"
