"""A warden at a river in June, with a phone, at a moment that tests set."""

from typing import Any

import pytest
from django.utils import timezone

from junheng.domains.people.models import Person
from junheng.domains.waters.models import Water
from tests.domains.fieldwork.bank import NOW, Phone, river, warden
from tests.domains.registrations.walking import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Clock:
    one = Clock(NOW)
    monkeypatch.setattr(timezone, "now", one)
    settings.JUNHENG_HOME = tmp_path
    return one


@pytest.fixture
def person(places: Any, clock: Clock) -> Person:
    return warden(name="赵水生")


@pytest.fixture
def water(person: Person) -> Water:
    return river(person, name="蒋沟河段")


@pytest.fixture
def phone(person: Person, water: Water, clock: Clock) -> Phone:
    assert person.user is not None
    return Phone(person.user, clock)
