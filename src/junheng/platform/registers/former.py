"""By what a row was called before: told by whoever keeps lineage, asked by whoever finds rows by their names."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.dispatch import Signal

from junheng.platform.registers.declare import Register

Teller = Callable[[Register[Any], Sequence[Any]], Mapping[Any, Sequence[str]]]
"""Answers the former names and codes of rows, by their number."""
_TELLERS: list[Teller] = []
called_otherwise = Signal()
"""Sent with ``register`` and ``rows`` (numbers) within the transaction in which rows came by another former name."""


def tells_former_names(teller: Teller) -> None:
    """Have a mechanism asked how rows were called before."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def former_names(register: Register[Any], numbers: Sequence[Any]) -> dict[Any, list[str]]:
    """The former names of rows, each once, by number."""
    found: dict[Any, list[str]] = {}
    for teller in _TELLERS:
        for number, names in teller(register, numbers).items():
            known = found.setdefault(number, [])
            known += [name for name in names if name not in known]
    return found
