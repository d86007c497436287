"""Rows that may be one person or one institution: equal in columns that hardly ever agree by chance, or alike in name."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count

from junheng.kernel.quality import alike, plain
from junheng.platform.figures.records import county_names
from junheng.platform.quality.declare import Likeness
from junheng.platform.registers import Register, register_called

LARGEST = 12
"""More rows than this that agree are no doubles but a fault of the column: only neighbours are paired then."""
COUNTY = 6
CHUNK = 5_000
Pair = tuple[int, int]


def doubles(one: Likeness, on: date) -> dict[Pair, dict[str, Any]]:
    """Pairs with the ways in which they agree, by place in the declaration, and how alike their names are."""
    register = register_called(one.register)
    found: dict[Pair, dict[str, Any]] = defaultdict(lambda: {"ways": [], "share": ""})
    for way, (columns, _words) in enumerate(one.exact):
        if all(column in columns_there(register) for column in columns):
            for pair in agreeing(register, columns, on if one.overlap else None):
                found[pair]["ways"].append(way)
    if one.similar:
        for row, other, share in similar(register, one.name, on):
            known = found[(row, other)]
            known["share"] = f"{share.numerator}/{share.denominator}"
    return dict(found)


def columns_there(register: Register[Any]) -> set[str]:
    """The names of the model's columns; a column that an installation does not have is not asked."""
    return {one.name for one in register.model._meta.concrete_fields}


def agreeing(register: Register[Any], columns: tuple[str, ...], on: date | None) -> Iterable[Pair]:
    """Pairs of rows that agree in all the columns; empty text agrees with nothing. The first column is the rarest.

    With a day only rows that hold on it are compared.
    """
    rows = register.model._default_manager.order_by()
    if on is not None:
        rows = rows.filter(register.holds(on))
    for column in columns:
        if (
            register.model_field(column).empty_strings_allowed
            and not register.model_field(column).is_relation
        ):
            rows = rows.exclude(**{column: ""})
    agreed = rows.values(*columns).annotate(here=Count("pk")).filter(here__gt=1)
    wanted = list(agreed.values_list(columns[0], flat=True))
    if not wanted:
        return
    groups: dict[Any, list[int]] = defaultdict(list)
    for start in range(0, len(wanted), CHUNK):
        near_them = rows.filter(**{f"{columns[0]}__in": wanted[start : start + CHUNK]})
        for values in near_them.values_list("pk", *columns):
            groups[values[1:]].append(int(values[0]))
    for group in groups.values():
        group = sorted(set(group))
        near = 1 if len(group) > LARGEST else len(group)
        for at, row in enumerate(group):
            yield from ((row, other) for other in group[at + 1 : at + 1 + near])


def similar(register: Register[Any], name: str, on: date) -> Iterable[tuple[int, int, Any]]:
    """Pairs of rows of one township whose names are alike: within a county many are called alike and are not one."""
    counties = county_names()
    rows = register.model._default_manager.order_by().filter(register.holds(on))
    names = {}
    for pk, area, text in rows.values_list("pk", register.area, name):
        county = str(area)[:COUNTY]
        names[int(pk)] = (area, plain(text, (counties[county],) if county in counties else ()))
    return alike(names)
