"""The card that all indicators of one chapter share: who wrote them, who checks them, when they are looked at again."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Protocol

from junheng.kernel.indicators import indicator
from junheng.kernel.indicators.declare import F

_REVIEW = date(2027, 3, 1)


class Declare(Protocol):
    """The decorator that declares an indicator: its id and what is its own on the card."""

    def __call__(self, id: str, **card: Any) -> Callable[[F], F]: ...


def chapter(name: str, *, author: str, checker: str) -> Declare:
    """The ``indicator`` decorator of one chapter."""
    return partial(indicator, chapter=name, author=author, checker=checker, next_review=_REVIEW)


CITY = "4108"
