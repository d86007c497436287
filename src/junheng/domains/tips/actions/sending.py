"""Sending: what a citizen told, or an officer took down, becomes one tip with a number, its days, and a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from junheng.content.rulebook import TIPS
from junheng.domains.tips.actions.counting import check_source, is_flooded
from junheng.domains.tips.actions.photos import Kept, drop_kept, keep_photos, write_photos
from junheng.domains.tips.models import Tip
from junheng.domains.tips.queries.codes import code_of, digest_of
from junheng.domains.tips.queries.naming import found_called
from junheng.domains.tips.terms import TipChannel, TipState
from junheng.kernel.workdays import add_working_days
from junheng.platform.audit.append import LOCK
from junheng.platform.audit.save import save_row

CITIZEN = "举报人"
"""Who is written down where a citizen did it: nobody is named."""
WHY = {
    TipChannel.WEB: "网上提交举报", TipChannel.PHONE: "登记电话举报",
    TipChannel.MAIL: "登记来信举报", TipChannel.COUNTER: "登记来访举报",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told."""

    kind: str
    area: str
    place: str
    words: str
    about: str = ""
    happened: str = ""
    happened_on: date | None = None
    longitude: int | None = None
    latitude: int | None = None
    person: str = ""
    contact: str = ""
    wants_answer: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A tip with its code; ``again`` where the same form had been sent before."""

    tip: Tip
    code: str
    again: bool = False


def send(told: Told, *, request: str, photos: Sequence[Any], address: str, at: datetime) -> Sent:
    """Take a citizen's tip. The same form twice is one tip; too many from one address are refused with the time to wait."""
    known = sent_before(request)
    if known is not None:
        return known
    check_source(address, at=at)
    kept = keep_photos(photos)
    state = TipState.QUEUED if is_flooded(at=at) else TipState.NEW
    return written(told, kept, request=request, channel=TipChannel.WEB, state=state, by=CITIZEN, at=at)


def enter(told: Told, *, request: str, channel: str, photos: Sequence[Any], by: Any, at: datetime) -> Sent:
    """Take down what was said on the telephone, in a letter, at the counter. It counts the same, and says who did it."""
    known = sent_before(request)
    if known is not None:
        return known
    return written(
        told, keep_photos(photos), request=request, channel=channel, state=TipState.NEW, by=by, at=at
    )


def sent_before(request: str) -> Sent | None:
    """The tip that came by the same form."""
    tip = Tip.objects.filter(sent=digest_of("sent", request)).first()
    return None if tip is None else Sent(tip, code_of(request), again=True)


def written(
    told: Told, kept: Sequence[Kept], *, request: str, channel: str, state: str, by: Any, at: datetime
) -> Sent:
    """Write it, or take away again what was kept for it."""
    try:
        return write(told, kept, request=request, channel=channel, state=state, by=by, at=at)
    except BaseException:
        drop_kept(kept)
        raise


@transaction.atomic
def write(
    told: Told, kept: Sequence[Kept], *, request: str, channel: str, state: str, by: Any, at: datetime
) -> Sent:
    """One row with its number, one entry; whoever writes at the same moment waits for the number."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    known = sent_before(request)
    if known is not None:
        drop_kept(kept)
        return known
    day = timezone.localdate(at)
    acked, answered = days_of(day)
    school, institution = found_called(told.about, told.area, on=day)
    code = code_of(request)
    tip = Tip(
        number=next_number(day.year), follow=digest_of("follow", code), sent=digest_of("sent", request),
        channel=channel, entered_by="" if by is CITIZEN else by.get_username(), kind=told.kind, area_id=told.area,
        about=told.about, school=school, institution=institution, place=told.place, longitude=told.longitude,
        latitude=told.latitude, happened_on=told.happened_on, happened=told.happened, words=told.words,
        person=told.person, contact=told.contact, wants_answer=told.wants_answer, received_at=at,
        ack_due=acked.day, answer_due=answered.day, certain=acked.certain and answered.certain, state=state,
    )  # fmt: skip
    save_row(tip, by=by, at=at, why=WHY[TipChannel(channel)])
    write_photos(tip.pk, kept)
    return Sent(tip, code)


def days_of(day: date) -> tuple[Any, Any]:
    """By when a tip of a day is acknowledged, and by when it is answered."""
    return (
        add_working_days(day, TIPS.ack_within.on(day).value),
        add_working_days(day, TIPS.answer_within.on(day).value),
    )


def next_number(year: int) -> str:
    """The next number of a year."""
    begins = f"JB{year}-"
    last = (
        Tip.objects.filter(number__startswith=begins)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{begins}{int(last.removeprefix(begins)) + 1 if last else 1:05d}"
