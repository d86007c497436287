"""A list and its address: what was asked in the query string, and the rows that answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from junheng.kernel.errors import Refusal
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.filters import COUNTED, filters_of
from junheng.platform.registers.flags import LIST, SEARCH, SENSITIVE
from junheng.platform.registers.known import read_known
from junheng.platform.registers.placing import by_place_first
from junheng.platform.registers.search import indexed, searched

PAGE = 25
LARGEST_PAGE = 1_000
ALL_DAYS = "all"
COLUMN = "col"
"""The parameter that names a column to show; given once for each, in the order of the register."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a list was asked: the day, the words, the filters, the order and the page."""

    on: date | None
    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    page: int = 1
    known: date | None = None
    """The day at whose end the register is asked what it knew; ``None`` for now. See ``known``."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows. ``count`` is exact up to ``COUNTED``; ``more`` says that there are still more."""

    rows: list[Any]
    number: int
    size: int
    count: int
    more: bool

    @property
    def last(self) -> int:
        """The last page that can be turned to."""
        return max(1, -(-self.count // self.size))

    @property
    def first_row(self) -> int:
        """The place of the first row shown, from 1; 0 on an empty page."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last_row(self) -> int:
        """The place of the last row shown."""
        return self.first_row + len(self.rows) - 1 if self.rows else 0


def read_query(register: Register[Any], parameters: Mapping[str, str], *, default_day: date) -> Query:
    """What the query string asks. A day, page or column that makes no sense is refused with a sentence."""
    known = read_known(parameters.get("known", ""))
    return Query(
        on=read_day(register, parameters.get("on", ""), default_day=min(known or default_day, default_day)),
        text=parameters.get("q", "").strip()[:60],
        filters={
            name: value for name, value in parameters.items() if value and (name in filter_names(register))
        },
        order=read_order(register, parameters.get("sort", "")),
        page=read_page(parameters.get("page", "")),
        known=known,
    )


def read_day(register: Register[Any], text: str, *, default_day: date) -> date | None:
    """The day of the list; ``None`` for all days, or where rows of this register have no days."""
    if not (register.since or register.until) or text == ALL_DAYS:
        return None
    if not text:
        return default_day
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(
            "bad-day",
            "「{text}」不是有效的日期。请按 2023-12-31 的格式填写时点，或清空后重试。",
            text=text[:30],
        ) from None


def read_page(text: str) -> int:
    """The page number; the first if none is asked for."""
    if not text:
        return 1
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= LARGEST_PAGE:
        raise Refusal(
            "bad-page", "没有第「{text}」页。请从第 1 页翻起，或用筛选条件缩小范围。", text=text[:30]
        )
    return int(text)


def read_order(register: Register[Any], text: str) -> str:
    """The column to sort by, with a minus for the other way round. Never a sensitive one: its order would tell."""
    offered = {field.name for field in register.flagged(LIST) if SENSITIVE not in field.flags}
    if text and text.removeprefix("-") not in offered:
        raise Refusal("bad-order", "不能按「{text}」排序。请点击表头选择排序的列。", text=text[:30])
    return text


def chosen_columns(register: Register[Any], parameters: QueryDict) -> tuple[F, ...]:
    """The columns of the list: those asked for in the order of the register, else those it shows by itself."""
    asked = set(parameters.getlist(COLUMN))
    if not asked:
        return register.flagged(LIST)
    if unknown := sorted(asked - {one.name for one in register.fields}):
        raise Refusal(
            "bad-column", "名录没有「{text}」这一列。请在“选择列”中重新勾选。", text=unknown[0][:30]
        )
    return tuple(one for one in register.fields if one.name in asked)


def filter_names(register: Register[Any]) -> set[str]:
    """The parameters that narrow a list."""
    return {parameter for one in filters_of(register) for parameter in one.parameters}


def rows_for(register: Register[Any], asker: Asker, query: Query, *, verb: str = "view") -> "QuerySet[Any]":
    """All rows that answer a query within the scope: what list, export and API share."""
    rows = asker.within(register.rows(), register, verb)  # type: ignore[arg-type]
    return narrowed(register, rows, query, opens=opened_rows(register, asker))


def opened_rows(register: Register[Any], asker: Asker) -> "QuerySet[Any] | None":
    """The rows whose sealed numbers this person may ask for, where a search could; ``None`` if there are none."""
    sealed = any(getattr(register.model_field(one), "is_sealed", False) for one in register.flagged(SEARCH))
    found = asker.found_by_number(register.model._default_manager.all(), register) if sealed else None
    return None if found is None or found.query.is_empty() else found


def can_search(register: Register[Any], asker: Asker) -> bool:
    """Whether the search box could find this person anything: sealed numbers only whoever may unmask."""
    plain = any(
        not getattr(register.model_field(one), "is_sealed", False) for one in register.flagged(SEARCH)
    )
    return plain or opened_rows(register, asker) is not None


def narrowed(
    register: Register[Any], rows: "QuerySet[Any]", query: Query, *, opens: "QuerySet[Any] | None" = None
) -> "QuerySet[Any]":
    """The rows of a queryset that answer a query, in its order. ``opens``: those that sealed numbers are found in."""
    if query.on is not None:
        rows = rows.filter(register.holds(query.on))
    for one in filters_of(register):
        rows = one.narrow(rows, query.filters)
    if query.text:
        rows = searched(register, rows, query.text, opens=opens)
    order = (query.order, "pk") if query.order else register.order_by()
    return rows.order_by(*order)


def page_of(rows: "QuerySet[Any]", number: int, *, size: int = PAGE) -> Page:
    """One page. Three queries, however many rows there are: they are counted only up to a limit."""
    count = rows.order_by().values("pk")[: COUNTED + 1].count()
    more = count > COUNTED
    count = min(count, COUNTED)
    number = min(number, max(1, -(-count // size)))
    # first which rows, then the rows with all that they name: joined at once, SQLite begins with the smallest table of the
    # join and sorts half a million rows for one page
    keys = list(by_place_first(rows).values_list("pk", flat=True)[(number - 1) * size : number * size])
    found = {row.pk: row for row in rows.filter(pk__in=keys).order_by()} if keys else {}
    return Page([found[key] for key in keys if key in found], number, size, count, more)


def may_sort(register: Register[Any], one: F, page: Page) -> bool:
    """Whether to offer sorting by a column: a listed one, not sensitive, and quick (few rows, or an index has it)."""
    return (
        LIST in one.flags
        and SENSITIVE not in one.flags
        and (not page.more or indexed(register.model, one.name))
    )
