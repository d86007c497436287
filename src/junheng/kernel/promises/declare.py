"""The declaration of a promise: its sentence, its kind, its owner, and what would stand against it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from junheng.kernel.datasets import Table
from junheng.kernel.promises.kinds import Against, Raised


class Sentence(StrEnum):
    """The nine kinds of sentence of an achievement report, each with a test over records."""

    AT_LEAST = "at_least"
    ALL_COVERED = "all_covered"
    NONE = "none"
    ALL_ENTITLED = "all_entitled"
    RISING = "rising"
    PUT_RIGHT = "put_right"
    EXACTLY_ONE = "exactly_one"
    RAISED = "raised"
    PLANNED_DONE = "planned_done"


Formula = Callable[..., Against | Raised]
F = TypeVar("F", bound=Formula)


@dataclass(frozen=True, slots=True)
class Promise:
    """The card of a promise. ``sentence`` may be published only while nothing stands against it.

    ``otherwise`` is the true wording where something does; ``{exceptions}`` and ``{among}`` are filled in.
    ``owner`` is the section that answers for it; each record's own unit answers for the record. ``norm`` is the figure
    whose number a promise of the kind 至少 keeps: prose that states the norm says that it is kept.
    """

    id: str
    title: str
    title_en: str
    chapter: str
    kind: Sentence
    sentence: str
    otherwise: str
    owner: str
    reads: tuple[type[Table], ...]
    formula: Formula
    rule: str
    figures: tuple[str, ...] = ()
    sealed: bool = False
    norm: str = ""


_PROMISES: dict[str, Promise] = {}


def promise(id: str, **card: Any) -> Callable[[F], F]:
    """Declare the function below as the test of promise ``id``. Its docstring is the rule in words (Chinese)."""

    def declare(formula: F) -> F:
        if id in _PROMISES:
            raise TypeError(f"two promises are called {id!r}")
        if bool(card.get("norm")) is not (card["kind"] == Sentence.AT_LEAST):
            raise TypeError(f"{id}: a promise of the kind 至少, and no other, names its norm")
        _PROMISES[id] = Promise(id=id, formula=formula, rule=inspect.getdoc(formula) or "", **card)
        return formula

    return declare


def every_promise() -> dict[str, Promise]:
    """Every declared promise by id, in the order of declaration."""
    return dict(_PROMISES)
