"""The declaration of an indicator: its card, its formula, and the registry of all of them."""

import hashlib
import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from junheng.kernel.datasets import Table
from junheng.kernel.indicators.fingerprint import fingerprint
from junheng.kernel.indicators.measures import Measure

Formula = Callable[..., Measure]
F = TypeVar("F", bound=Formula)


class Kind(StrEnum):
    """What kind of statement the figure makes, hence how it is printed and compared."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    RATE = "rate"
    NORM = "norm"
    UNIVERSAL = "universal"
    TREND = "trend"
    MINIMUM = "minimum"
    DATE = "date"
    TIME = "time"
    TERM = "term"
    SPAN = "span"


class Window(StrEnum):
    """Over which days the figure looks."""

    TWO_YEARS = "two_years"
    YEAR = "year"
    TERM = "term"
    AS_OF = "as_of"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Indicator:
    """The card of an indicator. ``word`` is the Chinese measure word or unit its printed form ends in.

    ``readings`` are the named ways in which the wording can be understood; the first is the bureau's.
    ``why`` says why it matters (in English in the docstring of the formula), ``definition`` how it is counted. Author and
    checker are two people.
    """

    id: str
    title: str
    title_en: str
    chapter: str
    kind: Kind
    word: str
    window: Window
    definition: str
    definition_en: str
    author: str
    checker: str
    next_review: date
    reads: tuple[type[Table], ...]
    formula: Formula
    why: str
    why_en: str = ""
    readings: tuple[str, ...] = ("default",)
    same_as: str | None = None
    sensitive: bool = False
    version: int = 1

    @property
    def digest(self) -> str:
        """Digest of everything that makes the answer what it is: formula, contracts read, window, unit, version.

        Formatting and comments do not move it; a change of the formula, or of what the formula calls, does.
        """
        card = [self.id, self.kind, self.word, self.window, self.version, self.same_as, list(self.readings)]
        columns = [[table.table, sorted(table.columns)] for table in self.reads]
        return hashlib.sha256(json.dumps([card, columns, fingerprint(self.formula)]).encode()).hexdigest()


_INDICATORS: dict[str, Indicator] = {}


def indicator(id: str, **card: Any) -> Callable[[F], F]:
    """Declare the function below as the formula of indicator ``id``. See Indicator for the card.

    The formula gets the tables it ``reads`` (Ibis, in that order) and, by keyword, ``at`` (the moment, as
    expressions), ``rule`` (a function from key to the value on the day) and ``reading``.
    """

    def declare(formula: F) -> F:
        if id in _INDICATORS:
            raise TypeError(f"two indicators are called {id!r}")
        if card["author"] == card["checker"]:
            raise TypeError(f"{id}: an indicator is checked by somebody other than its author")
        _INDICATORS[id] = Indicator(id=id, formula=formula, why_en=inspect.getdoc(formula) or "", **card)
        return formula

    return declare


def every_indicator() -> dict[str, Indicator]:
    """Every declared indicator by id, in the order of declaration."""
    return dict(_INDICATORS)
