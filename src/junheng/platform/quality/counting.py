"""Counting other rows beside each row, as a part of the same question."""

from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce


def count_of(rows: "QuerySet[Any]") -> Coalesce:
    """How many rows of a correlated query there are; 0 where there are none."""
    one = rows.order_by().annotate(_one=Value(1)).values("_one")
    return Coalesce(Subquery(one.annotate(_n=Count("*")).values("_n"), output_field=IntegerField()), 0)


def sum_of(rows: "QuerySet[Any]", column: str) -> Coalesce:
    """The sum of a column over the rows of a correlated query; 0 where there are none."""
    one = rows.order_by().annotate(_one=Value(1)).values("_one")
    return Coalesce(Subquery(one.annotate(_n=Sum(column)).values("_n"), output_field=IntegerField()), 0)


def odd_name(column: str, *, digits: bool = True) -> Q:
    """Names with a blank inside, in front or behind, or (where no such name has any) with a figure in it."""
    signs = r"[0-9０-９\s　]" if digits else r"[\s　]"
    return Q(**{f"{column}__regex": signs})
