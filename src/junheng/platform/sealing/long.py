"""Long files beside the database: sealed in pieces while they come, and opened where somebody looks, from any place on.

They lie where all files lie that belong to a row (``beside``), under the digest of their sealed bytes, and open with
the key in their row; the pieces are those of other long files (``files``). Whoever writes or reads holds one piece.
"""

import hashlib
import os
from types import TracebackType
from typing import Any, Self

from junheng.platform.sealing.beside import FOLDER, KEEPERS, place_in, place_of
from junheng.platform.sealing.cipher import BY_NUMBER
from junheng.platform.sealing.files import PieceReader, PieceWriter, broken, folder_of
from junheng.platform.sealing.keeping import ring

MARK = b"JHP2"
HEAD = len(MARK) + 1


class Keeping:
    """A long file that is coming. What was not kept by the end leaves nothing behind.

    ``digest`` and ``size`` are those of the bytes that were given, ``seal`` is the new key for their row.
    """

    def __init__(self, table: str) -> None:
        if table not in KEEPERS:
            raise LookupError(f"{table} does not say which of its columns names a file: see lies_beside")
        keys = ring()
        self.seal = keys.new_seal(table)
        self.part = folder_of(FOLDER) / f".{os.urandom(8).hex()}.{os.getpid()}"
        self.given, self.sealed, self.size = hashlib.sha256(), hashlib.sha256(), 0
        handle = os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self.out = os.fdopen(handle, "wb")
        cipher = keys.provider.open_with(keys.key_in(table, self.seal)).cipher
        self.writer = PieceWriter(self, cipher, place_in(table))  # type: ignore[arg-type] # it only writes
        self.write(MARK + keys.provider.number.encode())

    def write(self, data: bytes) -> int:
        """Sealed bytes on their way to the disk."""
        self.sealed.update(data)
        return self.out.write(data)

    def take(self, data: bytes) -> None:
        """The next bytes."""
        self.given.update(data)
        self.size += len(data)
        self.writer.write(data)

    @property
    def digest(self) -> str:
        """The digest of what was given so far."""
        return self.given.hexdigest()

    def keep(self) -> str:
        """The file is whole: it takes its name, which is the digest of its sealed bytes."""
        self.writer.finish()
        self.out.flush()
        os.fsync(self.out.fileno())
        self.out.close()
        name = self.sealed.hexdigest()
        place = place_of(name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.part.replace(place)
        return name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.drop()

    def drop(self) -> None:
        """Let go of what was not kept."""
        if not self.out.closed:
            self.out.close()
        self.part.unlink(missing_ok=True)


def reader_of(table: str, seal: str, name: str) -> PieceReader | None:
    """The bytes of a long file, to be read from any place on; None where the file or its key is gone."""
    place = place_of(name)
    if not seal or not name or not place.is_file():
        return None
    file = place.open("rb")
    try:
        head: Any = file.read(HEAD)
        number = head[len(MARK) :].decode("ascii", "replace")
        if head[: len(MARK)] != MARK or number not in BY_NUMBER:
            raise broken(place)
        cipher = BY_NUMBER[number].open_with(ring().key_in(table, seal)).cipher
        return PieceReader(file, cipher, place_in(table), HEAD, place)
    except BaseException:
        file.close()
        raise
