"""What a server reads to answer a page: every question put to it is put once more, to be explained."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) "
ASKED = ("SELECT", "WITH", "(SELECT")


@dataclass(frozen=True, slots=True)
class Read:
    """One step of a plan that takes rows from a table: how many it touched, those it threw away included."""

    table: str
    step: str
    rows: int
    took: float
    """Milliseconds of the whole statement."""
    sql: str

    @property
    def whole(self) -> bool:
        """Whether it went through the table itself, with no index to help."""
        return self.step == "Seq Scan"


@contextmanager
def explained() -> "Iterator[list[Read]]":
    """Note what every question reads that is asked on this connection."""
    found: list[Read] = []
    within = False

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal within
        answer = execute(sql, params, many, context)
        if not within and not many and sql.lstrip().upper().startswith(ASKED):
            within = True
            try:
                found.extend(reads_of(sql, params))
            finally:
                within = False
        return answer

    with connection.execute_wrapper(explain):
        yield found


def reads_of(sql: str, params: Any) -> "Iterator[Read]":
    """The steps of one question's plan that read a table."""
    with connection.cursor() as cursor:
        cursor.execute(EXPLAIN + sql, params)
        told = cursor.fetchone()[0]
    whole = (json.loads(told) if isinstance(told, str) else told)[0]
    for node in steps(whole["Plan"]):
        if "Relation Name" in node:
            thrown = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
            rows = round((node["Actual Rows"] + thrown) * node["Actual Loops"])
            yield Read(node["Relation Name"], node["Node Type"], rows, whole["Execution Time"], sql)


def steps(node: "dict[str, Any]") -> "Iterator[dict[str, Any]]":
    """A step of a plan, and all below it."""
    yield node
    for one in node.get("Plans", ()):
        yield from steps(one)
