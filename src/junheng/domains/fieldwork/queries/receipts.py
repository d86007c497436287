"""What a phone is answered for each record: what became of it, under which digest, what is asked, what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.fieldwork.models import FieldQuestion, FieldVersion
from junheng.domains.fieldwork.queries.asking import sentence
from junheng.domains.fieldwork.queries.known import Kept, kept_records, missing_of, questions_of
from junheng.domains.fieldwork.queries.sent import Sent
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of

LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class Receipt:
    """One answer. ``digest`` is that of the content that was sent; whoever has the record can make it again."""

    id: str
    state: str
    code: str = ""
    message: str = ""
    version: int = 0
    digest: str = ""
    questions: list[dict[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    versions: list[dict[str, Any]] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """The receipt as the phone reads it; ``number`` is what a person can read out."""
        told: dict[str, Any] = {
            "id": self.id, "state": self.state, "code": self.code, "message": self.message, "version": self.version,
            "digest": self.digest, "number": self.digest[:8].upper(), "questions": self.questions, "missing": self.missing,
        }  # fmt: skip
        return told | ({"versions": self.versions} if self.versions else {})


def refused(raw: Any, refusal: Refusal) -> Receipt:
    """The answer to a record that was not kept: nothing of it is here, the phone keeps it."""
    given = raw.get("id", "") if isinstance(raw, dict) else ""
    return Receipt(
        id=given[:LONGEST_ID] if isinstance(given, str) else "",
        state="refused",
        code=refusal.code,
        message=sentence_of(refusal),
    )


def asked_told(questions: Iterable[FieldQuestion]) -> list[dict[str, str]]:
    """The questions that wait for an answer, as the phone reads them."""
    return [
        {"code": one.code, "text": sentence(one.kind, one.facts)}
        for one in questions
        if one.answered_at is None
    ]


def receipts_of(sents: Sequence[Sent], states: Sequence[Any]) -> list[Receipt]:
    """The receipts of records that were just written, read back from what was committed."""
    if not sents:
        return []
    here = kept_records([one.id for one, state in zip(sents, states, strict=True) if isinstance(state, str)])
    numbers = [one.row.pk for one in here.values()]
    questions, missing = questions_of(numbers), missing_of(numbers)
    receipts = []
    for sent, state in zip(sents, states, strict=True):
        if isinstance(state, Refusal):
            receipts.append(refused({"id": sent.id}, state))
            continue
        found = here[sent.id]
        both = state == "both"
        receipts.append(
            Receipt(
                id=sent.id,
                state=state,
                message=_("这条记录有两个版本，都已保存。请看清后选定一个。") if both else "",
                version=found.newest if both else found.row.version,
                digest=sent.digest,
                questions=asked_told(questions.get(found.row.pk, ())),
                missing=missing.get(found.row.pk, []),
                versions=side_by_side(found) if both else [],
            )
        )
    return receipts


def side_by_side(found: Kept) -> list[dict[str, Any]]:
    """The versions of which one is to be chosen."""
    return [shown(found, one) for one in found.versions.values() if one.state != "aside"]


def shown(found: Kept, version: FieldVersion) -> dict[str, Any]:
    """One version in few words."""
    return {
        "version": version.number,
        "current": version.number == found.row.version,
        "water": version.water_id,
        "checked_at": timezone.localtime(version.checked_at).isoformat(timespec="seconds"),
        "hazard": version.hazard,
        "severity": version.severity,
        "by": version.origin or found.row.person.name,
        "at": timezone.localtime(version.received_at).isoformat(timespec="seconds"),
        "digest": version.digest,
    }
