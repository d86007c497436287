"""Rows that leave the house as a file: which ones, and what the audit keeps of it. What the page does, a job does too."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotAllowed
from junheng.platform.registers import listing
from junheng.platform.registers.actions import note_export
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.exporting import Export, make_export
from junheng.platform.registers.keys import mask
from junheng.platform.registers.known import as_known
from junheng.platform.registers.search import names_somebody
from junheng.platform.registers.views.browse import default_day

FEW = 50
"""Rows that an entry names by number where it cannot keep the words that found them."""


def question(
    register: Register[Any], parameters: Mapping[str, str], *, asker: Asker, clear: bool
) -> listing.Query:
    """What is asked for. The past is never given with its sensitive values."""
    query = listing.read_query(register, parameters, default_day=default_day(asker))
    if clear and query.known:
        raise NotAllowed(
            "past-stays-masked", "按过去某日掌握的情况导出时，敏感信息一律遮盖。请返回当前名录后再导出。"
        )
    return query


def rows_leaving(
    register: Register[Any], query: listing.Query, *, asker: Asker, clear: bool
) -> "QuerySet[Any]":
    """The rows that somebody may take along; with their sensitive values only where he may see them."""
    rows = listing.rows_for(register, asker, query, verb="export")
    return asker.within(rows, register, "unmask") if clear else rows


def export_rows(
    register: Register[Any],
    parameters: Mapping[str, str],
    kind: str,
    *,
    asker: Asker,
    clear: bool,
    tell: Any = None,
) -> Export:
    """The list as a file, and in its facts what the audit keeps of the question."""
    query = question(register, parameters, asker=asker, clear=clear)
    with as_known(register, query.known, asker=asker):
        rows = rows_leaving(register, query, asker=asker, clear=clear)
        made = make_export(register, rows, kind, asker=asker, clear=clear, tell=tell)
    name = _("%(day)s掌握-%(name)s") % {"day": query.known, "name": made.name} if query.known else made.name
    return replace(made, name=name, facts=made.facts | noted(dict(parameters), rows))


def is_long(
    register: Register[Any], parameters: Mapping[str, str], *, asker: Asker, clear: bool, limit: int
) -> bool:
    """Whether a list has more rows than a page should wait for."""
    query = question(register, parameters, asker=asker, clear=clear)
    if query.known or names_somebody(parameters.get("q", "")):
        return False  # the words that were looked for are kept nowhere, and find few rows
    rows = rows_leaving(register, query, asker=asker, clear=clear)
    return rows.order_by().values("pk")[: limit + 1].count() > limit


def note_left(register: Register[Any], made: Export, *, asker: Asker, why: str) -> None:
    """Note that the rows left the house."""
    note_export(register, asker=asker, facts=made.facts, why=why)


def noted(asked: dict[str, str], rows: "QuerySet[Any]") -> dict[str, Any]:
    """What an entry keeps of a query. An identity number that was looked up is masked: the entry outlives its key.

    The few rows that it found are named instead, so that it can still be told whom the file was about.
    """
    if not names_somebody(asked.get("q", "")):
        return {"query": asked}
    return {
        "query": asked | {"q": mask(asked["q"].strip())},
        "only": list(rows.order_by("pk").values_list("pk", flat=True)[:FEW]),
    }
