"""What requests bring, and the rows it becomes: gathered first, then written together with their entries."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from junheng.domains.fieldwork.actions.editing import opened
from junheng.domains.fieldwork.actions.looking import order_look
from junheng.domains.fieldwork.models import FieldPhoto, FieldQuestion, FieldRecord, FieldVersion, Shot
from junheng.domains.fieldwork.queries.sent import Sent
from junheng.domains.patrols.models import Check
from junheng.domains.people.models import Person
from junheng.platform.audit.append import append_many
from junheng.platform.audit.chain import Draft
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.save import drafts_of

WHY = "外勤手机同步"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bringing:
    """Who brings records, for which posts, from which device, and what the clocks say."""

    by: Any
    persons: Sequence[Person]
    device: str
    sent_at: datetime
    at: datetime
    handed_in: bool = False

    @property
    def drift(self) -> timedelta:
        """By how much the phone's clock is to be set right."""
        return self.at - self.sent_at


@dataclass(frozen=True, slots=True)
class Parcel:
    """Records with different numbers that one request brings."""

    bringing: Bringing
    sents: Sequence[Sent]


@dataclass(slots=True)
class Sheaf:
    """What one parcel becomes: rows that are written together at the end."""

    bringing: Bringing
    checks: list[Check] = field(default_factory=list)
    records: list[FieldRecord] = field(default_factory=list)
    versions: list[FieldVersion] = field(default_factory=list)
    photos: list[FieldPhoto] = field(default_factory=list)
    shots: list[Shot] = field(default_factory=list)
    questions: list[FieldQuestion] = field(default_factory=list)
    again: list[FieldPhoto] = field(default_factory=list)
    """Photos that came and were looked at before their record did: they are compared with others once more."""


def in_turns(things: Sequence[T], numbers: Callable[[T], Collection[str]]) -> list[list[T]]:
    """Things in turns in which no number comes twice: a later version meets the earlier one in the database."""
    found: list[list[T]] = []
    seen: set[str] = set()
    for one in things:
        if not found or seen & set(numbers(one)):
            found.append([])
            seen = set()
        found[-1].append(one)
        seen.update(numbers(one))
    return found


def flush(sheaves: Sequence[Sheaf]) -> None:
    """Write all rows with their entries; a hazard opens a finding as soon as its check has a number."""
    insert_rows(Check, [one for sheaf in sheaves for one in sheaf.checks])
    for sheaf in sheaves:
        tie_checks(sheaf)
    records = [one for sheaf in sheaves for one in sheaf.records]
    insert_rows(FieldRecord, records)
    versions = [one for sheaf in sheaves for one in sheaf.versions]
    for version in versions:
        version.record_id = version.record.pk
    insert_rows(FieldVersion, versions)
    insert_rows(FieldPhoto, [one for sheaf in sheaves for one in sheaf.photos])
    shots = [one for sheaf in sheaves for one in sheaf.shots]
    for shot in shots:
        shot.version_id, shot.photo_id = shot.version.pk, shot.photo.pk
    insert_rows(Shot, shots)
    questions = [one for sheaf in sheaves for one in sheaf.questions]
    for question in questions:
        question.record_id = question.record.pk
    insert_rows(FieldQuestion, questions)
    compare_again([one for sheaf in sheaves for one in sheaf.again], sheaves)
    append_many([draft for sheaf in sheaves for draft in drafts(sheaf)])


def tie_checks(sheaf: Sheaf) -> None:
    """Say in each record which check it is, and open findings."""
    bringing = sheaf.bringing
    hazards = {id(one.record): one for one in sheaf.versions if one.hazard}
    for record in sheaf.records:
        record.check_row_id = record.check_row.pk
        if (version := hazards.get(id(record))) is not None:
            pictures = [one.photo.digest for one in sheaf.shots if one.version is version]
            record.finding = opened(record, version, pictures, bringing.by, bringing.at)


def compare_again(photos: Sequence[FieldPhoto], sheaves: Sequence[Sheaf]) -> None:
    """Have photos compared once more that came before their records did."""
    if photos:
        FieldPhoto.objects.filter(pk__in=[one.pk for one in photos]).update(seen_at=None)
        order_look(at=sheaves[-1].bringing.at)


def drafts(sheaf: Sheaf) -> Iterator[Draft]:
    """The entries of what a parcel became."""
    bringing = sheaf.bringing
    new = [one for rows in (sheaf.checks, sheaf.records, sheaf.versions, sheaf.questions) for one in rows]
    return drafts_of(((one, None) for one in new), by=bringing.by, at=bringing.at, why=WHY)
