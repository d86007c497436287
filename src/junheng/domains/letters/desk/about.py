"""On the page of a record that letters are written about: those that were, and the way to the next."""

from typing import Any

from django.http import HttpRequest

from junheng.domains.letters.models import Letter
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel

SUBJECTS = frozenset({"cases", "feecharges", "findings", "documents", "institutions"})
"""Registers about whose rows letters are usual; others are named in the address."""
SHOWN = 10


@panel("detail", order=60)
def letters_about(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """The letters of one's own office about a row, for whoever writes letters."""
    if register.slug not in SUBJECTS:
        return None
    asker = asker_of(request)
    letters = register_called("letters")
    if not asker.may("change", letters):
        return None
    found = asker.within(Letter.objects.filter(source=register.slug, source_row=row.pk), letters, "view")
    return Panel(
        "letters/_about.html",
        {"slug": register.slug, "row": row, "letters": list(found.order_by("-pk")[:SHOWN])},
    )
