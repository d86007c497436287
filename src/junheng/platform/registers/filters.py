"""Filters: what a list can be narrowed down by, one kind for each kind of column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, DateField, DateTimeField, ForeignKey, Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from junheng.kernel.errors import Refusal
from junheng.platform.access.scope import within_area
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import FILTER
from junheng.platform.registers.keys import key_part, reference, reference_field
from junheng.platform.registers.registry import register_of

COUNTED = 10_000
"""Rows are counted up to here; beyond it the list says "more than" and cannot be sorted without an index."""
COUNTY = 6
"""Digits of the code of a county-level unit: longer ones are townships, offered within the chosen county only."""
OFFERED = 200
"""A relation with at most so many rows is offered as a list to choose from, else as a box to type a key in."""


Offers = list[tuple[str, str]]
"""What can be chosen: values with their labels."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value a filter offers; ``count`` is how many rows it leaves, where that is cheap to know."""

    value: str
    label: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A filter as the page shows it: ``kind`` is ``choose``, ``type`` or ``days``."""

    name: str
    label: str
    kind: str
    value: str = ""
    to: str = ""
    options: list[Option] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Filter:
    """One filterable field of a register."""

    register: Register[Any]
    field: F

    @property
    def column(self) -> Any:
        """The model's column."""
        return self.register.model_field(self.field)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names this filter has in the address."""
        name = self.field.name
        return (f"{name}_from", f"{name}_to") if self.is_days else (name,)

    @property
    def is_days(self) -> bool:
        """Whether it narrows by a first and a last day."""
        return isinstance(self.column, DateField)

    @property
    def is_area(self) -> bool:
        """Whether it narrows to an area and all that lies in it: a relation whose key is a code in words."""
        return isinstance(self.column, ForeignKey) and isinstance(
            self.column.target_field.to_python("1"), str
        )

    def narrow(self, rows: "QuerySet[Any]", asked: Mapping[str, str]) -> "QuerySet[Any]":
        """The rows left. A value that makes no sense is refused, not ignored: an ignored filter shows too much."""
        name = self.field.name
        if self.is_days:
            return self.narrow_days(rows, asked)
        value = asked.get(name, "")
        if not value:
            return rows
        if self.is_area:
            return rows.filter(within_area(name, self.checked_area(value)))
        if isinstance(self.column, ForeignKey):
            return rows.filter(**{f"{name}__in": self.related(value)})
        if isinstance(self.column, BooleanField):
            if value not in {"1", "0"}:
                raise self.nonsense(value)
            return rows.filter(**{name: value == "1"})
        if self.column.choices and value not in {str(key) for key, _label in self.column.flatchoices}:
            raise self.nonsense(value)
        try:
            return rows.filter(**{name: self.column.to_python(value)})
        except (ValueError, OverflowError):
            raise self.nonsense(value) from None

    def narrow_days(self, rows: "QuerySet[Any]", asked: Mapping[str, str]) -> "QuerySet[Any]":
        """Rows from the first to the last day asked for, both included."""
        path = f"{self.field.name}__date" if isinstance(self.column, DateTimeField) else self.field.name
        for parameter, comparison in zip(self.parameters, ("gte", "lte"), strict=True):
            if text := asked.get(parameter, ""):
                try:
                    rows = rows.filter(**{f"{path}__{comparison}": date.fromisoformat(text)})
                except ValueError:
                    raise self.nonsense(text) from None
        return rows

    def checked_area(self, value: str) -> str:
        """An area code: digits only, since it becomes a range."""
        if not (value.isascii() and value.isdigit()):
            raise self.nonsense(value)
        return value

    def related(self, value: str) -> list[Any]:
        """The numbers of the row a relation is narrowed to, given by number (in links) or by key (typed).

        A key that leads nowhere leaves nothing, like the key of a row that nobody in the scope is related to: the
        answer does not tell which.
        """
        model = self.column.related_model
        typed = key_part(value)
        key = reference_field(model)
        found = (
            list(model._default_manager.filter(**{key: typed}).values_list("pk", flat=True))
            if key != "pk"
            else []
        )
        return found or ([int(typed)] if typed.isascii() and typed.isdigit() and len(typed) < 19 else [])

    def nonsense(self, value: str) -> Refusal:
        """The refusal of a value that no row could have."""
        return Refusal(
            "bad-filter",
            "筛选条件「{label}」没有「{value}」这个值。请重新选择，或清空这个条件。",
            label=self.register.label_of(self.field),
            value=value[:40],
        )

    def box(
        self, asked: Mapping[str, str], related: "Offers | None", counts: Mapping[str, int] | None
    ) -> Box:
        """The filter for the page.

        ``related`` are the rows that a relation offers; ``counts`` say how many of the rows that all other filters
        leave have each value, ``None`` where there are too many to count.
        """
        name = self.field.name
        label = self.register.label_of(self.field)
        if self.is_days:
            first, last = (asked.get(parameter, "") for parameter in self.parameters)
            return Box(name, label, "days", first, last)
        value = asked.get(name, "")
        offered = related if isinstance(self.column, ForeignKey) else self.offered(counts)
        if offered is None:
            return Box(name, label, "type", value)
        options = [
            Option(key, text, self.count_of(key, counts), chosen=key == value)
            for key, text in offered
            if key == value or counts is None or self.count_of(key, counts)
        ]
        return Box(name, label, "choose", value, options=options)

    def count_of(self, key: str, counts: Mapping[str, int] | None) -> int | None:
        """The rows an option leaves; an area's are those of all that lies in it."""
        if counts is None:
            return None
        if self.is_area:
            return sum(count for code, count in counts.items() if code.startswith(key))
        return counts.get(key, 0)

    def offered(self, counts: Mapping[str, int] | None) -> "Offers | None":
        """The values to choose from in a column that is no relation; ``None`` where there are too many."""
        if isinstance(self.column, BooleanField):
            return [("1", _("是")), ("0", _("否"))]
        if self.column.choices:
            return [(str(key), str(label)) for key, label in self.column.flatchoices]
        known = sorted(counts) if counts is not None else []
        return [(one, one) for one in known if one not in {"", "None"}] if 0 < len(known) <= OFFERED else None

    def offered_rows(self, value: str, asker: Asker) -> "Offers | None":
        """The rows a relation can be narrowed to: units of a city and what lies in the chosen one, or a short list."""
        model = self.column.related_model
        other = register_of(model)
        if other is None:
            return None
        rows = asker.may_refer_to(other, other.rows()).order_by("pk")
        if self.is_area:
            offered = Q(size__lte=COUNTY)
            if len(value) >= COUNTY:
                offered |= Q(pk__startswith=value[:COUNTY])
            return [(row.pk, str(row)) for row in rows.alias(size=Length("pk")).filter(offered)]
        if rows.values_list("pk")[OFFERED : OFFERED + 1]:  # too many: none of them is read
            return None
        return [(str(row.pk), reference(row)) for row in rows]


