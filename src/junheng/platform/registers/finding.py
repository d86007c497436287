"""Finding what the lines of a file mean: their rows, and the rows that their cells name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.formfields import KeyField
from junheng.platform.registers.forms import LookUp, form_class, look_up
from junheng.platform.registers.keys import NUMBER, row_key
from junheng.platform.registers.values import written


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell, or in a line as a whole (``column`` empty)."""

    line: int
    column: str
    value: str
    reason: str


class RowFinder:
    """Finds the rows that lines of a file mean: by number where one is given, else by key."""

    def __init__(self, register: Register[Any], asker: Asker, places: dict[str, int]) -> None:
        self.register = register
        self.asker = asker
        key = row_key(register)
        self.key = key if all(one.name in places for one in key) else ()

    def rows_for(self, lines: Sequence[dict[str, str]]) -> list["Model | Problem | None"]:
        """For each line its row, ``None`` for a new one, or what is wrong."""
        by_number = self.by_number({cells["id"] for cells in lines if cells.get("id")})
        by_key = self.by_key([self.key_of(cells) for cells in lines if not cells.get("id") and self.key])
        found: list[Model | Problem | None] = []
        for cells in lines:
            if number := cells.get("id"):
                missing = Problem(
                    0,
                    NUMBER,
                    number,
                    _("没有编号为「%(n)s」的记录，或它不在您的权限范围内。新增记录请将编号留空。")
                    % {"n": number},
                )
                found.append(by_number.get(number, missing))
            elif self.key:
                found.append(by_key.get(self.key_of(cells)))
            else:
                found.append(None)
        return found

    def key_of(self, cells: dict[str, str]) -> tuple[str, ...]:
        """The key of a line, as written."""
        return tuple(cells[one.name] for one in self.key)

    def by_number(self, numbers: set[str]) -> dict[str, Model]:
        """The rows with these numbers within the scope."""
        wanted = [int(one) for one in numbers if one.isascii() and one.isdigit() and len(one) < 19]
        if not wanted:
            return {}
        rows = self.asker.within(self.register.rows(), self.register, "import").filter(pk__in=wanted)
        return {str(row.pk): row for row in rows}

    def by_key(self, keys: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Model]:
        """The rows with these keys within the scope."""
        wanted = set(keys)
        if not wanted:
            return {}
        rows = self.asker.within(self.register.rows(), self.register, "import").filter(self.any_of(wanted))
        return {tuple(written(self.register, one, row) for one in self.key): row for row in rows}

    def any_of(self, keys: set[tuple[str, ...]]) -> Q:
        """A condition that holds for rows whose first key column is one of those written."""
        one = self.key[0]
        column = self.register.model_field(one)
        values = {key[0] for key in keys}
        try:
            return Q(**{f"{one.name}__in": [column.to_python(value) for value in values if value]})
        except ValidationError:
            return Q(pk__in=[])


def bulk_look_ups(register: Register[Any], asker: Asker) -> dict[str, LookUp]:
    """For each relation a look-up that asks once for each different text of a column."""
    found: dict[str, LookUp] = {}
    for name, form_field in form_class(register).base_fields.items():
        if isinstance(form_field, KeyField):
            found[name] = remembering(look_up(register, name, asker))
    return found


def remembering(look: LookUp) -> LookUp:
    """The same look-up, asking once for each text."""
    known: dict[str, list[Any]] = {}

    def find(text: str) -> list[Any]:
        if text not in known:
            known[text] = look(text)
        return known[text]

    return find
