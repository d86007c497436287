"""What is unusual about a row that was just written: asked before the writing stands, by mechanisms above."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model

from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register

EXPLANATION = "explanation"
"""The name under which a form and a program say why something unusual is so."""
LEAST, MOST = 4, 500
"""Letters that an explanation has."""


class Unusual(Exception):
    """The row may be written, but not without a word about it: the transaction must not stand."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


After = Callable[[], None]
Doubter = Callable[[Register[Any], Model, Asker, str], After]
"""Told of a row before it is written, with the explanation that came with it; answers what to ask once it is."""

_DOUBTERS: dict[str, Doubter] = {}


def doubter(one: Doubter) -> Doubter:
    """Have a mechanism look at every row that a form writes. It raises ``Unusual`` where a word is missing."""
    _DOUBTERS[f"{one.__module__}.{one.__qualname__}"] = one
    return one


def doubts(register: Register[Any], row: Model, *, asker: Asker, explanation: str) -> list[After]:
    """Ask everybody before the row is written; call what comes back after it is."""
    return [one(register, row, asker, explanation) for one in _DOUBTERS.values()]


@dataclass(frozen=True, slots=True)
class Question:
    """What one of many rows newly has that is unusual: its number, and the sentence. ``about`` is its finder's own."""

    row: int
    sentence: str
    about: Any = None


class Watch(Protocol):
    """Looks at rows that are written together. Asks a number of questions that does not grow with the rows."""

    def asked(self, rows: Sequence[Model]) -> list[Question]:
        """What these rows have, now that they are written, that they had not before."""
        ...

    def settle(self, questions: Sequence[Question], said: Mapping[int, str], asker: Asker) -> int:
        """Keep what was said about rows, by their number; what nobody explained is kept as open. Answers how many were."""
        ...


Watcher = Callable[[Register[Any], Sequence[Model], Asker], Watch]
_WATCHERS: dict[str, Watcher] = {}


def watcher(one: Watcher) -> Watcher:
    """Have a mechanism look at rows that an import or a program writes together; it is told of them before they are."""
    _WATCHERS[f"{one.__module__}.{one.__qualname__}"] = one
    return one


class Watched:
    """All watchers of some rows, asked as one."""

    def __init__(self, register: Register[Any], rows: Sequence[Model], asker: Asker) -> None:
        self.asker = asker
        self.watches = [one(register, rows, asker) for one in _WATCHERS.values()]
        self.found: list[list[Question]] = []

    def asked(self, rows: Sequence[Model]) -> list[Question]:
        """What the written rows have that is unusual."""
        self.found = [one.asked(rows) for one in self.watches]
        return [question for questions in self.found for question in questions]

    def settle(self, said: Mapping[int, str]) -> int:
        """Keep what was said, and what was not."""
        return sum(
            one.settle(questions, said, self.asker)
            for one, questions in zip(self.watches, self.found, strict=True)
            if questions
        )


def is_said(text: str) -> bool:
    """Whether a text is long enough to be an explanation."""
    return len(" ".join(text.split())) >= LEAST
