"""Every test starts with the places, on a day, in a home folder of its own."""

from typing import Any

import pytest

from tests.makers.rows import areas
from tests.platform.quality.cases import DAY


@pytest.fixture(autouse=True)
def _house(db: None, tmp_path: Any, settings: Any) -> None:
    settings.JUNHENG_HOME = tmp_path
    settings.JUNHENG_AS_OF = DAY
    areas()
