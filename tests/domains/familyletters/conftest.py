"""A moment that tests set."""

from typing import Any

import pytest
from django.utils import timezone

from tests.domains.familyletters.made import AT
from tests.domains.registrations.walking import Clock


@pytest.fixture(autouse=True)
def clock(places: Any, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Clock:
    one = Clock(AT)
    monkeypatch.setattr(timezone, "now", one)
    settings.JUNHENG_HOME = tmp_path
    return one
