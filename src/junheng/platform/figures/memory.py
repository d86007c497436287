"""What frozen tables answered, kept in a file beside them: a frozen day does not change its mind.

A process that finds every answer of a page here needs no engine for it, so the first page after a start is quick.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from junheng.kernel.indicators import Tables

FOLDER = "answers"
KEPT = 3
"""Files that are kept: the newest snapshot's and those before it."""
LONGEST = 64
"""Rows of an answer that is remembered; longer ones are pages of records, asked for once."""
MOST = 20_000
"""Answers one process remembers."""

Rows = list[tuple[Any, ...]]


@dataclass
class Memory:
    """Answers by statement. ``shelf`` is the file they are read from at the start; ``keep`` writes it.

    A shelf that cannot be read, or that another engine filled, is no shelf: everything on it can be computed again.
    """

    shelf: Path
    answers: dict[str, Rows] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.answers = read(self.shelf)

    def keep(self) -> None:
        """Write the shelf, whole or not at all, and throw away those of snapshots long gone."""
        self.shelf.parent.mkdir(parents=True, exist_ok=True)
        answers = {key: [[packed(one) for one in row] for row in rows] for key, rows in self.answers.items()}
        text = json.dumps({"engine": engine(), "answers": answers}, ensure_ascii=False)
        draft = self.shelf.with_name(f"{self.shelf.name}.{hashlib.sha256(text.encode()).hexdigest()[:8]}.tmp")
        draft.write_text(text, encoding="utf-8")
        draft.replace(self.shelf)
        shelves = sorted(self.shelf.parent.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for old in shelves[:-KEPT]:
            old.unlink(missing_ok=True)


@dataclass(frozen=True)
class RememberedTables(Tables):
    """Frozen tables that put each statement to the engine once."""

    memory: Memory | None = None

    def fetch(self, sql: str, **values: Any) -> Rows:
        """The remembered answer, or the engine's, which is remembered if it is short and plain."""
        if self.memory is None:
            return super().fetch(sql, **values)
        key = key_of(sql, values)
        known = self.memory.answers.get(key)
        if known is not None:
            return list(known)
        rows = super().fetch(sql, **values)
        if len(rows) <= LONGEST and len(self.memory.answers) < MOST and plain(rows):
            self.memory.answers[key] = list(rows)
        return rows


def key_of(sql: str, values: dict[str, Any]) -> str:
    """The name of a question: its statement holds the day and the values of the rules, so they are in the name."""
    asked = json.dumps([sql, sorted(values.items())], ensure_ascii=False, default=str)
    return hashlib.sha256(asked.encode()).hexdigest()[:32]


def plain(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether JSON gives every value back exactly; anything else is asked again."""
    return all(one is None or isinstance(one, bool | int | str | date) for row in rows for one in row)


def packed(value: Any) -> Any:
    """A value as JSON has it: days and moments as a list of one or two words, everything else as it is.

    >>> packed(date(2023, 12, 31)), packed(5), unpacked(packed(datetime(2023, 1, 2, 3, 4)))
    (['day', '2023-12-31'], 5, datetime.datetime(2023, 1, 2, 3, 4))
    """
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    return ["day", value.isoformat()] if isinstance(value, date) else value


def unpacked(value: Any) -> Any:
    """The value again."""
    if not isinstance(value, list):
        return value
    kind, text = value
    return datetime.fromisoformat(text) if kind == "moment" else date.fromisoformat(text)


def read(shelf: Path) -> dict[str, Rows]:
    """What stands on a shelf; nothing where it is not to be trusted."""
    try:
        words = json.loads(shelf.read_text(encoding="utf-8"))
        if words["engine"] != engine():
            return {}
        return {
            key: [tuple(unpacked(one) for one in row) for row in rows]
            for key, rows in words["answers"].items()
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def engine() -> str:
    """What answers: another version of it is asked anew."""
    return f"duckdb {version('duckdb')}"
