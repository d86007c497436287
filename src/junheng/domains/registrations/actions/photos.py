"""Photos of papers: looked at by their first bytes, sealed with a key of their own, kept beside the database."""

from datetime import datetime
from typing import Any

from django.db import transaction

from junheng.domains.registrations.models import Application, Draft, Evidence
from junheng.domains.registrations.queries.faults import Misfilled
from junheng.kernel.errors import NotFound
from junheng.platform.sealing.beside import keep_bytes, kept_bytes, place_of

LARGEST = 15 * 1024 * 1024
MOST = 4
"""Photos of one circumstance."""
TABLE = "registrations_evidence"
KNOWN = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"%PDF-", "application/pdf"))


def media_of(start: bytes) -> str | None:
    r"""What a file is by its first bytes; its name and what the browser says of it count for nothing.

    >>> media_of(b"\xff\xd8\xff\xe0"), media_of(b"MZ")
    ('image/jpeg', None)
    """
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    return next((media for mark, media in KNOWN if start.startswith(mark)), None)


def check_photo(circumstance: str, size: int, start: bytes) -> str:
    """What the file is; refuses one that is too large, empty, or no picture that a clerk can look at."""
    field = f"photo_{circumstance}"
    if size > LARGEST:
        raise Misfilled("photo-too-large", "这张照片有 {size} MB，超过 {most} MB，没有存入，其余内容都已保存。请在手机相册里把它裁小或截图后再传。", field, size=-(-size // 1024**2), most=LARGEST // 1024**2)  # fmt: skip
    media = media_of(start)
    if media is None:
        raise Misfilled("photo-kind", "这个文件不是照片（JPG、PNG、WebP）或 PDF，没有存入，其余内容都已保存。请直接拍照，或从相册选一张照片。", field)  # fmt: skip
    return media


def keep_photo(draft: Draft, circumstance: str, file: Any, *, at: datetime) -> Evidence:
    """Seal one file into the home folder, and note it in the draft; no more than a few for one circumstance."""
    if Evidence.objects.filter(draft=draft, circumstance=circumstance).count() >= MOST:
        check_file(circumstance, file)
        raise enough(circumstance)
    return seal_photo(circumstance, file, at=at, draft=draft)


def enough(circumstance: str) -> Misfilled:
    """Too many photos of one circumstance."""
    return Misfilled("photos-enough", "这一项已有 {most} 张照片。请先删去不清楚的，再传新的。", f"photo_{circumstance}", most=MOST)  # fmt: skip


def check_file(circumstance: str, file: Any) -> str:
    """What a file is, or the refusal; it is read from its beginning afterwards."""
    media = check_photo(circumstance, file.size, file.read(16))
    file.seek(0)
    return media


def seal_photo(circumstance: str, file: Any, *, at: datetime, **whose: Draft | Application) -> Evidence:
    """Seal one file into the home folder, and note whose it is: of a draft, or of what was sent already."""
    media = check_file(circumstance, file)
    seal, digest = keep_bytes(TABLE, file.read())
    return Evidence.objects.create(
        **whose, circumstance=circumstance, digest=digest, size=file.size, media=media, seal=seal, given_at=at,
        title=str(file.name)[:80],
    )  # fmt: skip


def open_photo(evidence: Evidence) -> bytes:
    """The bytes of a photo; absent where the file or its key is gone."""
    data = kept_bytes(TABLE, evidence.seal, evidence.digest)
    if data is None:
        raise NotFound("photo-gone", "这张照片已经不在了。如仍需要，请家长重新上传。")
    return data


def drop_photo(draft: Draft, number: int) -> None:
    """Take a photo out of a draft again."""
    forget_photos(draft=draft, pk=number)


def forget_photos(**which: Any) -> int:
    """Delete photos with their files; a file goes when the deletion is certain."""
    found = list(Evidence.objects.filter(**which))
    Evidence.objects.filter(pk__in=[one.pk for one in found]).delete()
    for one in found:
        transaction.on_commit(lambda digest=one.digest: place_of(digest).unlink(missing_ok=True))  # type: ignore[misc]
    return len(found)
