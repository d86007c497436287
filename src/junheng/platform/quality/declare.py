"""How rooms declare what is unusual: each declaration is a question that the database answers for all rows at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Model

from junheng.kernel.rulebook import Dated
from junheng.platform.quality.words import Kind, Severity

Rows = Any
"""Rows of a register as a queryset: what is annotated to it no type checker knows."""
Find = Callable[[Rows, date], Rows]
"""From rows of a register and a day to those that break the rule, with its facts annotated."""
Look = Callable[[Any, date], Mapping[str, Any] | None]
"""From one row and a day to the facts of the breach, for what only the row itself can tell (sealed values)."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Two registers that hold the same fact: what each calls it, where its rows are, which one is believed.

    ``rows`` is a register and the filters that lead to the rows counted, each with the column of the finding's row.
    """

    left: Any
    right: Any
    trusted: str = "right"
    rows: tuple[str, Mapping[str, str]] | None = None
    drill: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A soft rule or a pair of registers. ``sentence`` takes the ``facts``; ``fields`` are what may be wrong.

    ``touches`` names contract columns of other tables that the error moves as well (``classes`` or ``classes.grade``).
    ``asked`` says whether a form asks for an explanation before it saves a row that newly breaks the rule.
    """

    code: str
    register: str
    title: Any
    why: Any
    sentence: Any
    severity: Severity
    facts: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    limits: tuple[Dated[Any], ...] = ()
    acts: Any = ""
    asked: bool = True
    ended: bool = False
    kind: Kind = Kind.RULE
    sides: Sides | None = None
    find: Find | None = None
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that units have: each period against the unit's own past, the last one against its peers too.

    ``values`` gives (unit, period, value) for every unit and period; ``peers`` are the columns of the unit's row in
    which peers agree. ``least`` is the smallest difference worth a look; a share of the middle, ``least_share``, too.
    """

    code: str
    register: str
    title: Any
    unit: Any
    why: Any
    values: "Callable[[date], Iterable[tuple[int, str, int | Fraction]]]"
    fields: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    past: bool = True
    peers: tuple[str, ...] = ()
    least: int = 1
    least_share: Fraction = Fraction(1, 4)
    acts: Any = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two rows of a register may be one person or one institution.

    ``exact`` are groups of columns that are the same for one and hardly for two; ``words`` the sentence of each
    group. ``name`` is compared for likeness within one township where ``similar``. ``overlap``: only rows that hold on a
    common day are doubtful, because a transfer makes a second row.
    """

    code: str
    register: str
    title: Any
    why: Any
    exact: tuple[tuple[tuple[str, ...], Any], ...]
    name: str = ""
    similar: bool = False
    fields: tuple[str, ...] = ()
    overlap: bool = True


@dataclass(frozen=True, slots=True)
class Expectation:
    """Fields that may be left empty and are expected all the same, and how often a unit is expected to look."""

    register: str
    fields: tuple[str, ...]
    days: int


Declared = Rule | Measure | Likeness
_DECLARED: dict[str, Declared] = {}
_EXPECTED: dict[str, Expectation] = {}
_PUBLISHED: dict[str, Callable[[Sequence[str]], Mapping[str, list[tuple[str, str]]]]] = {}


def add(one: Declared) -> None:
    """Add a declaration; two of one code are a mistake in the program."""
    known = _DECLARED.setdefault(one.code, one)
    if known is not one and (known.register != one.register or known.title != one.title):
        raise TypeError(f"two quality rules are called {one.code!r}")


def soft_rule(code: str, register: str, **card: Any) -> Callable[[Find], Find]:
    """Declare the function below as a soft rule of a register. See Rule for the card."""

    def declare(find: Find) -> Find:
        add(Rule(code=code, register=register, find=find, **card))
        return find

    return declare


def row_rule(code: str, register: str, **card: Any) -> Callable[[Look], Look]:
    """Declare a rule that only the row itself can answer: asked when a row is saved, never of all rows."""

    def declare(look: Look) -> Look:
        add(Rule(code=code, register=register, look=look, **card))
        return look

    return declare


def reconcile(code: str, register: str, *, sides: Sides, **card: Any) -> Callable[[Find], Find]:
    """Declare two places that hold the same fact: the function gives the rows where ``left`` and ``right`` differ."""

    def declare(find: Find) -> Find:
        facts = ("left", "right", *card.pop("facts", ()))
        own: dict[str, Any] = {"asked": False, "kind": Kind.MISMATCH, "sides": sides, "facts": facts} | card
        add(Rule(code=code, register=register, find=find, **own))
        return find

    return declare


def measure(code: str, register: str, **card: Any) -> Callable[[Any], Any]:
    """Declare the function below as a number that units have. See Measure."""

    def declare(values: Any) -> Any:
        add(Measure(code=code, register=register, values=values, **card))
        return values

    return declare


def likeness(code: str, register: str, **card: Any) -> None:
    """Declare how two rows of a register may be one. See Likeness."""
    add(Likeness(code=code, register=register, **card))


def expect(register: str, *fields: str, days: int) -> None:
    """Declare which optional fields of a register are expected, and after how many days without a look it is late."""
    _EXPECTED[register] = Expectation(register, fields, days)


def publications(
    ask: Callable[[Sequence[str]], Mapping[str, list[tuple[str, str]]]],
) -> Callable[[Sequence[str]], Mapping[str, list[tuple[str, str]]]]:
    """Have a room say in which publications figures stand: by figure, title and address."""
    _PUBLISHED[f"{ask.__module__}.{ask.__qualname__}"] = ask
    return ask


def every_declaration() -> dict[str, Declared]:
    """All declarations by code."""
    return dict(_DECLARED)


def every_expectation() -> dict[str, Expectation]:
    """What is expected of registers, by register."""
    return dict(_EXPECTED)


def rules_of(register: str) -> list[Rule]:
    """The soft rules of a register that a form asks about."""
    return [
        one for one in _DECLARED.values() if isinstance(one, Rule) and one.register == register and one.asked
    ]


def kind_of(one: Declared) -> Kind:
    """Under which heading what a declaration finds is shown."""
    if isinstance(one, Measure):
        return Kind.OUTLIER
    return Kind.DUPLICATE if isinstance(one, Likeness) else one.kind


def severity_of(one: Declared) -> Severity:
    """How grave what a declaration finds is."""
    return one.severity if isinstance(one, Rule) else Severity.MEDIUM


def published_in(figures: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """In which publications each figure stands."""
    found: dict[str, list[tuple[str, str]]] = {}
    for ask in _PUBLISHED.values():
        for figure, where in ask(figures).items():
            found.setdefault(figure, []).extend(where)
    return found


def model_of(one: Declared) -> type[Model]:
    """The model whose rows a declaration speaks of."""
    from junheng.platform.registers import register_called  # noqa: PLC0415 — registers are declared after this

    return register_called(one.register).model
