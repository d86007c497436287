"""Old codes and names in a block of lines: in their relations, and where the lines themselves are about a unit."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model

from junheng.platform.registers.asker import Asker
from junheng.platform.registers.finding import RowFinder, among
from junheng.platform.registers.former import former_names
from junheng.platform.registers.forms import LookUp
from junheng.platform.registers.heirs import Meant, Understanding, heirs_of, rows_by_key


class Olds:
    """What is old in some lines; asks a number of questions that does not grow with them."""

    def __init__(
        self,
        finder: RowFinder,
        asker: Asker,
        columns: Mapping[str, Sequence[str]],
        look_ups: Mapping[str, LookUp],
    ) -> None:
        self.register = finder.register
        self.finder = finder
        texts = {name: set(columns[name]) - {""} for name in look_ups if name in columns}
        self.relations = Understanding(self.register, asker, texts, look_ups)
        self.names = frozenset(self.relations.known)
        """The relations in which something old may stand."""
        self.key = finder.key[0].name if len(finder.key) == 1 else ""
        self.own = heirs_of(self.register, set(columns[self.key]) - {""}) if self.key else {}
        keys = {key for one in self.own.values() for key in one.keys}
        self.rows = rows_by_key(self.register, self.register.rows(), keys)
        former = former_names(self.register, [one.pk for one in self.rows.values()]) if self.rows else {}
        self.old_words = {str(number): set(words) for number, words in former.items()}
        self.mine_by_key: dict[str, Model] | None = None

    def meant(self, name: str, text: str, line: Mapping[str, str]) -> Meant | None:
        """What the word of a relation means today; ``None`` where it means what it says."""
        return self.relations.meant(name, text, line)

    def heirs_at(self, cells: Mapping[str, str], found: Model | None) -> list[Model]:
        """Who carries on for the unit that a line names by its old code; nobody where it is not old, or has a number."""
        heirs = self.own.get(cells[self.key]) if self.own and not cells.get("id") else None
        if heirs is None or (found is not None and str(found.pk) not in heirs.was):
            return []
        return [self.rows[key] for key in heirs.keys if key in self.rows]

    def mine(self, heir: Model) -> Any:
        """The same row, if it lies in the scope of whoever imports."""
        if self.mine_by_key is None:
            condition = among(self.register.model, "pk", [row.pk for row in self.rows.values()])
            self.mine_by_key = {str(row.pk): row for row in self.finder.mine(condition)}
        return self.mine_by_key.get(str(heir.pk))

    def without_old_names(self, said: Mapping[str, str], heirs: Sequence[Model]) -> dict[str, str]:
        """What a line says besides the names and codes that the heirs had, or carry on."""
        old = {word for one in heirs for word in self.old_words.get(str(one.pk), ())}
        return {name: text for name, text in said.items() if text not in old}
