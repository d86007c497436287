"""A moment that tests set, a home folder of their own, and a citizen with a phone."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.domains.registrations.walking import Clock
from tests.domains.tips.telling import AT


@pytest.fixture(autouse=True)
def clock(places: Any, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Clock:
    one = Clock(AT)
    monkeypatch.setattr(timezone, "now", one)
    settings.JUNHENG_HOME = tmp_path
    return one


@pytest.fixture
def citizen() -> Client:
    return Client()
