"""Filling in a sheet: any part of it, as often as wanted, saved at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.domains.checklists.models import ChecklistItem
from junheng.domains.checklists.queries import items_for
from junheng.domains.safety.actions.opening import check_not_sent, held, running_plan
from junheng.domains.safety.models import Answer, Sheet
from junheng.domains.safety.policies import check_may_fill
from junheng.domains.safety.terms import Result, SheetState
from junheng.kernel.errors import Refusal
from junheng.platform.audit.append import append_many, name_of
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of, save_row
from junheng.platform.registers.actions import require_nameless

Said = Mapping[int, tuple[str, str]]
"""For each item, by number, the result and the note."""
LONGEST_NOTE = 200


@transaction.atomic
def record_answers(sheet: Sheet, answers: Said, *, by: Any, at: datetime, why: str) -> Sheet:
    """Write down what is said of some items. Nothing is written if one of them is not in the version.

    What a sent sheet says already may be said again: a page may save its last choice while it is being sent.
    """
    sheet = held(sheet)
    check_may_fill(sheet, by=by, at=at)
    if sheet.state == SheetState.SENT and says_already(sheet, answers):
        return sheet
    check_not_sent(sheet)
    plan = running_plan(sheet.round, sheet.level, on=timezone.localdate(at))
    items = items_for(plan.checklist, kind=sheet.kind, boarding=sheet.boarding)
    check_answers(items, answers)
    write_answers(sheet, answers, by=by, at=at, why=why)
    if sheet.state == SheetState.DUE:
        sheet.state, sheet.begun_at, sheet.begun_by = SheetState.DRAFT, at, name_of(by)
        save_row(sheet, by=by, at=at, why=why, verb=Verb.DEED.value)
    return sheet


def says_already(sheet: Sheet, answers: Said) -> bool:
    """Whether a sheet says just that."""
    there = Answer.objects.filter(sheet=sheet, item__in=answers).values_list("item", "result", "note")
    kept = {item: (result, note) for item, result, note in there}
    return {item: (result, note.strip()[:LONGEST_NOTE]) for item, (result, note) in answers.items()} == kept


def check_answers(items: Sequence[ChecklistItem], answers: Said) -> None:
    """Refuse what is not in the version, and results that there are not."""
    if unknown := sorted(set(answers) - {one.pk for one in items}):
        raise Refusal(
            "item-not-in-version",
            "条目 {item} 不在这份检查表里：清单可能另有版次，或这一条不适用于这所学校。请刷新页面后重填。",
            item=unknown[0],
        )
    for result, note in answers.values():
        if result not in Result.values:
            raise Refusal("no-such-result", "每一条只能选：符合、不符合、不适用。请重新选择。")
        require_nameless(note)


def write_answers(sheet: Sheet, answers: Said, *, by: Any, at: datetime, why: str) -> list[Answer]:
    """Write what is new or different, with an entry each; answers what was written."""
    there = {one.item_id: one for one in Answer.objects.filter(sheet=sheet, item__in=answers)}
    new, changed = [], []
    for item, (result, note) in answers.items():
        words, row = note.strip()[:LONGEST_NOTE], there.get(item)
        if row is None:
            new.append(Answer(sheet=sheet, item_id=item, result=Result(result), note=words))
        elif (row.result, row.note) != (result, words):
            before = columns_of(row)
            row.result, row.note = Result(result), words
            changed.append((row, before))
    insert_rows(Answer, new)
    Answer.objects.bulk_update([row for row, _before in changed], ["result", "note"])
    facts = {"by": by, "at": at, "why": why, "verb": Verb.DEED.value}
    append_many([*drafts_of(((row, None) for row in new), **facts), *drafts_of(changed, **facts)])
    return [*new, *(row for row, _before in changed)]
