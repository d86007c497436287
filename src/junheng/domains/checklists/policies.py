"""What stays as it is: an issued version and its items."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from junheng.domains.checklists.models import Checklist, ChecklistItem
from junheng.domains.checklists.terms import ChecklistState
from junheng.kernel.errors import Conflict
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.gates import Intent


class FrozenChecklists:
    """Refuses what would change a version behind those who inspect by it."""

    def divert(
        self, register: Register[Any], intents: list[Intent], *, asker: Asker, why: str, source: str
    ) -> None:
        if register.model not in {Checklist, ChecklistItem} or not intents:
            return
        asked = {number for one in intents for number in lists_of(one)}
        issued = Checklist.objects.filter(pk__in=asked, state=ChecklistState.ISSUED).first()
        if issued is not None:
            raise Conflict(
                "checklist-issued",
                "「{checklist}」已经印发，条目不再改动，没有保存任何内容。要改的请办理“修订”，在新的版次里改，并写明原因。",
                checklist=issued.title,
            )

    def notes(self, register: Register[Any], row: Model | None, *, asker: Asker) -> Mapping[str, str]:
        return {}


def lists_of(one: Intent) -> set[int]:
    """The versions that a row belongs to: where it stood, and where it would stand."""
    row: Any = one.row
    if isinstance(row, Checklist):
        return {row.pk} if one.before is not None else set()
    before = one.before["checklist_id"] if one.before is not None else row.checklist_id
    return {before, row.checklist_id}
