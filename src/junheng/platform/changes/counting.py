"""Counting in many registers with one statement, and rows whose numbers lie in many runs with one condition."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, IntegerField, Lookup, QuerySet, Subquery

from junheng.platform.audit.models import Entry


class CountOf(Subquery):
    """How many rows a query has, as a part of another statement."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"

    def __init__(self, rows: "QuerySet[Any]") -> None:
        super().__init__(rows.order_by().values("pk"), output_field=IntegerField())


def answers_to(questions: "Sequence[CountOf | Exists]") -> list[int]:
    """The answers to many questions, asked in one statement; 1 for yes and 0 for no."""
    if not questions:
        return []
    names = {f"answer_{place}": one for place, one in enumerate(questions)}
    # any one row serves: the questions do not look at it
    found = Entry.objects.order_by("-id").annotate(**names).values_list(*names).first()
    return [int(one or 0) for one in found or [0] * len(questions)]


class WithinRuns(Lookup):
    """Whether a number lies in one of the runs, each from its first number to its last, both included.

    An ``or`` of hundreds of conditions costs more to put together than to answer.
    """

    lookup_name = "within_runs"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition for the database."""
        number, given = self.process_lhs(compiler, connection)
        params: list[Any] = []
        for first, last in self.rhs:
            params += [*given, first, last]
        return f"({' OR '.join([f'{number} BETWEEN %s AND %s'] * len(self.rhs))})", tuple(params)
