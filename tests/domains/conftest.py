"""What every test of a room starts from: the places, and a moment."""

import pytest

from junheng.domains.areas.models import Area
from tests.domains import makers


@pytest.fixture(autouse=True)
def places(db: None) -> dict[str, Area]:
    return makers.areas()
