"""Comparing pictures in the background: what the fingerprint of each gives reason to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import FIELDWORK
from junheng.domains.fieldwork.actions.pieces import bytes_of
from junheng.domains.fieldwork.models import FieldPhoto, FieldQuestion, FieldRecord, Shot
from junheng.domains.fieldwork.queries.asking import Ask, about_picture, said
from junheng.domains.fieldwork.terms import PhotoState, QuestionKind
from junheng.kernel.errors import Refusal
from junheng.kernel.pictures import apart, photo_in
from junheng.platform.audit.append import append_many
from junheng.platform.audit.save import drafts_of
from junheng.platform.jobs.models import Job, State

KIND = "fieldwork-look"
AT_ONCE = 50
"""Photos that one job looks at; what is left is another job's."""
WHO = "画面查看"
FLAT = frozenset({"0" * 16, "f" * 16})
"""Fingerprints of pictures without any change from left to right, such as a wall: alike by nature, so nobody is asked."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A photo that was opened, and its fingerprint; empty where it could not be opened."""

    photo: FieldPhoto
    shape: str


def order_look(*, at: datetime) -> None:
    """Have the waiting photos looked at soon: one job waits for all of them."""
    if not Job.objects.filter(kind=KIND, state=State.QUEUED, day=None).exists():
        Job.objects.create(kind=KIND, title=_("查看外勤照片"), created_at=at, not_before=at)


def unseen(most: int = AT_ONCE) -> list[FieldPhoto]:
    """The photos that wait to be looked at, the oldest first."""
    return list(
        FieldPhoto.objects.filter(state=PhotoState.WHOLE, seen_at=None).exclude(seal="").order_by("pk")[:most]
    )


def look(photo: FieldPhoto) -> Seen:
    """A photo with its fingerprint, which it has since it came; one from before that is opened. One that does not open any more is a question."""
    if photo.shape:
        return Seen(photo, photo.shape)
    try:
        return Seen(photo, photo_in(bytes_of(photo)).shape)
    except Refusal:
        return Seen(photo, "")


def note(seen: Sequence[Seen], *, at: datetime) -> int:
    """Write fingerprints and questions; answers with how many questions there are. Called in a transaction."""
    for one in seen:
        one.photo.shape, one.photo.seen_at = one.shape, at
    FieldPhoto.objects.bulk_update([one.photo for one in seen], ["shape", "seen_at"])
    questions = [question for one in seen for question in questions_about(one, at=at)]
    FieldQuestion.objects.bulk_create(questions, ignore_conflicts=True)
    append_many(
        list(
            drafts_of(((one, None) for one in asked_now(questions, at=at)), by=WHO, at=at, why="查看外勤照片")
        )
    )
    if FieldPhoto.objects.filter(state=PhotoState.WHOLE, seen_at=None).exclude(seal="").exists():
        order_look(at=at)
    return len(questions)


def asked_now(questions: Sequence[FieldQuestion], *, at: datetime) -> list[FieldQuestion]:
    """The questions that were really new, with their numbers."""
    wanted = {(one.record_id, one.kind, one.about) for one in questions}
    rows = FieldQuestion.objects.filter(
        record__in={one.record_id for one in questions}, asked_at=at
    ).order_by("pk")
    return [one for one in rows if (one.record_id, one.kind, one.about) in wanted]


def questions_about(one: Seen, *, at: datetime) -> list[FieldQuestion]:
    """What a picture gives reason to ask, of every record that it belongs to."""
    shots = (
        Shot.objects.filter(photo=one.photo)
        .select_related("version__record", "version__water")
        .order_by("pk")
    )
    found = []
    for shot in shots:
        version, record = shot.version, shot.version.record
        asks = [
            *about_picture(one.photo, told_at=version.told_at, water=version.water, at=version.checked_at)
        ]
        if not one.shape:
            asks.append(Ask(QuestionKind.UNSEEN, {}, one.photo.digest[:12]))
        elif (like := alike(one.photo, record)) is not None:
            asks.append(Ask(QuestionKind.NEAR, like, one.photo.digest[:12]))
        found += [
            FieldQuestion(record=record, kind=each.kind, about=each.about, facts=each.facts, asked_at=at)
            for each in asks
        ]
    return found


def alike(photo: FieldPhoto, record: FieldRecord) -> dict[str, Any] | None:
    """The photo of another record, of the same person or the same water, that looks the same; the most alike one.

    A person has some hundreds of photos and so has a water: their fingerprints are compared one by one.
    """
    most = FIELDWORK.near_signs.on(timezone.localdate(record.checked_at)).value
    if photo.shape in FLAT:
        return None
    rows = (
        Shot.objects.filter(
            Q(photo__person=photo.person_id) | Q(version__record__water=record.water_id),
            photo__seen_at__isnull=False,
        )
        .exclude(version__record=record)
        .exclude(photo__shape="")
        .exclude(photo__digest=photo.digest)
        .order_by("pk")
        .values_list("photo__shape", "version__record__water__name", "version__record__checked_at")
    )
    near = [
        (distance, water, at) for shape, water, at in rows if (distance := apart(shape, photo.shape)) <= most
    ]
    if not near:
        return None
    distance, water, at = min(near, key=lambda one: one[0])
    return {"water": water, "at": said(at), "signs": distance}
