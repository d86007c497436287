"""From a row number in a snapshot to the record in its register: its name, its county, and whether it may be opened."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.platform.figures.answers import Record
from junheng.platform.registers import PUBLIC, SENSITIVE, Register, every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.flags import LIST
from junheng.platform.registers.values import words
from junheng.platform.stewardship.units import counties

COUNTY_DIGITS = 6


class Keeper:
    """Whoever sits at the machine itself and holds the files: the command line hides nothing from them."""


Viewer = Asker | Keeper | None
"""Who looks: a person with a scope, the keeper of the house, or the public."""


def named(
    rows: Sequence[tuple[str, int, str, date | None, str]], *, viewer: Viewer, owner: str = ""
) -> tuple[Record, ...]:
    """Name records given as (register, number, area, since, note), in their order.

    A record outside the viewer's scope is told by its number and county only: what is outside looks absent. The
    public is told nothing at all of the rows that a register holds back.
    """
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for slug in {row[0] for row in rows}:
        register = every_register().get(slug)
        if register is not None:
            found |= _labels(register, [row[1] for row in rows if row[0] == slug], viewer)
    counties = county_names()
    return tuple(
        Record(
            id=number,
            register=slug,
            label=found.get((slug, number), (_("第 %(id)s 号记录") % {"id": number}, ""))[0],
            url=found.get((slug, number), ("", ""))[1],
            area=area,
            county=counties.get(area[:COUNTY_DIGITS], ""),
            since=since,
            note=note,
            owner=counties.get(area[:COUNTY_DIGITS], owner) or owner,
        )
        for slug, number, area, since, note in rows
        if viewer is not None or slug not in every_register() or (slug, number) in found
    )


def county_names() -> dict[str, str]:
    """The names of the county-level units by code."""
    return counties() if "areas" in every_register() else {}


def may_see(register: Register[Any], viewer: Viewer) -> bool:
    """Whether the viewer may see records of the register at all."""
    if isinstance(viewer, Asker):
        return viewer.may("view", register)
    return viewer is not None or is_public(register)


def is_public(register: Register[Any]) -> bool:
    """Whether the public may look at the records of a register at all."""
    return register.readers is None and any(PUBLIC in field.flags for field in register.fields)


def _labels(
    register: Register[Any], ids: Iterable[int], viewer: Viewer
) -> dict[tuple[str, int], tuple[str, str]]:
    rows = register.rows().filter(pk__in=[_key(register, number) for number in ids])
    if isinstance(viewer, Asker):
        rows = viewer.within(rows, register, "view")
    elif viewer is None:
        rows = register.public_rows(rows) if is_public(register) else rows.none()
    return {
        (register.slug, int(row.pk)): (
            label_of(register, row),
            reverse("registers:detail", args=[register.slug, row.pk]),
        )
        for row in rows
    }


def _key(register: Register[Any], number: int) -> Any:
    """The primary key that has this number: areas are keyed by their code."""
    return str(number) if register.model._meta.pk.get_internal_type() == "CharField" else number


def label_of(register: Register[Any], row: Model) -> str:
    """What a record is called in a list of records: its first listed values that are not sensitive."""
    shown = [field for field in register.flagged(LIST) if SENSITIVE not in field.flags][:3]
    return " · ".join(filter(None, (words(register, field, row) for field in shown)))
