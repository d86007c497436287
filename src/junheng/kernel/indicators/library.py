"""Compiled definitions by id, kept on disk so that a process need not compile them again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from junheng.kernel.indicators import compile as compiler
from junheng.kernel.indicators.compile import Compiled, compile_formula
from junheng.kernel.indicators.declare import Indicator


@dataclass
class Library:
    """The definitions of one bureau. ``shelf`` is a file that remembers what was compiled, by digest of the definition.

    A definition whose digest is not on the shelf is compiled when first asked for; ``keep`` writes the shelf. A shelf
    that cannot be read, or that another compiler wrote, is no shelf: everything on it can be made again.
    """

    indicators: Mapping[str, Indicator]
    shelf: Path | None = None
    _compiled: dict[str, Compiled] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.shelf is not None:
            self._compiled = _read(self.shelf)

    def indicator(self, id: str, reading: str) -> Compiled:
        """The SQL of one reading of one indicator."""
        card = self.indicators[id]
        named = reading if card.readings != ("default",) else None
        return self.compiled(
            f"{card.digest}/{reading}", lambda: compile_formula(card.formula, card.reads, card.window, named)
        )

    def compiled(self, key: str, make: Any) -> Compiled:
        """What stands on the shelf under the key, or what ``make`` compiles now."""
        if key not in self._compiled:
            self._compiled[key] = make()
        return self._compiled[key]

    def keep(self) -> None:
        """Write the shelf, whole or not at all."""
        if self.shelf is None:
            return
        self.shelf.parent.mkdir(parents=True, exist_ok=True)
        compiled = {key: entry.as_json() for key, entry in self._compiled.items()}
        text = json.dumps({"compiler": compiler_digest(), "compiled": compiled}, ensure_ascii=False)
        draft = self.shelf.with_name(f"{self.shelf.name}.{hashlib.sha256(text.encode()).hexdigest()[:8]}.tmp")
        draft.write_text(text, encoding="utf-8")
        draft.replace(self.shelf)


def _read(shelf: Path) -> dict[str, Compiled]:
    try:
        words = json.loads(shelf.read_text(encoding="utf-8"))
        if words["compiler"] != compiler_digest():
            return {}
        return {key: Compiled.from_json(entry) for key, entry in words["compiled"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


@lru_cache(maxsize=1)
def compiler_digest() -> str:
    """What compiles: our side of it and Ibis. Another one may write another statement for the same definition."""
    ours = Path(compiler.__file__).read_bytes()
    return hashlib.sha256(ours + version("ibis-framework").encode()).hexdigest()
