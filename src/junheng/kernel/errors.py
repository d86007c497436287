"""Refusals: what the house says when it will not do something, and why."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A request the house understood and will not carry out.

    The sentence is a Chinese template (the catalogue translates it) and says what happened, why, and what to do
    next. ``code`` never changes once published: it is what a program, a log or a test recognises.

    >>> str(Refusal("unknown-figure", "没有名为「{id}」的数据。请在数据目录中查找正确的编号。", id="x-1"))
    '没有名为「x-1」的数据。请在数据目录中查找正确的编号。'
    """

    status = 400

    def __init__(self, code: str, sentence: str, **params: Any) -> None:
        self.code = code
        self.sentence = sentence
        self.params: Mapping[str, Any] = params
        super().__init__(sentence)

    def __str__(self) -> str:
        return self.sentence.format(**self.params)


class NotFound(Refusal):
    """What was asked for does not exist, or lies outside the asker's scope, which must look the same."""

    status = 404


class NotAllowed(Refusal):
    """The asker may not do this; the sentence names who may."""

    status = 403


class Conflict(Refusal):
    """Somebody else changed the same thing in the meantime; nothing was written."""

    status = 409


class NotInForce(Refusal):
    """A rule was asked for a day on which it had no value."""
