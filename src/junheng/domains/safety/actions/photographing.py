"""Photos of what was seen: sealed at once, taken back while the sheet is not sent, shown without what a phone wrote into them."""

import hashlib
from datetime import date, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import transaction
from django.utils import timezone

from junheng.content.rulebook import FIELDWORK, SAFETY
from junheng.domains.checklists.models import ChecklistItem
from junheng.domains.checklists.queries import applies
from junheng.domains.safety.actions.opening import check_not_sent, held, running_plan
from junheng.domains.safety.models import Sheet, SheetPhoto
from junheng.domains.safety.policies import check_may_fill
from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.kernel.pictures import Bare, bare, in_small, photo_in
from junheng.platform.audit.append import name_of, record, record_table
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.retention.rules import years_before
from junheng.platform.sealing.beside import keep_bytes, kept_bytes, let_go, place_of
from junheng.platform.sealing.erased import destroy, keys_of, written_down

TABLE = SheetPhoto._meta.db_table
NIGHT = "夜间任务"


@transaction.atomic
def add_photo(
    sheet: Sheet, item: ChecklistItem, *, content: bytes, by: Any, at: datetime, why: str
) -> SheetPhoto:
    """Keep a photo of what one item is about; whoever fills the sheet in, until it is sent."""
    sheet = held(sheet)
    check_may_fill(sheet, by=by, at=at)
    check_not_sent(sheet)
    day = timezone.localdate(at)
    plan = running_plan(sheet.round, sheet.level, on=day)
    if item.checklist_id != plan.checklist_id or not applies(item, kind=sheet.kind, boarding=sheet.boarding):
        raise Refusal(
            "item-not-in-version",
            "条目 {item} 不在这份检查表里：清单可能另有版次，或这一条不适用于这所学校。请刷新页面后重填。",
            item=item.pk,
        )
    check_room(sheet, item, len(content), on=day)
    photo = photo_in(content)
    digest = hashlib.sha256(content).hexdigest()
    if SheetPhoto.objects.filter(sheet=sheet, digest=digest).exists():
        raise Conflict("sheet-photo-there", "这张照片已经附在这份检查表上，没有重复存入。")
    made = SheetPhoto(
        sheet=sheet, item=item, digest=digest, size=len(content), media=photo.media, width=photo.width,
        height=photo.height, shape=photo.shape, taken=(photo.said.taken + photo.said.zone)[:40], given_at=at,
        given_by=name_of(by),
    )  # fmt: skip
    made.seal, made.stored = keep_bytes(TABLE, content)
    try:
        save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    except BaseException:
        place_of(made.stored).unlink(missing_ok=True)  # nothing would name the file
        raise
    return made


def check_room(sheet: Sheet, item: ChecklistItem, size: int, *, on: date) -> None:
    """Refuse one photo too many, and a file that no phone makes."""
    largest, most = FIELDWORK.photo_bytes.on(on).value, SAFETY.sheet_photos.on(on).value
    if size > largest:
        raise Refusal(
            "sheet-photo-too-large",
            "照片超过 {most} MB，没有存入。请在手机相册里裁小后再传。",
            most=largest >> 20,
        )
    if SheetPhoto.objects.filter(sheet=sheet, item=item).count() >= most:
        raise Refusal(
            "sheet-photos-enough",
            "一条最多附 {most} 张照片，没有存入。请留下最能说明问题的几张。",
            most=most,
        )


@transaction.atomic
def drop_photo(photo: SheetPhoto, *, by: Any, at: datetime, why: str) -> None:
    """Take a photo back before the sheet is sent: the row and its key go, and the file after them."""
    sheet = held(photo.sheet)
    check_may_fill(sheet, by=by, at=at)
    check_not_sent(sheet)
    running_plan(sheet.round, sheet.level, on=timezone.localdate(at))
    gone = {"sheet": sheet.pk, "item": photo.item_id, "digest": photo.digest}
    record(photo, Verb.RETIRE.value, by=by, at=at, why=why, before=gone)
    photo.delete()
    let_go([place_of(photo.stored)])


def picture_of(photo: SheetPhoto) -> Bare:
    """A photo as it is shown: the pixels of what was sent, without what the phone wrote beside them."""
    return bare(bytes_of(photo))


def small_of(photo: SheetPhoto) -> bytes:
    """A photo in small; nothing where its file is gone or was altered: opening it says which."""
    try:
        return in_small(bytes_of(photo))
    except Refusal:
        return b""


def bytes_of(photo: SheetPhoto) -> bytes:
    """What was sent; refused where the file is gone or is not what was sent."""
    try:
        content = kept_bytes(TABLE, photo.seal, photo.stored)
    except InvalidTag:
        raise altered() from None
    if content is None:
        raise NotFound("sheet-photo-gone", "这张照片已按期销毁，或文件已不在。检查表本身不受影响。")
    if hashlib.sha256(content).hexdigest() != photo.digest:
        raise altered()
    return content


def altered() -> Conflict:
    """The refusal of a file that is not what was sent."""
    return Conflict(
        "sheet-photo-altered",
        "照片文件与上传时的摘要不符，可能被改动过，没有打开。请从备份恢复并查明原因。",
    )


def forget_photos(*, on: date, at: datetime) -> int:
    """Destroy the keys of photos whose years are over, and their files; the sheets and the digests stay."""
    until = years_before(on, SAFETY.keep_sheet_photos.on(on).value)
    photos = list(SheetPhoto.objects.filter(given_at__date__lt=until).exclude(seal=""))
    keys = keys_of(SheetPhoto, [one.pk for one in photos])
    if not keys:
        return 0
    with written_down(keys, because=f"sheet photos until {until}"), transaction.atomic():
        destroy(SheetPhoto, keys)
        record_table(
            SheetPhoto, Verb.DEED.value, by=NIGHT, at=at, why="检查表照片保存期满，销毁密钥",
            after={"count": len(keys), "until": until.isoformat()},
        )  # fmt: skip
        let_go([place_of(one.stored) for one in photos])
    return len(keys)
