"""The places a grant can name, found in the registers of areas, schools and classes by their addresses."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q

from junheng.kernel.errors import Refusal
from junheng.platform.accounts.rights import inside
from junheng.platform.registers import Register, every_register
from junheng.platform.registers.flags import KEY, SEARCH

COUNTY = 6
"""Digits of a county's code; a township's has more."""


def register_for(slug: str) -> Register[Any] | None:
    """A register of places, where the house has it."""
    return every_register().get(slug)


def area_choices(areas: list[str]) -> list[tuple[str, str]]:
    """The areas within these, by code, with their names; these themselves also while the register knows none yet."""
    register = register_for("areas")
    found = {code: code for code in areas}
    if register is not None and register.area is not None:
        rows = register.rows().filter(inside(register.area, areas)).order_by(register.area)
        found |= {str(row.pk): f"{row} {row.pk}" for row in rows}
    return sorted(found.items())


def county_choices(areas: list[str]) -> list[tuple[str, str]]:
    """The city and its counties among the areas."""
    return [pair for pair in area_choices(areas) if len(pair[0]) <= COUNTY]


def find_school(text: str, *, area: str) -> Model:
    """The school of an area by its code or its full name."""
    register = register_for("schools")
    wanted = text.strip()
    if register is not None and register.area is not None and wanted:
        names = {field.name for field in (*register.flagged(KEY), *register.flagged(SEARCH))}
        called = Q(pk__in=[])
        for name in sorted(names):
            called |= Q(**{name: wanted})
        found = list(register.rows().filter(called, inside(register.area, [area]))[:2])
        if len(found) == 1:
            school: Model = found[0]
            return school
    raise Refusal(
        "no-such-school",
        "所选区划内没有找到学校「{text}」。请填写学校标识码或全称，并核对区划。",
        text=wanted[:40],
    )


def find_class(text: str, *, school: Model) -> Model:
    """A class of a school as its list calls it: its name, or its number."""
    wanted = "".join(text.split())
    rows = classes_of(school)
    for row in rows:
        if wanted and wanted in {str(row.pk), "".join(str(row).split()), short_name(row, school)}:
            return row
    raise Refusal(
        "no-such-class", "这所学校没有班级「{text}」。现有班级：{classes}。", text=wanted[:40],
        classes="、".join(short_name(row, school) for row in rows[:60]) or "—",
    )  # fmt: skip


def classes_of(school: Model) -> list[Model]:
    """The open classes of a school."""
    register = register_for("classes")
    if register is None or register.school is None:
        return []
    rows = register.rows().filter(**{register.school: school.pk})
    if register.until is not None:
        rows = rows.filter(**{register.until: None})
    return list(rows.order_by(*(register.order or ("pk",))))


def short_name(row: Model, school: Model) -> str:
    """A class without the name of its school before it."""
    return "".join(str(row).removeprefix(str(school)).split())


def names_of(slug: str, numbers: Iterable[Any]) -> dict[Any, str]:
    """Names of rows by number: one question."""
    register, wanted = register_for(slug), {one for one in numbers if one}
    if register is None or not wanted:
        return {}
    return {row.pk: str(row) for row in register.rows().filter(pk__in=wanted)}
