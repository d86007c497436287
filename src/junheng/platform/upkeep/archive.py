"""The file of a backup: a zip whose every member is named in a manifest with its digest, and the manifest by its own.

It is written beside its place and renamed when it is whole, so that there is a backup or there is none.
"""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from junheng.kernel.errors import Conflict, NotFound, Refusal

MANIFEST, SEAL = "manifest.json", "manifest.sha256"
FORMAT = 2
"""Since 2 the sealed files beside the database are in it; a house that knows 1 alone would leave them out unsaid."""
READABLE = frozenset({1, FORMAT})
PIECE = 1 << 20


@dataclass(slots=True)
class Packing:
    """A backup that is being written."""

    zip: zipfile.ZipFile
    members: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    """What the manifest says beside its members."""

    def add(self, name: str, data: bytes) -> None:
        """Put one member in. What is compressed already is not compressed again."""
        squeezed = zipfile.ZIP_STORED if name.endswith(".parquet") else zipfile.ZIP_DEFLATED
        self.zip.writestr(name, data, compress_type=squeezed)
        self.members[name] = hashlib.sha256(data).hexdigest()

    def add_file(self, name: str, file: IO[bytes]) -> int:
        """Put an open file in, piece by piece and as it is: what is sealed does not become smaller; answers with its size."""
        seen, size = hashlib.sha256(), 0
        with self.zip.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
            while piece := file.read(PIECE):
                member.write(piece)
                seen.update(piece)
                size += len(piece)
        self.members[name] = seen.hexdigest()
        return size

    def seal(self) -> str:
        """Put the manifest in; answers with its digest, which is the digest of the backup."""
        said = {"format": FORMAT, **self.facts, "members": dict(sorted(self.members.items()))}
        words = (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
        digest = hashlib.sha256(words).hexdigest()
        self.zip.writestr(MANIFEST, words, compress_type=zipfile.ZIP_DEFLATED)
        self.zip.writestr(SEAL, f"{digest}\n")
        return digest


@contextmanager
def packed(path: Path) -> Iterator[Packing]:
    """Write a backup, readable by its owner only. Refuses to write over a file; leaves nothing that is not whole."""
    if path.exists():
        raise Conflict("backup-exists", "{file} 已存在，没有备份。请换一个文件名。", file=str(path))
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", allowZip64=True) as zip_:
                yield Packing(zip_)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


@dataclass(frozen=True, slots=True)
class Packed:
    """A backup that was opened: its manifest is what was sealed."""

    zip: zipfile.ZipFile
    name: str
    said: dict[str, Any]
    digest: str

    def read(self, member: str) -> bytes:
        """One member; refuses what is not what was put in."""
        return b"".join(self.pieces(member))

    def pieces(self, member: str) -> Iterator[bytes]:
        """One member piece by piece; refuses at the end what is not what was put in."""
        seen, size = hashlib.sha256(), 0
        try:
            with self.zip.open(member) as file:
                while piece := file.read(PIECE):
                    seen.update(piece)
                    size += len(piece)
                    yield piece
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
            raise damaged(self.name, member) from None
        if seen.hexdigest() != self.said["members"].get(member) or size != self.files.get(member, size):
            raise damaged(self.name, member)

    @property
    def files(self) -> dict[str, int]:
        """The sealed files that lay beside the database, with their sizes; older backups have none."""
        return dict(self.said.get("files", {}))

    def check(self) -> None:
        """Read every member once, so that nothing is begun with a backup that is not whole."""
        for member in {**self.said["members"], **self.files}:
            for _piece in self.pieces(member):
                pass


@contextmanager
def unpacked(path: Path) -> Iterator[Packed]:
    """Open a backup; refuses a file that is none, or that is damaged, and says which."""
    try:
        zip_ = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise NotFound(
            "backup-missing", "没有找到备份文件 {file}。请检查路径后再试。", file=str(path)
        ) from None
    except (zipfile.BadZipFile, IsADirectoryError, ValueError):
        raise damaged(path.name, path.name) from None
    with zip_:
        try:
            words, seal = zip_.read(MANIFEST), zip_.read(SEAL).decode("ascii").strip()
            digest = hashlib.sha256(words).hexdigest()
            said = json.loads(words)
        except (KeyError, ValueError, zipfile.BadZipFile, zlib.error, EOFError):
            raise damaged(path.name, MANIFEST) from None
        if digest != seal:
            raise damaged(path.name, MANIFEST)
        if said.get("format") not in READABLE:
            raise Refusal(
                "backup-newer",
                "备份 {file} 是由更新版本的系统生成的，本版本读不懂，没有做任何改动。请先升级系统，再恢复。",
                file=path.name,
            )
        yield Packed(zip_, path.name, said, digest)


def damaged(file: str, member: str) -> Refusal:
    """The refusal of a backup that is not what was written."""
    return Refusal(
        "backup-damaged",
        "备份 {file} 已损坏或不是本系统的备份（{member} 与其摘要不符），没有做任何改动。请改用另一份备份。",
        file=file,
        member=member,
    )
