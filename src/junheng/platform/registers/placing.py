"""Rows of an area in the order of their areas: the index that finds them has them in this order already."""

from collections.abc import Iterator
from typing import Any

from django.db.models import AutoField, ForeignKey, QuerySet
from django.db.models.lookups import GreaterThanOrEqual


def by_place_first(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """A list that nobody sorted and that is narrowed to areas, by area and then by row number.

    By row number alone the embedded database sorts every row of the area for one page, however many there are; a
    server believes them to be spread evenly, goes through the table by row number for the first few, and meets
    hundreds of thousands of other areas' rows before. The index of areas has its rows area by area: a page is read
    from it and nothing more.
    """
    if tuple(rows.query.order_by) != ("pk",) or not isinstance(rows.model._meta.pk, AutoField):
        return rows
    own = rows.model._meta.db_table
    narrowed = (one.lhs.target.attname for one in conditions(rows.query.where) if is_area(one, own))
    area = next(narrowed, None)
    return rows if area is None else rows.order_by(area, "pk")


def conditions(node: Any) -> Iterator[Any]:
    """Every condition of a query, however deep."""
    for one in getattr(node, "children", ()):
        yield from conditions(one)
    if not hasattr(node, "children"):
        yield node


def is_area(condition: Any, table: str) -> bool:
    """Whether rows of a table are narrowed to an area: no other relation is ever compared by its order."""
    column = getattr(getattr(condition, "lhs", None), "target", None)
    return (
        isinstance(condition, GreaterThanOrEqual)
        and isinstance(column, ForeignKey)
        and condition.lhs.alias == table
    )
