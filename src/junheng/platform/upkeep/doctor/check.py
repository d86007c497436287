"""What a check is, and the registry in which every check stands once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Patient:
    """The installation as a check sees it; checks ask no clock."""

    home: Path
    at: datetime


@dataclass(frozen=True, slots=True)
class Ailment:
    """Something that is wrong: which check found it, and a sentence that says what it is and what to do."""

    check: str
    sentence: str


Finding = str | None
"""A sentence, or None where all is well."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question to an installation. ``needs_database``: it can only be asked where the database answers."""

    name: str
    title: str
    ask: Callable[[Patient], Finding]
    needs_database: bool


CHECKS: dict[str, Check] = {}


def check(
    title: str, *, needs_database: bool = False
) -> Callable[[Callable[[Patient], Finding]], Callable[[Patient], Finding]]:
    """Register a function as a check, under its own name."""

    def register(ask: Callable[[Patient], Finding]) -> Callable[[Patient], Finding]:
        name = ask.__name__.replace("_", "-")
        CHECKS[name] = Check(name, title, ask, needs_database)
        return ask

    return register


def examine(patient: Patient) -> Iterator[tuple[Check, Ailment | None]]:
    """Ask every check in turn. Where the database does not answer, that is said once, and what needs it is left out."""
    reachable = True
    for one in CHECKS.values():
        if one.needs_database and not reachable:
            continue
        found = one.ask(patient)
        if one.name == "database-answers":
            reachable = found is None
        yield one, None if found is None else Ailment(one.name, str(found))
