"""Files between preview and import: kept sealed for an hour in the home folder, for the one who sent them."""

import errno
import io
import secrets
import time
import zipfile
from pathlib import Path
from typing import Any

from django.core import signing

from junheng.kernel.errors import Refusal
from junheng.platform.registers.sheets import ZIP_MARK
from junheng.platform.sealing.files import folder_of, read_sealed, seal_bytes

HOUR = 60 * 60
DAY = 24 * HOUR
LASTING = "j"
"""How the names of files begin that a job waits for: those are kept for a day."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
SMALL_LINES, SMALL_CELLS = 2_000, 40_000
PIECE = 1 << 18
SALT = "junheng.registers.uploads"


class NoRoom(Refusal):
    """The disk is full: nothing the sender did wrong."""

    status = 507


def folder() -> Path:
    """Where uploads wait."""
    return folder_of("uploads")


def keep_upload(slug: str, name: str, content: bytes, *, by: Any, lasting: bool = False) -> str:
    """Keep a file and return the token by which only its sender can import it, into this register only."""
    sweep()
    key = (LASTING if lasting else "") + secrets.token_hex(16)
    path = folder() / key
    try:
        seal_bytes(path, content)
    except OSError as wrong:
        if wrong.errno in FULL:
            raise no_room() from None
        raise
    return signing.dumps([slug, key, name, by.pk], salt=SALT)


def kept_upload(slug: str, token: str, *, by: Any) -> tuple[str, bytes]:
    """The name and bytes of a kept file; refused when it is gone, or somebody else's."""
    gone = Refusal("upload-gone", "预览已超过一小时或已失效，没有导入任何内容。请重新选择文件并预览。")
    try:
        kept_slug, key, name, owner = signing.loads(token, salt=SALT, max_age=DAY)
        if not key.startswith(LASTING):
            signing.loads(token, salt=SALT, max_age=HOUR)
        if (kept_slug, owner) != (slug, by.pk):
            raise gone
        return name, read_sealed(folder() / key)
    except (signing.BadSignature, FileNotFoundError):
        raise gone from None


def drop_upload(token: str, *, by: Any) -> None:
    """Remove a file that was imported."""
    _slug, key, _name, owner = signing.loads(token, salt=SALT)
    if owner == by.pk:
        (folder() / key).unlink(missing_ok=True)


def no_room() -> Refusal:
    """The refusal where the disk has no room for the file."""
    return NoRoom(
        "disk-full",
        "服务器磁盘空间不足，文件没有保存，也没有导入任何内容。请联系管理员清理磁盘后重新上传。",
    )


def sweep() -> None:
    """Remove what nobody came back for."""
    for path in folder().iterdir():
        kept = DAY if path.name.startswith(LASTING) else HOUR
        if path.stat().st_mtime < time.time() - kept:
            path.unlink(missing_ok=True)


def is_large(content: bytes) -> bool:
    """Whether a file has more filled cells than a page should wait for; about 2,000 lines of a usual table.

    Only counted, not read: within the first cells, so that it costs little however large the file is. What cannot be
    opened is not large: reading it says why.
    """
    if not content.startswith(ZIP_MARK):
        return content.count(b"\n") > SMALL_LINES
    cells = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/"):
                    with archive.open(name) as stream:
                        while piece := stream.read(PIECE):
                            cells += piece.count(b"<v>") + piece.count(b"<is>")
                            if cells > SMALL_CELLS:
                                return True
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return False
    return False
