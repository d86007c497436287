"""Rows whose numbers lie in runs: one condition, however many runs there are."""

from typing import Any

from django.db.models import Lookup


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
