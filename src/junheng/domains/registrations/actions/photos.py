"""Photos of papers: looked at by their first bytes, sealed with a key of their own, kept beside the database.

A file is written whole under the digest of its sealed bytes, and read back only with the key in its row: a copy of the
folder shows nothing, and destroying the key destroys the photo wherever copies are.
"""

import hashlib
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from junheng.domains.registrations.models import Draft, Evidence
from junheng.domains.registrations.queries.faults import Misfilled
from junheng.kernel.errors import NotFound
from junheng.platform.sealing import ring
from junheng.platform.sealing.cipher import BY_NUMBER, NONCE_BYTES

LARGEST = 15 * 1024 * 1024
MOST = 4
"""Photos of one circumstance."""
MARK = b"JHP1"
TABLE = "registrations_evidence"
PLACE = b"registrations_evidence.bytes"
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
    """Seal one file into the home folder, and note it in the draft."""
    start = file.read(16)
    media = check_photo(circumstance, file.size, start)
    if Evidence.objects.filter(draft=draft, circumstance=circumstance).count() >= MOST:
        raise Misfilled("photos-enough", "这一项已有 {most} 张照片。请先删去不清楚的，再传新的。", f"photo_{circumstance}", most=MOST)  # fmt: skip
    keys = ring()
    seal = keys.new_seal(TABLE)
    nonce = os.urandom(NONCE_BYTES)
    opened = keys.provider.open_with(keys.key_in(TABLE, seal))
    sealed = opened.cipher.encrypt(nonce, start + file.read(), PLACE)
    digest = put_away(MARK + keys.provider.number.encode() + nonce + sealed)
    return Evidence.objects.create(
        draft=draft, circumstance=circumstance, digest=digest, size=file.size, media=media, seal=seal, given_at=at,
        title=str(file.name)[:80],
    )  # fmt: skip


def put_away(data: bytes) -> str:
    """Write a file whole and durably; answers with its digest, under which it lies."""
    digest = hashlib.sha256(data).hexdigest()
    place = place_of(digest)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = place.with_name(f".{digest[:16]}.{os.getpid()}.{os.urandom(4).hex()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(place)
    return digest


def place_of(digest: str) -> Path:
    """Where a file lies."""
    return Path(settings.JUNHENG_HOME) / "photos" / digest[:2] / digest


def open_photo(evidence: Evidence) -> bytes:
    """The bytes of a photo; absent where the file or its key is gone."""
    place = place_of(evidence.digest)
    if not evidence.seal or not place.is_file():
        raise NotFound("photo-gone", "这张照片已经不在了。如仍需要，请家长重新上传。")
    data = place.read_bytes()
    number, body = data[len(MARK) : len(MARK) + 1].decode(), data[len(MARK) + 1 :]
    key = BY_NUMBER[number].open_with(ring().key_in(TABLE, evidence.seal))
    return key.cipher.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], PLACE)


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
