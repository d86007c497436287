"""The bibliography: a source is a document, a citation is a place in it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """One document that sets rules: who issued it, under which number and on which day, and who last looked."""

    key: str
    title: str
    issuer: str
    number: str
    issued_on: date | None
    last_checked: date

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source, written ``key#place`` in rule files.

    >>> s = Source("a-1", "示例办法", "示例局", "示教〔2024〕3号", date(2024, 1, 1), date(2026, 1, 1))
    >>> str(Citation.read("a-1#第九条", {"a-1": s}))
    '《示例办法》（示教〔2024〕3号）第九条'
    """

    source: Source
    place: str

    @classmethod
    def read(cls, text: str, sources: Mapping[str, Source]) -> "Citation":
        key, _, place = text.partition("#")
        if key not in sources:
            raise ValueError(f"{text!r} cites {key!r}, which sources.toml does not know")
        return cls(sources[key], place)

    def __str__(self) -> str:
        return f"{self.source}{self.place}"


def load_sources(path: Path) -> dict[str, Source]:
    """Read a bibliography in TOML: one table a source, its key the table's name."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        key: Source(
            key=key,
            title=entry["title"],
            issuer=entry["issuer"],
            number=entry.get("number", ""),
            issued_on=entry.get("issued_on"),
            last_checked=entry["last_checked"],
        )
        for key, entry in entries.items()
    }
