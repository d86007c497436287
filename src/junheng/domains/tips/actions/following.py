"""What whoever holds the code may do: add something, take it back, say how it was dealt with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.domains.tips.actions.photos import drop_kept, keep_photos, write_photos
from junheng.domains.tips.actions.sending import CITIZEN
from junheng.domains.tips.models import Tip, TipNote
from junheng.domains.tips.queries.faults import Misfilled
from junheng.domains.tips.terms import CLOSED, OPEN, TipState
from junheng.kernel.errors import Conflict
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row

MOST_NOTES = 10


def add_note(tip: Tip, words: str, photos: Sequence[Any], *, by: Any = CITIZEN, at: datetime) -> TipNote:
    """Add words and photos. A tip that waited for them is to be looked at again."""
    if not words.strip():
        raise Misfilled("tip-note-empty", "请写几句要补充的内容，没有存入。", "words")
    kept = keep_photos(photos, already=tip.photos.count())
    try:
        return note_written(tip, words, kept, by=by, at=at)
    except BaseException:
        drop_kept(kept)
        raise


@transaction.atomic
def note_written(tip: Tip, words: str, kept: Sequence[Any], *, by: Any, at: datetime) -> TipNote:
    """Write it, unless the tip is closed or has had enough."""
    row = locked(tip)
    if row.state not in OPEN:
        raise Conflict("tip-closed", "这条举报已经办结或撤回，不能再补充。有新的情况，请另外提交一条。")
    if row.notes.count() >= MOST_NOTES:
        raise Conflict("tip-notes-enough", "这条举报已经补充了 {most} 次。还有情况，请另外提交一条，写明原举报编号。", most=MOST_NOTES)  # fmt: skip
    note = TipNote(tip=row, words=words.strip(), said_at=at)
    save_row(note, by=by, at=at, why="补充举报内容")
    write_photos(row.pk, kept)
    if row.state == TipState.ASKED:
        row.state = TipState.NEW
        save_row(row, by=by, at=at, why="已按要求补充", verb=Verb.DEED.value)
    return note


@transaction.atomic
def withdraw(tip: Tip, *, by: Any = CITIZEN, at: datetime) -> Tip:
    """Take a tip back. What has begun goes on: a wrong that was seen does not end because nobody asks any more."""
    row = locked(tip)
    if row.state not in OPEN:
        raise Conflict("tip-closed-already", "这条举报已经办结或撤回，不用再撤回。")
    row.state = TipState.WITHDRAWN
    save_row(row, by=by, at=at, why="撤回举报", verb=Verb.DEED.value)
    return row


@transaction.atomic
def rate(tip: Tip, stars: int, words: str, *, by: Any = CITIZEN, at: datetime) -> Tip:
    """Say once how it was dealt with, from 1 to 5."""
    row = locked(tip)
    if row.state not in CLOSED:
        raise Conflict("tip-not-answered", "还没有答复，答复以后才能评价。")
    if row.rating is not None:
        raise Conflict("tip-rated", "已经评价过了，谢谢。")
    if not 1 <= stars <= 5:
        raise Misfilled("tip-stars", "请在 1 至 5 分中选一个。", "stars")
    row.rating, row.rating_words, row.rated_on = stars, words.strip()[:500], timezone.localdate(at)
    save_row(row, by=by, at=at, why="评价办理情况", verb=Verb.DEED.value)
    return row


def locked(tip: Tip) -> Tip:
    """The row as it is now, kept from others until the end of the transaction."""
    return Tip.objects.select_for_update(of=("self",)).get(pk=tip.pk)
