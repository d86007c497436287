"""函件范本 — letters as templates in which every number is a slot in braces."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """What a letter of a kind begins with; whoever drafts it may say more."""

    title: str
    body: str


def load_letters() -> dict[str, LetterTemplate]:
    """The templates by the kind of letter."""
    read = tomllib.loads(Path(__file__).with_name("letters.toml").read_text(encoding="utf-8"))
    return {kind: LetterTemplate(one["title"], one["body"].strip()) for kind, one in read.items()}


LETTERS = load_letters()
