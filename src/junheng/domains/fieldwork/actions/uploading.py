"""Taking a photo in, a stretch at a time: wherever the network broke off, the phone goes on from what is here.

A photo is here when all its bytes are, they have the digest that was announced, and they are a picture. Otherwise
nothing of it counts and it is begun anew.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from junheng.content.rulebook import FIELDWORK
from junheng.domains.fieldwork.actions.looking import order_look
from junheng.domains.fieldwork.actions.pieces import append, held, read
from junheng.domains.fieldwork.models import FieldPhoto
from junheng.domains.fieldwork.queries.sent import DIGEST, too_large
from junheng.domains.fieldwork.terms import PhotoState
from junheng.domains.people.models import Person
from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.kernel.pictures import NotAPhoto, Photo, may_become_a_photo, photo_in
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb

LONGEST_PIECE = 2 * 1024 * 1024
WAITING = 200
"""Photos of one person that may be unfinished at a time."""


class WrongOffset(Conflict):
    """A stretch that does not begin where the last one ended."""

    @property
    def offset(self) -> int:
        """Where it has to begin."""
        return int(self.params["offset"])


def wrong_offset(offset: int) -> WrongOffset:
    """The refusal that says from where to go on."""
    return WrongOffset("wrong-offset", "照片已收到 {offset} 字节，请从这里接着上传。", offset=offset)


class UnfitPhoto(Refusal):
    """Bytes that cannot become the announced photo."""

    status = 422


def photo_called(digest: str, persons: Sequence[Person]) -> FieldPhoto | None:
    """A photo of one's own, whichever post it was taken in; the first of the posts where several have it."""
    if not DIGEST.fullmatch(digest):
        raise NotFound("no-such-photo", "没有这张照片。请在手机上重新选择照片。")
    numbers = [one.pk for one in persons]
    rows = {one.person_id: one for one in FieldPhoto.objects.filter(person__in=numbers, digest=digest)}
    for person in persons:
        if (found := rows.get(person.pk)) is not None:
            found.person = person
            return found
    return None


def begun(
    here: FieldPhoto | None, digest: str, person: Person, size: int | None, *, at: datetime
) -> FieldPhoto:
    """The photo that a stretch belongs to; one that no record has announced yet is announced by its first stretch."""
    found = here
    if found is None:
        largest = FIELDWORK.photo_bytes.on(timezone.localdate(at)).value
        if size is None or size < 1:
            raise UnfitPhoto("length-missing", "没有说明照片的大小，没有存入。请更新手机上的应用后重试。")
        if size > largest:
            refusal = too_large(size, largest)
            raise UnfitPhoto(refusal.code, refusal.sentence, **refusal.params)
        if FieldPhoto.objects.filter(person=person, state=PhotoState.COMING).count() >= WAITING:
            raise UnfitPhoto("photos-waiting", "还有 {most} 张照片没有传完，请先传完再添加。", most=WAITING)
        try:
            with transaction.atomic():
                return FieldPhoto.objects.create(
                    person=person, digest=digest, size=size, place=secrets.token_hex(16), given_at=at
                )
        except IntegrityError:  # the same stretch came twice at the same moment
            found = photo_called(digest, [person])
            assert found is not None
    if size is not None and size != found.size:
        raise UnfitPhoto("photo-size-differs", "同一张照片两次登记的大小不同，没有存入。请重新选择照片。")
    return found


def take(
    here: FieldPhoto | None,
    digest: str,
    data: bytes,
    *,
    offset: int,
    size: int | None,
    person: Person,
    by: Any,
    at: datetime,
) -> FieldPhoto:
    """Take one stretch of a photo, of which ``here`` is the row if it has one; answers with it as it is now."""
    photo = begun(here, digest, person, size, at=at)
    if photo.state == PhotoState.WHOLE:
        if offset == photo.size and not data:
            return photo
        raise wrong_offset(photo.size)
    with held(photo) as file:
        photo.refresh_from_db(fields=["received", "written", "state", "seal"])
        if photo.state == PhotoState.WHOLE or offset != photo.received:
            raise wrong_offset(photo.received)
        if not data:
            return photo
        if photo.received + len(data) > photo.size:
            start_anew(photo)
            raise UnfitPhoto("photo-longer", "上传的内容比登记的大小长，已全部作废。请重新上传这张照片。")
        if offset == 0 and not may_become_a_photo(data):
            raise UnfitPhoto(
                "photo-kind",
                "这个文件不是照片（JPG、PNG、WebP），没有存入，其余内容不受影响。请用手机拍照，或把图片另存为 JPG 后再传。",
            )
        written = append(photo, file, data)
        if photo.received + len(data) < photo.size:
            photo.received, photo.written = photo.received + len(data), written
            photo.save(update_fields=["received", "written"])
            return photo
        whole = read(photo, file, written)
        finish(photo, proved(photo, whole), written, by=by, at=at)
    return photo


def proved(photo: FieldPhoto, data: bytes) -> Photo:
    """Look at the picture; refuse, and begin anew, where the bytes are not those that were announced or do not open."""
    if hashlib.sha256(data).hexdigest() != photo.digest:
        start_anew(photo)
        raise UnfitPhoto("photo-digest", "照片传到后与手机上的不一致，已全部作废。请重新上传这张照片。")
    try:
        return photo_in(data)
    except NotAPhoto:
        start_anew(photo)
        raise


def start_anew(photo: FieldPhoto) -> None:
    """Nothing of it counts; the next stretch is the first one."""
    FieldPhoto.objects.filter(pk=photo.pk).update(received=0, written=0)


@transaction.atomic
def finish(photo: FieldPhoto, seen: Photo, written: int, *, by: Any, at: datetime) -> None:
    """The photo is here: note what it says of itself and shows in small, and have it compared with others."""
    said = seen.said
    photo.received, photo.written, photo.state = photo.size, written, PhotoState.WHOLE
    photo.width, photo.height, photo.turned = seen.width, seen.height, said.turned
    photo.taken, photo.longitude, photo.latitude = said.taken + said.zone, said.longitude, said.latitude
    photo.shape = seen.shape
    photo.save()
    after = {"digest": photo.digest, "size": photo.size, "width": photo.width, "height": photo.height}
    record(photo, Verb.CREATE.value, by=by, at=at, why="上传照片", after=after)
    order_look(at=at)
