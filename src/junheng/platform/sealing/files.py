"""Files that people send or fetch lie sealed in the home folder: in pieces, each proved, with a key of their own.

A sealed file is a mark, its key wrapped under the ring, and pieces of 256 KiB, each encrypted with the number of the
piece and whether it is the last one as its nonce: no piece can be left out, exchanged or cut off. The key is bound to
the place of the file, so a file under another's name does not open. Whoever writes or reads holds one piece in memory.
A file appears under its name when it is whole; what a crash leaves lies beside it, sealed as well, until it is swept.
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Self

from cryptography.exceptions import InvalidTag
from django.conf import settings

from junheng.kernel.errors import Refusal
from junheng.platform.sealing.cipher import BY_NUMBER, NONCE_BYTES, TAG_BYTES, Locked
from junheng.platform.sealing.keeping import ring

MARK = b"junheng sealed 1\n"
PIECE = 1 << 18
FOLDERS = ("uploads", "jobs")
"""Where in the home folder sealed files lie."""
UNFINISHED = ".part"
LAST = b"\x01"


class FileBroken(Refusal):
    """A sealed file that is not what was sealed here, or not all of it."""

    status = 409


def broken(path: Path) -> FileBroken:
    """The refusal of a file that does not open."""
    return FileBroken(
        "sealed-file-broken",
        "文件 {name} 打不开：它被改动过、被截断，或不是在这里保存的。没有读取任何内容。请重新上传或重新导出一次。",
        name=path.name,
    )


def folder_of(name: str) -> Path:
    """A folder of the home folder in which sealed files lie; made where it is missing, for its owner only."""
    path: Path = settings.JUNHENG_HOME / name
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def place_of(path: Path) -> str:
    """What a file's key is bound to: its folder and its name."""
    return f"{path.parent.name}/{path.name}"


def nonce_of(number: int, *, last: bool) -> bytes:
    """The nonce of a piece: used once, because every file has a key of its own."""
    return number.to_bytes(NONCE_BYTES - 1, "big") + (LAST if last else b"\x00")


class PieceWriter(io.RawIOBase):
    """Takes bytes and writes sealed pieces. ``finish`` writes the last one; without it the file does not open."""

    def __init__(self, out: IO[bytes], locked: Locked, place: bytes) -> None:
        self.out = out
        self.locked = locked
        self.place = place
        self.held = bytearray()
        self.number = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.held += data
        while len(self.held) > PIECE:  # the last piece is never written before it is known to be the last
            self.give(bytes(self.held[:PIECE]), last=False)
            del self.held[:PIECE]
        return len(data)

    def give(self, data: bytes, *, last: bool) -> None:
        """Write one piece."""
        self.out.write(self.locked.encrypt(nonce_of(self.number, last=last), data, self.place))
        self.number += 1

    def finish(self) -> None:
        """Write the last piece, which says that it is."""
        self.give(bytes(self.held), last=True)
        self.held.clear()


class Writer(PieceWriter):
    """The same for a file that carries its own key, wrapped, at its beginning."""

    def __init__(self, out: IO[bytes], path: Path) -> None:
        keys, place = ring(), place_of(path)
        seal = keys.new_seal(place)
        provider = keys.provider
        super().__init__(out, provider.open_with(keys.key_in(place, seal)).cipher, place.encode())
        out.write(MARK + f"{provider.number}{seal}\n".encode())


class PieceReader(io.RawIOBase):
    """Gives the bytes of sealed pieces, opening one at a time, from any place on. ``size`` is how many there are."""

    def __init__(self, file: IO[bytes], locked: Locked, place: bytes, begins: int, path: Path) -> None:
        self.path = path
        self.file = file
        self.locked = locked
        self.begins = begins
        sealed = os.fstat(file.fileno()).st_size - begins
        self.pieces = max(1, -(-sealed // (PIECE + TAG_BYTES)))
        self.size = max(0, sealed - self.pieces * TAG_BYTES)
        self.place = place
        self.number = 0
        self.held = memoryview(b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return min(self.number * PIECE, self.size) - len(self.held)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go on from a place: the piece that it lies in is the first that is opened."""
        place = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self.tell(), os.SEEK_END: self.size}[whence]
        self.held = memoryview(b"")
        self.number = min(place // PIECE, self.pieces)
        self.file.seek(self.begins + self.number * (PIECE + TAG_BYTES))
        if (within := place - self.number * PIECE) and self.number < self.pieces:
            self.held = memoryview(self.next_piece())[within:]
        return place

    def readinto(self, into: Any) -> int:
        while not self.held and self.number < self.pieces:
            self.held = memoryview(self.next_piece())
        count = min(len(into), len(self.held))
        into[:count] = self.held[:count]
        self.held = self.held[count:]
        return count

    def next_piece(self) -> bytes:
        """The next piece, opened; refuses one that was changed, and a file of which the end is missing."""
        last = self.number == self.pieces - 1
        data = self.file.read(PIECE + TAG_BYTES)
        try:
            piece = self.locked.decrypt(nonce_of(self.number, last=last), data, self.place)
        except (InvalidTag, ValueError):
            raise broken(self.path) from None
        self.number += 1
        return piece

    def checked(self) -> Self:
        """The same, after every piece was opened once: better a page that says what is wrong than half a file."""
        begins = self.file.tell()
        try:
            while self.number < self.pieces:
                self.next_piece()
        except BaseException:
            self.close()
            raise
        self.file.seek(begins)
        self.number = 0
        return self

    def close(self) -> None:
        self.file.close()
        super().close()


class Reader(PieceReader):
    """The same of a file that carries its own key."""

    def __init__(self, path: Path) -> None:
        file = path.open("rb")
        try:
            locked, begins = opened(file, path)
            super().__init__(file, locked, place_of(path).encode(), begins, path)
        except BaseException:
            file.close()
            raise


def opened(file: IO[bytes], path: Path) -> tuple[Locked, int]:
    """The cipher with the key of a file, and where its pieces begin; refuses where the ring has not its master key."""
    if file.read(len(MARK)) != MARK:
        raise broken(path)
    head = file.readline(400)
    number, seal = head[:1].decode("ascii", "replace"), head[1:].strip().decode("ascii", "replace")
    if number not in BY_NUMBER or seal.count(".") != 2:
        raise broken(path)
    key = ring().key_in(place_of(path), seal)
    return BY_NUMBER[number].open_with(key).cipher, len(MARK) + len(head)


@contextmanager
def sealing(path: Path) -> Iterator[Writer]:
    """Write a sealed file. It takes its name when all is written; where that fails nothing of it stays."""
    part = path.with_name(f"{path.name}{UNFINISHED}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            writer = Writer(out, path)
            yield writer
            writer.finish()
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def seal_bytes(path: Path, content: bytes) -> None:
    """Write bytes as a sealed file."""
    with sealing(path) as out:
        out.write(content)


def read_sealed(path: Path) -> bytes:
    """All bytes of a sealed file."""
    with Reader(path) as file:
        return file.readall()


def files_under(key_id: str) -> int:
    """How many files have their key wrapped under a master key."""
    there = [path for name in FOLDERS for path in (settings.JUNHENG_HOME / name).glob("*") if path.is_file()]
    return sum(master_of(path) == key_id for path in there)


def master_of(path: Path) -> str:
    """The master key of a sealed file by its name; empty for another file."""
    try:
        with path.open("rb") as file:
            head = file.readline(400) if file.read(len(MARK)) == MARK else b""
    except FileNotFoundError:
        return ""
    return head[1:].decode("ascii", "replace").split(".", 1)[0]
