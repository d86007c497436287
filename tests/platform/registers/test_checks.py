"""Wrong declarations speak at start-up, each with its id and a hint."""

from collections.abc import Iterator
from typing import Any

import pytest

from junheng.content.datasets.places import Classes, Schools
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.platform.registers import (
    FILTER,
    FIXED,
    KEY,
    LIST,
    PUBLIC,
    SENSITIVE,
    F,
    Level,
    Owner,
    Policy,
    Register,
    every_register,
    register,
    registry,
)
from junheng.platform.registers.checks import check_register, check_registers
from junheng.platform.registers.policies import Source

COUNTY_DECIDES = Policy(Owner.COUNTY, Level.COUNTY, why="以批复为准。")
SCHOOL_ONLY = Policy(Owner.SCHOOL, Level.SCHOOL, only=True, why="以学校为准。")


def declared(**given: Any) -> Register[Any]:
    """A declaration that is in order, but for what a test says."""
    right = {
        "__doc__": "学校。",
        "slug": "schools",
        "model": School,
        "area": "area",
        "fulfils": Schools,
        "fields": (F("code", KEY | LIST),),
    }
    return type("Trial", (Register,), right | given)()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("given", "number", "words"),
    [
        ({"fields": ()}, 1, "lists no field"),
        ({"fields": (F("telephone"),)}, 2, "lists 'telephone', which School lacks"),
        ({"fields": (F("code"), F("code"))}, 3, "lists 'code' twice"),
        ({"fields": (F("phone", SENSITIVE | PUBLIC),)}, 4, "'phone' is sensitive and public"),
        ({"fields": (F("phone", SENSITIVE | FILTER),)}, 5, "filters by the sensitive 'phone'"),
        ({"area": "areas"}, 7, "area = 'areas', which leads nowhere"),
        ({"school": "group__school"}, 7, "school = 'group__school', which leads nowhere"),
        ({"since": "name"}, 8, "since = 'name', which is not a day"),
        ({"columns": {"colour": "name"}}, 9, "maps 'colour', which is no column"),
        ({"slug": "My schools"}, 10, "the address 'My schools'"),
        ({"slug": "school"}, 11, "is called 'school', its contract 'schools'"),
        ({"chapter": "sports"}, 12, "the chapter 'sports'"),
        ({"readers": {"king"}}, 13, "unknown role 'king'"),
        ({"__doc__": None}, 14, "has no docstring"),
        ({"slug": "classes", "fulfils": Classes}, 15, "owes its contract the column 'stage'"),
        ({"columns": {"kind": "boarding"}}, 16, "fulfils 'kind' (string) with 'boarding', which holds bool"),
        ({"columns": {"since": "until"}}, 17, "may leave 'since' empty"),
        ({"columns": {"kind": "nature"}}, 18, "differ in the values of 'kind'"),
        ({"policy": Policy(Owner.OUTSIDE, why="x")}, 30, "is kept by a body outside of the house"),
        ({"fields": (F("name", FIXED, by=COUNTY_DECIDES),)}, 31, "lets the fixed 'name' be approved"),
        (
            {"writers": {"city_section"}, "fields": (F("name", by=SCHOOL_ONLY),)},
            32,
            "'name' to be approved by nobody",
        ),
        ({"new_rows": SCHOOL_ONLY, "writers": {"city_section"}}, 32, "new rows to be approved by nobody"),
        ({"fields": (F("name", by=Policy(Owner.COUNTY)),)}, 33, "gives no reason for the policy of 'name'"),
        ({"policy": Policy(Owner.COUNTY, why="x", trust=(Source.API,))}, 34, "does not rank every source"),
        ({"new_rows": Policy(Owner.COUNTY, why="x")}, 35, "cannot keep its new rows for approval"),
        ({"model": Pupil, "new_rows": COUNTY_DECIDES, "fulfils": None}, 35, "cannot keep its new rows"),
    ],
)
def test_a_mistake_is_named(given: dict[str, Any], number: int, words: str) -> None:
    found = [(message.id, message.msg) for message in check_register(declared(**given))]
    assert any(number_of == f"registers.E{number:03}" and words in told for number_of, told in found)


def test_a_declaration_in_order_says_nothing() -> None:
    assert not list(check_register(declared()))


def test_the_hint_lists_the_fields_there_are() -> None:
    (message,) = check_register(declared(fields=(F("telephone"),)))
    assert message.hint is not None
    assert message.hint.startswith("Fields here: address, area, boarding, code")


def test_the_whole_house_is_in_order() -> None:
    assert check_registers() == []


@pytest.fixture
def _registry_as_before() -> Iterator[None]:
    before, models = dict(registry._REGISTERS), dict(registry._BY_MODEL)
    yield
    registry._REGISTERS.clear()
    registry._REGISTERS.update(before)
    registry._BY_MODEL.clear()
    registry._BY_MODEL.update(models)


@pytest.mark.usefixtures("_registry_as_before")
def test_two_registers_cannot_have_one_address() -> None:
    taken = next(iter(every_register()))
    with pytest.raises(TypeError, match="two registers are called"):
        register(type(declared(slug=taken, model=Pupil)))
