"""What one request brings, and the rows it becomes: gathered first, then written together with their entries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from junheng.domains.fieldwork.actions.editing import opened
from junheng.domains.fieldwork.actions.looking import order_look
from junheng.domains.fieldwork.models import FieldPhoto, FieldQuestion, FieldRecord, FieldVersion, Shot
from junheng.domains.patrols.models import Check
from junheng.domains.people.models import Person
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.save import drafts_of

WHY = "外勤手机同步"


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


@dataclass(slots=True)
class Sheaf:
    """Rows that are written together at the end."""

    checks: list[Check] = field(default_factory=list)
    records: list[FieldRecord] = field(default_factory=list)
    versions: list[FieldVersion] = field(default_factory=list)
    photos: list[FieldPhoto] = field(default_factory=list)
    shots: list[Shot] = field(default_factory=list)
    questions: list[FieldQuestion] = field(default_factory=list)
    again: list[FieldPhoto] = field(default_factory=list)
    """Photos that came and were looked at before their record did: they are compared with others once more."""


def flush(sheaf: Sheaf, bringing: Bringing) -> None:
    """Write all rows with their entries; a hazard opens a finding as soon as its check has a number."""
    insert_rows(Check, sheaf.checks)
    hazards = {id(one.record): one for one in sheaf.versions if one.hazard}
    for record in sheaf.records:
        record.check_row_id = record.check_row.pk
        if (version := hazards.get(id(record))) is not None:
            pictures = [one.photo.digest for one in sheaf.shots if one.version is version]
            record.finding = opened(record, version, pictures, bringing.by, bringing.at)
    insert_rows(FieldRecord, sheaf.records)
    for version in sheaf.versions:
        version.record_id = version.record.pk
    insert_rows(FieldVersion, sheaf.versions)
    insert_rows(FieldPhoto, sheaf.photos)
    for shot in sheaf.shots:
        shot.version_id, shot.photo_id = shot.version.pk, shot.photo.pk
    insert_rows(Shot, sheaf.shots)
    for question in sheaf.questions:
        question.record_id = question.record.pk
    insert_rows(FieldQuestion, sheaf.questions)
    if sheaf.again:
        FieldPhoto.objects.filter(pk__in=[one.pk for one in sheaf.again]).update(seen_at=None)
        order_look(at=bringing.at)
    new = [one for rows in (sheaf.checks, sheaf.records, sheaf.versions, sheaf.questions) for one in rows]
    append_many(list(drafts_of(((one, None) for one in new), by=bringing.by, at=bringing.at, why=WHY)))
