"""Wrong declarations of quality speak when the house starts."""

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist

from junheng.platform.quality.declare import (
    Declared,
    Likeness,
    Measure,
    Rule,
    every_declaration,
    every_expectation,
    kind_of,
)
from junheng.platform.quality.touching import unknown_places
from junheng.platform.registers import every_register

PERSONS = frozenset({"pupils", "children", "households", "people", "entrants", "committee"})
"""Registers whose rows are persons or families: no number of theirs is compared with that of others."""


@checks.register("quality")
def check_quality(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Everything wrong with any declaration."""
    found = [message for one in every_declaration().values() for message in check_one(one)]
    for expected in every_expectation().values():
        found += fields_unknown(f"expectation of {expected.register}", expected.register, expected.fields)
    return found


def error(name: str, number: int, words: str) -> checks.Error:
    """One mistake; the id never changes once published."""
    return checks.Error(f"{name} {words}", id=f"quality.E{number:03}")


def check_one(one: Declared) -> Iterator[checks.CheckMessage]:
    """Register, fields, figures' columns and questions of one declaration are there."""
    if one.register not in every_register():
        yield error(one.code, 1, f"speaks of {one.register!r}, which is no register")
        return
    fields = one.fields
    if isinstance(one, Likeness):
        fields += tuple(
            column for columns, _words in one.exact for column in columns if column[-6:] != "_blind"
        )
    yield from fields_unknown(one.code, one.register, fields)
    for place in unknown_places(one):
        yield error(one.code, 3, f"touches {place!r}, which is in no contract")
    if isinstance(one, Rule) and (one.find is None) == (one.look is None):
        yield error(one.code, 4, "asks neither all rows nor one, or both")
    if isinstance(one, Measure) and one.register in PERSONS:
        yield error(
            one.code, 5, f"measures {kind_of(one)} of {one.register!r}: persons are never compared by number"
        )


def fields_unknown(name: str, slug: str, fields: tuple[str, ...]) -> list[checks.CheckMessage]:
    """The fields that the model lacks."""
    model = every_register()[slug].model
    found: list[checks.CheckMessage] = []
    for field in fields:
        try:
            model._meta.get_field(field)
        except FieldDoesNotExist:
            found.append(error(name, 2, f"names {field!r}, which {model.__name__} lacks"))
    return found
