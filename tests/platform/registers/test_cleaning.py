"""A text of which only the length is asked means what the form and the column make of it."""

from typing import Any

import pytest

from junheng.platform.access.roles import Role
from junheng.platform.registers import Register, every_register
from junheng.platform.registers.cleaning import Cleaner
from tests import cast
from tests.makers.rows import CITY

pytestmark = pytest.mark.django_db
REGISTERS = list(every_register().values())
SIGNS = ("某", "a", "1", " ", "\u3000", "\u200b", "\x00", "\n", "é", "𠮷", "<b>", "=1", "\ud800")


def texts(limit: int) -> list[str]:
    """Words at and beyond a limit, and every odd sign within, before and behind a word."""
    whole = [sign * count for sign in ("某", "1") for count in (1, limit - 1, limit, limit + 1)]
    return [*whole, *(text for one in SIGNS for text in (f"甲{one}乙", f"{one}甲", f"甲{one}", one))]


def outcome(cleaned: Any) -> tuple[Any, list[str]]:
    value, wrong = cleaned
    return value, wrong.messages if wrong else []


@pytest.mark.parametrize("register", REGISTERS, ids=repr)
def test_a_quick_look_finds_what_a_long_one_finds(register: Register[Any]) -> None:
    cleaner = Cleaner(register, cast.asker(cast.somebody(Role.CITY_OFFICE, area=CITY)), {})
    for name, limit in cleaner.longest.items():
        for text in texts(limit) if limit else ():
            assert outcome(cleaner.value(name, text)) == outcome(cleaner.clean(name, text)), (name, text)


def test_some_columns_are_looked_at_quickly_and_choices_never_are() -> None:
    register = next(one for one in REGISTERS if one.slug == "schools")
    cleaner = Cleaner(register, cast.asker(cast.somebody(Role.CITY_OFFICE, area=CITY)), {})
    assert cleaner.longest["name"] == 60
    assert cleaner.longest["kind"] == cleaner.longest["area"] == cleaner.longest["since"] == 0
