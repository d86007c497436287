"""On the page of a row: the papers that can be made of it."""

from typing import Any

from django.http import HttpRequest

from junheng.platform.papers.registry import papers_of
from junheng.platform.registers import Register
from junheng.platform.registers.panels import Panel, panel


@panel("detail", order=15)
def papers(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """Whoever sees the row may take its papers."""
    found = papers_of(register, row)
    return Panel("papers/_papers.html", {"papers": found, "row": row}) if found else None
