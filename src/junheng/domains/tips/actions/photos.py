"""Photos of tips: cleaned of what a phone wrote into them, sealed each with a key of its own, kept beside the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from junheng.domains.tips.models import TipPhoto
from junheng.domains.tips.queries.faults import Misfilled
from junheng.domains.tips.queries.pictures import Unreadable, cleaned
from junheng.kernel.errors import NotFound
from junheng.platform.sealing.beside import keep_bytes, kept_bytes, place_of

LARGEST = 15 * 1024 * 1024
MOST = 4
TABLE = "tips_tipphoto"
FIELD = "photos"


@dataclass(frozen=True, slots=True)
class Kept:
    """A photo whose sealed bytes lie in the home folder, before its row is written."""

    digest: str
    seal: str
    size: int
    media: str
    title: str


def keep_photos(files: Sequence[Any], *, already: int = 0) -> list[Kept]:
    """Look at every file, and only then seal them all: one that is wrong keeps none."""
    if already + len(files) > MOST:
        raise Misfilled("tip-photos-enough", "一条举报最多附 {most} 张照片，没有存入。请留下最能说明问题的几张。", FIELD, most=MOST)  # fmt: skip
    pictures = [looked_at(one) for one in files]
    kept = []
    for file, picture in zip(files, pictures, strict=True):
        seal, digest = keep_bytes(TABLE, picture.data)
        kept.append(Kept(digest, seal, len(picture.data), picture.media, str(file.name)[:80]))
    return kept


def looked_at(file: Any) -> Any:
    """One file as a picture; refuses what is too large, no picture, broken, or enormous once it is opened."""
    if file.size > LARGEST:
        raise Misfilled("tip-photo-too-large", "有一张照片超过 {most} MB，没有存入。请在手机相册里裁小或截图后再传。", FIELD, most=LARGEST // 1024**2)  # fmt: skip
    try:
        picture = cleaned(file.read())
    except Unreadable:
        raise Misfilled("tip-photo-kind", "有一个文件不是完好的照片（JPG、PNG、WebP），没有存入。请直接拍照，或从相册选一张照片。", FIELD) from None  # fmt: skip
    if picture.is_enormous:
        raise Misfilled("tip-photo-enormous", "有一张照片的尺寸（{width}×{height}）大得不正常，没有存入。请截图后再传。", FIELD, width=picture.width, height=picture.height)  # fmt: skip
    return picture


def write_photos(tip: int, kept: Sequence[Kept]) -> None:
    """The rows of photos whose bytes are kept."""
    for one in kept:
        TipPhoto.objects.create(
            tip_id=tip, digest=one.digest, seal=one.seal, size=one.size, media=one.media, title=one.title
        )


def drop_kept(kept: Sequence[Kept]) -> None:
    """Take the bytes away again where their rows could not be written."""
    for one in kept:
        place_of(one.digest).unlink(missing_ok=True)


def photo_bytes(photo: TipPhoto) -> bytes:
    """The bytes of a photo; absent where the file or its key is gone."""
    data = kept_bytes(TABLE, photo.seal, photo.digest)
    if data is None:
        raise NotFound("tip-photo-gone", "这张照片已经按期销毁，或文件不在了。")
    return data


def forget_files(digests: Sequence[str]) -> None:
    """Delete files once it is certain that their rows are."""
    for digest in digests:
        transaction.on_commit(lambda digest=digest: place_of(digest).unlink(missing_ok=True))  # type: ignore[misc]
