"""Forgetting: photos after their years, and uploads that nobody finished."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from junheng.content.rulebook import FIELDWORK
from junheng.domains.fieldwork.actions.pieces import path_of
from junheng.domains.fieldwork.models import FieldPhoto
from junheng.domains.fieldwork.terms import PhotoState
from junheng.platform.audit.append import record_table
from junheng.platform.audit.models import Verb
from junheng.platform.retention.rules import years_before
from junheng.platform.sealing.erased import destroy, keys_of, written_down

NIGHT = "夜间任务"


def forget_photos(*, at: datetime) -> int:
    """Destroy the keys of photos whose years are over, and their files; the records keep their digests."""
    on = timezone.localdate(at)
    until = years_before(on, FIELDWORK.keep_photos.on(on).value)
    due = FieldPhoto.objects.filter(given_at__date__lt=until).exclude(seal="")
    photos = list(due)
    keys = keys_of(FieldPhoto, [one.pk for one in photos])
    if not keys:
        return 0
    with written_down(keys, because=f"field photos until {until}"), transaction.atomic():
        destroy(FieldPhoto, keys)
        record_table(
            FieldPhoto, Verb.DEED.value, by=NIGHT, at=at, why="外勤照片保存期满，销毁密钥",
            after={"count": len(keys), "until": until.isoformat()},
        )  # fmt: skip
        let_go(photos)
    return len(keys)


@transaction.atomic
def forget_unfinished(*, at: datetime) -> int:
    """Take away what came of photos that nobody finished sending and no record names."""
    on = timezone.localdate(at)
    late = at - timedelta(days=FIELDWORK.late_days.on(on).value)
    rows = list(FieldPhoto.objects.filter(state=PhotoState.COMING, given_at__lt=late, shot=None))
    FieldPhoto.objects.filter(pk__in=[one.pk for one in rows]).delete()
    let_go(rows)
    return len(rows)


def let_go(photos: Sequence[FieldPhoto]) -> None:
    """Take the files away when it is certain that nothing names them any more."""
    paths = [path_of(one) for one in photos]

    def away() -> None:
        for path in paths:
            path.unlink(missing_ok=True)

    transaction.on_commit(away)
