"""Deeds that ask for a fresh second factor: one list, and a mark for the views of whoever is above."""

from typing import Any, TypeVar

V = TypeVar("V")

MARK = "asks_for_factor"
BY_NAME = frozenset(
    {"registers:unmask", "registers:export", "tokens:mine", "retention:preview", "retention:carry"}
)
"""Views of mechanisms that do not know this one. Only what changes or reveals is asked: a POST."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def sensitive(view: V) -> V:
    """Have a view's POST ask for a fresh second factor."""
    setattr(view, MARK, True)
    return view


def is_sensitive(method: str, name: str, view: Any) -> bool:
    """Whether this request asks for a fresh second factor."""
    return method not in SAFE and (name in BY_NAME or getattr(view, MARK, False))
