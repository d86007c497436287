"""What registers say about a subject: the checks that a criterion may name. Nothing that a register holds is typed again.

A check names the one register it draws on, and only those of ``terms.MAY_READ`` can be named.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from junheng.domains.schemes.models import SchemeApplication, SchemeCriterion
from junheng.domains.schemes.terms import MAY_READ, Asked, Subject


@dataclass(frozen=True, slots=True)
class Found:
    """Whether a criterion is met as a register has it, and what the register says."""

    met: bool | None
    said: str


Finder = Callable[[SchemeApplication, int, date], Found]


@dataclass(frozen=True, slots=True)
class Check:
    """One question to one register about a subject. ``limited`` says what the limit of a criterion counts."""

    slug: str
    label: Any
    register: str
    subjects: frozenset[Subject]
    find: Finder
    limited: Any = ""


_CHECKS: dict[str, Check] = {}


def check(
    slug: str, label: Any, *, register: str, subjects: set[Subject], limited: Any = ""
) -> Callable[[Finder], Finder]:
    """Have a check offered to criteria. One that would draw on another register cannot be declared."""
    if register not in MAY_READ:
        raise TypeError(f"a criterion may not draw on {register!r}")

    def add(find: Finder) -> Finder:
        one = Check(slug, label, register, frozenset(subjects), find, limited)
        if _CHECKS.setdefault(slug, one).find is not find:
            raise TypeError(f"two checks are called {slug!r}")
        return find

    return add


def every_check() -> Mapping[str, Check]:
    """All checks, by slug."""
    return _CHECKS


def checks_for(subject: str) -> list[Check]:
    """The checks about one kind of subject, by slug."""
    return [one for _slug, one in sorted(_CHECKS.items()) if subject in one.subjects]


def evidence_of(
    application: SchemeApplication, criteria: "list[SchemeCriterion]", *, on: date
) -> list[tuple[SchemeCriterion, Found]]:
    """What the registers say now about each criterion that is checked there."""
    return [
        (one, _CHECKS[one.check_slug].find(application, one.limit or 0, on))
        for one in criteria
        if one.asked == Asked.CHECK
    ]


def unknown() -> Found:
    """The register says nothing about it."""
    return Found(None, _("台账里没有相应记录，请先补登台账。"))
