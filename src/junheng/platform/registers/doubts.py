"""What is unusual about a row that was just written: asked before the writing stands, by mechanisms above."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register


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
