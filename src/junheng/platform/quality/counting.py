"""Counting other rows beside each row, as a part of the same question."""

from typing import Any

from django.db.models import CharField, Count, Func, IntegerField, Q, QuerySet, Subquery, Sum, Value
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


class DayDigits(Func):
    """A day as eight digits, as numbers of persons carry it: 20170831."""

    arity = 1
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="strftime('%%%%Y%%%%m%%%%d', %(expressions)s)", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="to_char(%(expressions)s, 'YYYYMMDD')", **context)
