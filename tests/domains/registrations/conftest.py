"""A family that has begun, in a county whose registration is open, at a moment that tests set."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from junheng.domains.intakes.models import Intake
from tests.domains.registrations import season
from tests.domains.registrations.season import DURING
from tests.domains.registrations.walking import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Clock:
    one = Clock(DURING)
    monkeypatch.setattr(timezone, "now", one)
    settings.JUNHENG_HOME = tmp_path
    return one


@pytest.fixture
def intake(places: Any, clock: Clock) -> Intake:
    return season.intake()


@pytest.fixture
def family(intake: Intake) -> Client:
    client = Client()
    sent = client.post(f"/registrations/intakes/{intake.code}/start/")
    assert sent.status_code == 302
    assert sent["Location"].endswith("/step/1/")
    return client
