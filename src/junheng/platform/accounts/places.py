"""The places a grant can name, found in the registers of areas, schools and classes by their addresses."""

from collections.abc import Iterable, Sequence
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


def schools_called(texts: Iterable[str]) -> dict[str, list[Model]]:
    """The schools that each text names, by code or full name, wherever they lie: one question."""
    return units_called("schools", texts)


def units_called(slug: str, texts: Iterable[str]) -> dict[str, list[Model]]:
    """The schools, or the kindergartens, that each text names: one question."""
    register, wanted = register_for(slug), set(texts)
    if register is None or not wanted:
        return {}
    names = sorted({field.name for field in (*register.flagged(KEY), *register.flagged(SEARCH))})
    called = Q(pk__in=[])
    for name in names:
        called |= Q(**{f"{name}__in": wanted})
    found: dict[str, list[Model]] = {}
    for row in register.rows().filter(called):
        for text in wanted & {str(getattr(row, name)) for name in names}:
            found.setdefault(text, []).append(row)
    return found


def area_of(row: Model, slug: str) -> str:
    """The code of the area in which a row of a register lies."""
    register = register_for(slug)
    assert register is not None
    assert register.area is not None
    return str(getattr(row, f"{register.area}_id", None) or getattr(row, register.area))


def lying_in(area: str, slug: str, rows: Iterable[Model]) -> list[Model]:
    """The rows of a register that lie in an area."""
    return [row for row in rows if area_of(row, slug).startswith(area)]


def find_school(text: str, *, area: str) -> Model:
    """The school of an area by its code or its full name."""
    wanted = text.strip()
    found = lying_in(area, "schools", schools_called({wanted} - {""}).get(wanted, []))
    if len(found) == 1:
        return found[0]
    raise no_such_school(wanted)


def find_kindergarten(text: str, *, area: str) -> Model:
    """The kindergarten of an area by its code or its full name."""
    wanted = text.strip()
    return kindergarten_among(
        units_called("kindergartens", {wanted} - {""}).get(wanted, []), wanted, area=area
    )


def kindergarten_among(rows: Iterable[Model], text: str, *, area: str) -> Model:
    """The one kindergarten of the area among those that a text names."""
    found = lying_in(area, "kindergartens", rows)
    if len(found) == 1:
        return found[0]
    raise Refusal(
        "no-such-kindergarten",
        "所选区划内没有找到幼儿园「{text}」。请填写学校标识码或全称，并核对区划。",
        text=text[:40],
    )


def no_such_school(text: str) -> Refusal:
    """The refusal of a school that is not there, or more than one."""
    return Refusal(
        "no-such-school",
        "所选区划内没有找到学校「{text}」。请填写学校标识码或全称，并核对区划。",
        text=text[:40],
    )


def find_class(text: str, *, school: Model) -> Model:
    """A class of a school as its list calls it: its name, or its number."""
    rows = classes_of(school)
    room = class_called(text, school, rows)
    if room is None:
        raise no_such_class(text, school, rows)
    return room


def class_called(text: str, school: Model, rooms: Iterable[Model]) -> Model | None:
    """The class among these that a text names."""
    wanted = "".join(text.split())
    for room in rooms:
        if wanted and wanted in {str(room.pk), "".join(str(room).split()), short_name(room, school)}:
            return room
    return None


def no_such_class(text: str, school: Model, rows: Sequence[Model]) -> Refusal:
    """The refusal of a class that a school does not have."""
    return Refusal(
        "no-such-class", "这所学校没有班级「{text}」。现有班级：{classes}。", text="".join(text.split())[:40],
        classes="、".join(short_name(row, school) for row in rows[:60]) or "—",
    )  # fmt: skip


def classes_of(school: Model) -> list[Model]:
    """The open classes of a school."""
    return classes_of_all([school]).get(school.pk, [])


def classes_of_all(schools: Iterable[Model]) -> dict[Any, list[Model]]:
    """The open classes of several schools, by school: one question."""
    register = register_for("classes")
    if register is None or register.school is None:
        return {}
    rows = register.rows().filter(**{f"{register.school}__in": [one.pk for one in schools]})
    if register.until is not None:
        rows = rows.filter(**{register.until: None})
    found: dict[Any, list[Model]] = {}
    for row in rows.order_by(*(register.order or ("pk",))):
        found.setdefault(getattr(row, f"{register.school}_id"), []).append(row)
    return found


def short_name(row: Model, school: Model) -> str:
    """A class without the name of its school before it."""
    return "".join(str(row).removeprefix(str(school)).split())


def names_of(slug: str, numbers: Iterable[Any]) -> dict[Any, str]:
    """Names of rows by number: one question."""
    register, wanted = register_for(slug), {one for one in numbers if one}
    if register is None or not wanted:
        return {}
    return {row.pk: str(row) for row in register.rows().filter(pk__in=wanted)}
