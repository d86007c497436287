"""A snapshot and what it names: tables by the digests of their rows, and the last audit entry they stand on.

Nothing here opens a table, so that whoever only asks which snapshot it is does not pay for reading it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from junheng.kernel.errors import NotFound, Refusal

SHORT = 16
"""How much of a digest a file name carries: enough that no two tables of one house ever meet."""


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One frozen table: ``file`` lies in the folder of the manifest."""

    name: str
    digest: str
    rows: int
    file: str


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The last entry of the audit when the rows were read; 0 where nothing had been written yet."""

    id: int
    hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One snapshot. ``digest`` is of the tables' digests and the audit head, not of the moment."""

    digest: str
    taken_at: datetime
    audit_head: AuditHead
    tables: Mapping[str, TableEntry]
    folder: Path

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(entry.rows for entry in self.tables.values())

    @property
    def path(self) -> Path:
        """Where the manifest itself lies."""
        return self.folder / f"manifest-{self.digest[:SHORT]}.json"

    @property
    def sources(self) -> dict[str, Path]:
        """The file of every table, by the table's name."""
        return {name: self.folder / entry.file for name, entry in self.tables.items()}

    @property
    def digests(self) -> dict[str, str]:
        """The digest of every table, by the table's name."""
        return {name: entry.digest for name, entry in self.tables.items()}

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a manifest; refuses where there is none, or none that can be read."""
        try:
            return cls.of_words(json.loads(path.read_text("utf-8")), path.parent)
        except FileNotFoundError:
            raise NotFound(
                "snapshot-missing",
                "快照清单 {file} 不在数据目录中，可能被移走或删除。请恢复该文件，或重新冻结一次快照。",
                file=path.name,
            ) from None
        except (ValueError, LookupError, TypeError, AttributeError):
            raise Refusal(
                "snapshot-unreadable",
                "快照清单 {file} 的内容已损坏，读不出快照。请从备份恢复该文件，或重新冻结一次快照。",
                file=path.name,
            ) from None

    @classmethod
    def of_words(cls, words: Any, folder: Path) -> Self:
        """A manifest from what its file says."""
        return cls(
            digest=words["digest"],
            taken_at=datetime.fromisoformat(words["taken_at"]),
            audit_head=AuditHead(**words["audit_head"]),
            tables={name: TableEntry(name=name, **entry) for name, entry in words["tables"].items()},
            folder=folder,
        )

    def as_words(self) -> dict[str, Any]:
        """What the file of the manifest says."""
        return {
            "digest": self.digest,
            "taken_at": self.taken_at.isoformat(),
            "audit_head": {"id": self.audit_head.id, "hash": self.audit_head.hash},
            "tables": {
                name: {"digest": entry.digest, "rows": entry.rows, "file": entry.file}
                for name, entry in self.tables.items()
            },
        }


def digest_of_tables(tables: Mapping[str, TableEntry], audit_head: AuditHead) -> str:
    """The digest of a snapshot: one line a table (name and digest, by name), then the audit head."""
    lines = [f"{name} {tables[name].digest}" for name in sorted(tables)]
    lines.append(f"audit {audit_head.id} {audit_head.hash}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
