"""What was corrected in a sheet after it was sent, from the entries of the audit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from junheng.domains.safety.models import Answer, Sheet
from junheng.domains.safety.terms import Result
from junheng.platform.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Correction:
    """One answer as it was and as it became."""

    number: str
    before: str
    after: str
    who: str
    why: str
    at: datetime


def corrections(sheet: Sheet, numbers: Mapping[int, str]) -> list[Correction]:
    """The corrections of a sent sheet, the latest first; ``numbers`` are those of the items, by answer. One question."""
    entries = Entry.objects.filter(
        table=Answer._meta.label_lower, row__in=list(numbers), at__gt=sheet.sent_at, before__isnull=False
    ).order_by("-id")
    return [
        Correction(
            numbers[entry.row or 0],
            words_of(entry.before),
            words_of(entry.after),
            entry.who,
            entry.why,
            entry.at,
        )
        for entry in entries
        if {"result", "note"} & set(entry.before or {})
    ]


def words_of(columns: dict[str, Any] | None) -> str:
    """What an entry says of an answer."""
    told = columns or {}
    parts = [str(Result(told["result"]).label)] if "result" in told else []
    parts += [str(told["note"])] if told.get("note") else []
    return "：".join(parts) or "—"
