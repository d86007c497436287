"""What a case of a deed is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from junheng.platform.access.roles import Role

DAY = date(2023, 11, 1)
ON, WHY = {"on": str(DAY)}, {"why": "按规定办理"}


@dataclass(frozen=True)
class Filled:
    """A deed about a row, filled in properly; ``after`` says that it was done."""

    row: Callable[[], Model]
    role: Role
    asked: Callable[[Model], dict[str, str]]
    after: Callable[[Model], bool]
    shut: Callable[[], Model] | None = None
    """A row about which it is no longer offered; ``None`` where it always is."""
