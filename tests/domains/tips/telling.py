"""How tests of tips tell something: a form as a browser sends it, pictures, and people."""

import re
import struct
import zlib
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from junheng.domains.tips.actions.sending import Sent, Told, send
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers

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
    told = chunk(b"tEXt", b"Location\x00" + words) + chunk(b"eXIf", words) if words else b""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    mark = b"\x89PNG\r\n\x1a\n"
    return (
        mark + chunk(b"IHDR", head) + told + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"") + words
    )


def webp(width: int = 8, height: int = 8, *, words: bytes = b"") -> bytes:
    """The frame of a WebP with an extended header."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)

    head = (
        bytes([0x0C if words else 0, 0, 0, 0])
        + (width - 1).to_bytes(3, "little")
        + (height - 1).to_bytes(3, "little")
    )
    frame = b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", width, height)
    body = (
        chunk(b"VP8X", head)
        + chunk(b"VP8 ", frame)
        + (chunk(b"EXIF", words) + chunk(b"XMP ", words) if words else b"")
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def jpeg(*, words: bytes = b"", turned: int = 1) -> bytes:
    """The segments of a small grey JPEG."""

    def segment(mark: int, body: bytes) -> bytes:
        return bytes([0xFF, mark]) + struct.pack(">H", len(body) + 2) + body

    exif = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01" + bytes(
        [0, turned, 0, 0, 0, 0, 0, 0]
    )
    told = segment(0xE1, exif + words) + segment(0xFE, words) if words else b""
    frame = segment(0xC0, struct.pack(">BHHB", 8, 8, 8, 1) + bytes([1, 0x11, 0]))
    tables = segment(0xDB, bytes(65)) + segment(0xC4, bytes(17))
    scan = segment(0xDA, bytes([1, 1, 0, 0, 63, 0])) + b"\x12\x34\xff\x00\x56"
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + told
        + tables
        + frame
        + scan
        + b"\xff\xd9"
        + words
    )


def file(data: bytes, name: str = "p.jpg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data, content_type="image/jpeg")
