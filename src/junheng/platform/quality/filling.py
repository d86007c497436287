"""How full the registers of each unit are, and when each unit last changed them: whole numbers, one question a register."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, F, Max, Q, Value
from django.db.models.functions import Substr
from django.utils import timezone

from junheng.platform.audit.models import Entry, Verb
from junheng.platform.quality.declare import Expectation, every_expectation
from junheng.platform.quality.finding import place_paths
from junheng.platform.quality.models import Tally
from junheng.platform.registers import Register, register_called

COUNTY = 6
CHUNK = 5_000
WRITES = (Verb.CREATE, Verb.CHANGE, Verb.RETIRE, Verb.DEED)
Unit = tuple[str, int | None]


def tallies(on: date) -> list[Tally]:
    """One line for each register of each unit; a unit is a county, or a school where the register has schools."""
    return [tally for one in every_expectation().values() for tally in tallies_of(one, on)]


def tallies_of(one: Expectation, on: date) -> Iterator[Tally]:
    """The lines of one register."""
    register = register_called(one.register)
    area, school, _ = place_paths(register)
    rows = register.model._default_manager.order_by().filter(register.holds(on))
    grouped = rows.annotate(
        unit_area=Substr(F(area), 1, COUNTY) if area else Value(""),
        unit_school=F(school) if school else Value(None, output_field=BigIntegerField()),
    ).values("unit_area", "unit_school")
    counts = {f"has_{name}": Count("pk", filter=has_value(register, name)) for name in one.fields}
    lines = list(grouped.annotate(every=Count("pk"), last=Max("pk"), **counts))
    changed = changes_of(register, lines)
    for line in lines:
        unit = (line["unit_area"], line["unit_school"])
        yield Tally(
            register=one.register,
            area=unit[0],
            school=unit[1],
            rows=line["every"],
            filled={name: line[f"has_{name}"] for name in one.fields},
            changed_on=changed.get(unit),
        )


def has_value(register: Register[Any], name: str) -> Q:
    """The rows in which a field is filled in; a sealed one is asked only whether something is there."""
    field = register.model_field(name)
    there = Q(**{f"{name}__isnull": False})
    return there & ~Q(**{name: ""}) if field.empty_strings_allowed and not field.is_relation else there


def changes_of(register: Register[Any], lines: Iterable[dict[str, Any]]) -> dict[Unit, date]:
    """The day of each unit's last change: of a row of its own, else of the batch its youngest row came with."""
    table = register.model._meta.label_lower
    batches = sorted(
        Entry.objects.filter(table=table, first_row__isnull=False).values_list("last_row", "first_row", "at")
    )
    found: dict[Unit, datetime] = {}
    ends = [last for last, _first, _at in batches]
    for line in lines:
        place = bisect_left(ends, line["last"])
        if place < len(batches) and batches[place][1] <= line["last"]:
            found[(line["unit_area"], line["unit_school"])] = batches[place][2]
    for unit, at in single_changes(register, table):
        if unit not in found or at > found[unit]:
            found[unit] = at
    return {unit: timezone.localdate(at) for unit, at in found.items()}


def single_changes(register: Register[Any], table: str) -> Iterator[tuple[Unit, datetime]]:
    """The unit and moment of every row that was changed by itself."""
    entries = Entry.objects.filter(table=table, row__isnull=False, verb__in=WRITES).order_by()
    moments = dict(entries.values_list("row").annotate(Max("at")))
    area, school, _ = place_paths(register)
    numbers = list(moments)
    for start in range(0, len(numbers), CHUNK):
        rows = register.model._default_manager.order_by().filter(pk__in=numbers[start : start + CHUNK])
        for pk, code, of in rows.values_list(
            "pk", area or Value(""), school or Value(None, output_field=BigIntegerField())
        ):
            yield (str(code or "")[:COUNTY], of), moments[pk]
