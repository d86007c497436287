"""Turning pages by the last row seen, not by counting: nothing is skipped or repeated while others write."""

from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F as Column
from django.db.models import Q, QuerySet

from junheng.kernel.errors import Refusal
from junheng.platform.registers.declare import Register

SALT = "junheng.registers.api.cursor"


def in_order(register: Register[Any], rows: "QuerySet[Any]", order: str) -> "QuerySet[Any]":
    """The rows by one column (a minus turns it round) and their number; by number alone where nobody sorts.

    Empty values come first, and last the other way round, on every database.
    """
    if not order:
        return rows.order_by("pk")
    column = register.model_field(order.removeprefix("-"))
    by = Column(column.attname)
    if not column.null:
        return rows.order_by(by.desc() if order.startswith("-") else by.asc(), "pk")
    by_value = by.desc(nulls_last=True) if order.startswith("-") else by.asc(nulls_first=True)
    return rows.order_by(by_value, "pk")


def cursor_at(register: Register[Any], row: Any, order: str, *, question: str) -> str:
    """Where a page ended: the sorted value and the number of its last row, signed for one question."""
    value = None
    if order:
        column = register.model_field(order.removeprefix("-"))
        value = column.value_to_string(row) if getattr(row, column.attname) is not None else None
    number = str(row.pk)
    return signing.dumps([question, value, number], salt=SALT, compress=True)


def after(
    register: Register[Any], rows: "QuerySet[Any]", order: str, cursor: str, *, question: str
) -> "QuerySet[Any]":
    """The rows behind a cursor, which belongs to this very question."""
    try:
        asked, value, number = signing.loads(cursor, salt=SALT)
        if asked != question:
            raise wrong_cursor()
        pk = register.model._meta.pk.to_python(number)
        if not order:
            return rows.filter(pk__gt=pk)
        column = register.model_field(order.removeprefix("-"))
        last = None if value is None else column.to_python(value)
    except (signing.BadSignature, ValueError, TypeError, ValidationError, FieldDoesNotExist):
        raise wrong_cursor() from None
    return rows.filter(behind(column.attname, last, pk, down=order.startswith("-"), null=column.null))


def behind(name: str, last: Any, pk: Any, *, down: bool, null: bool) -> Q:
    """The condition of rows that come after one with this value and number, where empty values count as least."""
    tie = Q(**{f"{name}__isnull": True} if last is None else {name: last}) & Q(pk__gt=pk)
    if last is None:
        return tie if down else tie | Q(**{f"{name}__isnull": False})
    beyond = Q(**{f"{name}__{'lt' if down else 'gt'}": last})
    if down and null:
        beyond |= Q(**{f"{name}__isnull": True})
    return tie | beyond


def wrong_cursor() -> Refusal:
    """The refusal of a cursor that this question did not give."""
    return Refusal("bad-cursor", "cursor 与查询条件不符或已失效。请去掉 cursor，从第一页重新读取。")