def boxes_of(
    register: Register[Any],
    asked: Mapping[str, str],
    asker: Asker,
    left: "Callable[[Mapping[str, str]], QuerySet[Any]] | None",
) -> list[Box]:
    """The filters of a register for the page.

    ``left`` answers which rows some filters leave; ``None`` where there are too many to count. What is not narrowed by
    is counted with one question, every filter that is with two of its own: its options are counted without it, where
    that leaves few enough.
    """
    filters = filters_of(register)
    related = {
        one.field.name: one.offered_rows(asked.get(one.field.name, ""), asker)
        for one in filters
        if isinstance(one.column, ForeignKey)
    }
    counts: dict[str, dict[str, int]] = {}
    if left is not None:
        names = [one.field.name for one in filters if not one.is_days]
        names = [name for name in names if related.get(name, ()) is not None]
        counts |= counts_in(left(asked), [name for name in names if name not in asked])
        for name in [name for name in names if name in asked]:
            wider = left({key: value for key, value in asked.items() if key != name})
            if wider.order_by().values("pk")[: COUNTED + 1].count() <= COUNTED:
                counts |= counts_in(wider, [name])
    return [one.box(asked, related.get(one.field.name), counts.get(one.field.name)) for one in filters]


def counts_in(rows: "QuerySet[Any]", names: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many rows have each value of each of these columns: one question, whatever their number."""
    counts: dict[str, dict[str, int]] = {name: {} for name in names}
    if not names:
        return counts
    columns = [rows.model._meta.get_field(name).attname for name in names]
    for *values, number in rows.order_by().values_list(*columns).annotate(Count("pk")):
        for name, value in zip(names, values, strict=True):
            key = ("1" if value else "0") if isinstance(value, bool) else str(value)
            counts[name][key] = counts[name].get(key, 0) + number
    return counts


def filters_of(register: Register[Any]) -> list[Filter]:
    """The filters of a register, in the order of its fields."""
    return [Filter(register, one) for one in register.flagged(FILTER)]
