"""Rows of one area in their order: found by the area, and only then sorted."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import AutoField, F, ForeignKey, QuerySet
from django.db.models.lookups import GreaterThanOrEqual


def by_place_first(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """The same rows in the same order; a server that wants a few of an area's rows finds them by the area.

    Rows of one area were entered together and stand together. A server believes them to be spread evenly, goes through
    the table by row number for the first few, and meets hundreds of thousands of other areas' rows before. An order
    that is computed has no index, so the rows are found by their place and sorted.
    """
    if (
        connection.vendor != "postgresql"
        or tuple(rows.query.order_by) != ("pk",)
        or not isinstance(rows.model._meta.pk, AutoField)
        or not any(is_area(one) for one in conditions(rows.query.where))
    ):
        return rows
    return rows.order_by(F("pk") + 0)


def conditions(node: Any) -> Iterator[Any]:
    """Every condition of a query, however deep."""
    for one in getattr(node, "children", ()):
        yield from conditions(one)
    if not hasattr(node, "children"):
        yield node


def is_area(condition: Any) -> bool:
    """Whether rows are narrowed to an area: no other relation is ever compared by its order."""
    column = getattr(getattr(condition, "lhs", None), "target", None)
    return isinstance(condition, GreaterThanOrEqual) and isinstance(column, ForeignKey)
