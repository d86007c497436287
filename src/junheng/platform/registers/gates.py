"""Whether a change is written at once, or kept until somebody approves it: asked by every surface that writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Model

from junheng.kernel.errors import NotAllowed
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register


@dataclass(slots=True)
class Intent:
    """A row as somebody wants it written. ``before`` are its stored columns; ``None`` for a new row.

    The gates fill in the rest: ``kept`` are the fields that were put back, ``proposals`` the numbers under which they
    wait, and ``whole`` says that a new row must not be written at all. ``verb`` is what the writing will be called.
    """

    row: Model
    before: dict[str, Any] | None
    verb: str | None = None
    kept: set[str] = field(default_factory=set)
    proposals: list[int] = field(default_factory=list)
    whole: bool = False


class Gate(Protocol):
    """Keeps back what must be approved first."""

    def divert(
        self, register: Register[Any], intents: list[Intent], *, asker: Asker, why: str, source: str
    ) -> None:
        """Put back the columns that this person may not write alone, and keep what was meant as a proposal.

        Called within the transaction that writes; asks a number of questions that does not depend on how many rows
        there are. What was kept is noted in the intents.
        """
        ...

    def notes(self, register: Register[Any], row: Model | None, *, asker: Asker) -> Mapping[str, str]:
        """What to say beside the fields of a form that this person would not write at once, by field."""
        ...


_GATES: list[Gate] = []


def gate(one: Gate) -> None:
    """Have a gate asked before anything is written."""
    if one not in _GATES:
        _GATES.append(one)


def divert(
    register: Register[Any],
    intents: Iterable[Intent],
    *,
    asker: Asker,
    why: str,
    source: str = "hand",
    whole: bool = False,
) -> dict[int, set[str]]:
    """Ask every gate about rows that are about to be written; what must wait is put back in the rows themselves.

    Answers, by place in ``intents``, the fields that were kept back. ``source`` is a word of ``policies.Source``. A
    caller that sets ``whole`` leaves out the intents that come back ``whole``; for others a new row that must be
    approved as a whole is refused.
    """
    rows = list(intents)
    for one in _GATES:
        one.divert(register, rows, asker=asker, why=why, source=source)
    if not whole and any(one.whole for one in rows):
        raise NotAllowed(
            "new-row-needs-approval",
            "「{label}」的新记录须经上级批准，不能这样直接写入。请在页面上逐条新增，提交后等待批准。",
            label=register.label,
        )
    return {place: one.kept for place, one in enumerate(rows) if one.kept}


def notes_for(register: Register[Any], row: Model | None, *, asker: Asker) -> dict[str, str]:
    """What every gate says beside the fields of a form."""
    found: dict[str, str] = {}
    for one in _GATES:
        found |= one.notes(register, row, asker=asker)
    return found
