"""教训通报范本 — what other schools are told after the review of an incident, with slots for what the review says."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Lessons:
    """The title, and the words with and without a reply that is asked for."""

    title: str
    body: str
    body_without_reply: str


def load_lessons() -> Lessons:
    """The template."""
    read = tomllib.loads(Path(__file__).with_name("lessons.toml").read_text(encoding="utf-8"))
    return Lessons(**{name: words.strip() for name, words in read.items()})


LESSONS = load_lessons()
