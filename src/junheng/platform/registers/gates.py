"""Whether a change is written at once, or kept until somebody approves it: asked by every surface that writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model

from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register


@dataclass(slots=True)
class Intent:
    """A row as somebody wants it written. ``before`` are its stored columns; ``None`` for a new row."""

    row: Model
    before: dict[str, Any] | None


class Gate(Protocol):
    """Keeps back what must be approved first."""

    def divert(
        self, register: Register[Any], intents: list[Intent], *, asker: Asker, why: str
    ) -> dict[int, set[str]]:
        """Put back the columns that this person may not write alone, and keep what was meant as a proposal.

        Called within the transaction that writes. Answers, by place in ``intents``, the fields that were kept back.
        """
        ...


_GATES: list[Gate] = []


def gate(one: Gate) -> None:
    """Have a gate asked before anything is written."""
    if one not in _GATES:
        _GATES.append(one)


def divert(
    register: Register[Any], intents: Iterable[Intent], *, asker: Asker, why: str
) -> dict[int, set[str]]:
    """Ask every gate about rows that are about to be written; what must wait is put back in the rows themselves."""
    kept: dict[int, set[str]] = {}
    rows = list(intents)
    for one in _GATES:
        for place, names in one.divert(register, rows, asker=asker, why=why).items():
            kept.setdefault(place, set()).update(names)
    return kept
