"""Files between preview and import: kept for an hour in the home folder, for the one who sent them."""

import secrets
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing

from junheng.kernel.errors import Refusal

HOUR = 60 * 60
SALT = "junheng.registers.uploads"


def folder() -> Path:
    """Where uploads wait."""
    path: Path = settings.JUNHENG_HOME / "uploads"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep_upload(slug: str, name: str, content: bytes, *, by: Any) -> str:
    """Keep a file and return the token by which only its sender can import it, into this register only."""
    sweep()
    key = secrets.token_hex(16)
    (folder() / key).write_bytes(content)
    return signing.dumps([slug, key, name, by.pk], salt=SALT)


def kept_upload(slug: str, token: str, *, by: Any) -> tuple[str, bytes]:
    """The name and bytes of a kept file; refused when it is gone, or somebody else's."""
    gone = Refusal("upload-gone", "预览已超过一小时或已失效，没有导入任何内容。请重新选择文件并预览。")
    try:
        kept_slug, key, name, owner = signing.loads(token, salt=SALT, max_age=HOUR)
        if (kept_slug, owner) != (slug, by.pk):
            raise gone
        return name, (folder() / key).read_bytes()
    except (signing.BadSignature, FileNotFoundError):
        raise gone from None


def drop_upload(token: str, *, by: Any) -> None:
    """Remove a file that was imported."""
    _slug, key, _name, owner = signing.loads(token, salt=SALT)
    if owner == by.pk:
        (folder() / key).unlink(missing_ok=True)


def sweep() -> None:
    """Remove what nobody came back for."""
    for path in folder().iterdir():
        if path.stat().st_mtime < time.time() - HOUR:
            path.unlink(missing_ok=True)
