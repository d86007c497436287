"""A photo as it lies in the home folder: sealed pieces one after another, each bound to its photo and its place in it.

Every piece has a nonce of its own, since the same stretch may be sent twice with other bytes. How many bytes of the file
count stands in the row: what a crash left behind that is cut off by whoever writes next. The key is in the row as well,
so that a copy of the folder shows nothing and destroying the key destroys the photo wherever copies are.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag

from junheng.domains.fieldwork.models import FieldPhoto
from junheng.kernel.errors import Conflict, NotFound
from junheng.platform.sealing import ring
from junheng.platform.sealing.beside import place_of
from junheng.platform.sealing.cipher import BY_NUMBER, NONCE_BYTES, TAG_BYTES, Locked

MARK = b"JHF1"
HEAD = len(MARK) + 1
LENGTH = 4
TABLE = FieldPhoto._meta.db_table


def path_of(photo: FieldPhoto) -> Path:
    """Where the pieces lie."""
    return place_of(photo.place)


def cipher_of(photo: FieldPhoto, number: str) -> Locked:
    """The cipher with the photo's own key."""
    if not photo.seal:
        raise gone()
    return BY_NUMBER[number].open_with(ring().key_in(TABLE, photo.seal)).cipher


def gone() -> NotFound:
    """The refusal where a photo or its key was destroyed."""
    return NotFound("photo-gone", "这张照片已按期销毁，或文件已不在。记录本身不受影响。")


@contextmanager
def held(photo: FieldPhoto) -> Iterator[IO[bytes]]:
    """The file of a photo, for one writer at a time on this machine; it is made where there is none."""
    path = path_of(photo)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def append(photo: FieldPhoto, file: IO[bytes], data: bytes) -> int:
    """Write one piece behind those that count, durably; answers with the new length of the file."""
    provider = ring().provider
    file.truncate(photo.written)
    file.seek(0)
    if photo.written == 0:
        file.write(MARK + provider.number.encode())
        number = provider.number
    else:
        number = head_of(file, photo)
        file.seek(photo.written)
    nonce = os.urandom(NONCE_BYTES)
    sealed = cipher_of(photo, number).encrypt(nonce, data, bound_to(photo, photo.received))
    file.write(len(data).to_bytes(LENGTH, "big") + nonce + sealed)
    file.flush()
    os.fsync(file.fileno())
    return file.tell()


def head_of(file: IO[bytes], photo: FieldPhoto) -> str:
    """The number of the ciphers that a file was begun with."""
    file.seek(0)
    head = file.read(HEAD)
    number = head[len(MARK) :].decode("ascii", "replace")
    if head[: len(MARK)] != MARK or number not in BY_NUMBER:
        raise damaged(photo)
    return number


def bound_to(photo: FieldPhoto, offset: int) -> bytes:
    """What a piece is bound to: no piece can be moved within its photo or to another one."""
    return f"{TABLE}.bytes\0{photo.place}\0{offset}".encode()


def read(photo: FieldPhoto, file: IO[bytes], length: int) -> bytes:
    """The bytes of the first pieces, as many as there are in so many bytes of the file."""
    cipher = cipher_of(photo, head_of(file, photo))
    data = bytearray()
    while file.tell() < length:
        size = int.from_bytes(file.read(LENGTH), "big")
        nonce = file.read(NONCE_BYTES)
        try:
            data += cipher.decrypt(nonce, file.read(size + TAG_BYTES), bound_to(photo, len(data)))
        except (InvalidTag, ValueError):
            raise damaged(photo) from None
    return bytes(data)


def damaged(photo: FieldPhoto) -> Conflict:
    """The refusal of pieces that do not open."""
    return Conflict(
        "photo-damaged",
        "照片 {digest} 的文件被改动过或不完整，打不开。记录本身不受影响；请检查人重新上传。",
        digest=photo.digest[:12],
    )


def bytes_of(photo: FieldPhoto) -> bytes:
    """All bytes of a photo that is here."""
    path = path_of(photo)
    if not path.is_file():
        raise gone()
    with path.open("rb") as file:
        return read(photo, file, photo.written)
