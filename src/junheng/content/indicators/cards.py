"""The card that all indicators of one chapter share: who wrote them, who checks them, when they are looked at again."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from junheng.kernel.indicators import indicator

_REVIEW = date(2027, 3, 1)


def chapter(name: str, *, author: str, checker: str) -> Callable[..., Any]:
    """The ``indicator`` decorator of one chapter."""
    return partial(indicator, chapter=name, author=author, checker=checker, next_review=_REVIEW)


CITY = "4108"
