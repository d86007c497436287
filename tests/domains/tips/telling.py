"""How tests of tips tell something: a form as a browser sends it, pictures, and people."""

import io
import re
import struct
import zlib
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from junheng.domains.tips.actions.sending import Sent, Told, send
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.makers.pictures import said

AT = datetime(2024, 3, 6, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Wednesday."""
FILLED = {
    "kind": "unlicensed", "area": "410802", "about": "星河学堂", "place": "文昌路与人民路口东 50 米二楼",
    "happened": "每周六上午", "words": "二楼有十几个小学生在上数学课，门口没有许可证。",
}  # fmt: skip
TOLD = Told(**FILLED)


def officer() -> User:
    """Somebody who takes tips in."""
    return makers.user(Role.TIP_OFFICER)


def sent(number: int = 1, **given: Any) -> Sent:
    """One tip of a citizen."""
    told = Told(**{**FILLED, **given})
    return send(told, request=f"form-{number}", photos=(), address=f"10.0.0.{number}", at=AT)


def posted(
    client: Client, *, token: str = "", photos: Any = (), address: str = "10.1.1.1", **filled: Any
) -> Any:
    """Open the form and send it."""
    given = token or token_on(client)
    return client.post(
        "/tips/", {**FILLED, **filled, "token": given, "photos": list(photos)}, REMOTE_ADDR=address
    )


def token_on(client: Client) -> str:
    """The token of a fresh form."""
    page = client.get("/tips/").content.decode()
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def png(width: int = 8, height: int = 8, *, words: bytes = b"") -> bytes:
    """A small grey picture, with words of the phone in it where wished."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = b"".join(b"\x00" + bytes(width) for _ in range(min(height, 8)))
    told = (
        chunk(b"tEXt", b"Location\x00" + words)
        + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + words)
        + chunk(b"eXIf", words)
        if words
        else b""
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    mark = b"\x89PNG\r\n\x1a\n"
    return (
        mark + chunk(b"IHDR", head) + told + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"") + words
    )


def webp(*, words: bytes = b"") -> bytes:
    """A small WebP."""
    told = {"exif": b"Exif\0\0" + words, "xmp": words, "icc_profile": words} if words else {}
    return written("WEBP", lossless=True, **told)


def jpeg(*, words: bytes = b"", turned: int = 1) -> bytes:
    """A small JPEG that may be held some other way."""
    told = {"comment": words, "xmp": words, "icc_profile": words} if words else {}
    return written("JPEG", exif=said(turned=turned), **told) + words


def written(kind: str, **how: Any) -> bytes:
    """A small grey picture as Pillow writes it."""
    out = io.BytesIO()
    Image.new("L", (8, 8), 90).save(out, kind, **how)
    return out.getvalue()


def file(data: bytes, name: str = "p.jpg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data, content_type="image/jpeg")
