"""The deeds of a checklist: issue a version, and begin the next one."""

import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.checklists.models import Checklist, ChecklistItem
from junheng.domains.checklists.queries import contents_of, items_of
from junheng.domains.checklists.terms import ChecklistState
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import append_many, name_of
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of, save_row

ENDING = re.compile(r"-v\d+$")


@transaction.atomic
def issue(checklist: Checklist, *, by: Any, at: datetime, why: str) -> Checklist:
    """Issue a version: from now on its items stay as they are, and the digest says what they are."""
    checklist = Checklist.objects.select_for_update().get(pk=checklist.pk)
    check_may(_("印发清单"), checklist, by=by, at=at)
    if checklist.state == ChecklistState.ISSUED:
        raise Conflict("checklist-issued-already", "「{checklist}」已经印发。", checklist=checklist.title)
    contents = contents_of(checklist)
    if not contents:
        raise Refusal(
            "checklist-empty",
            "「{checklist}」还没有条目，不能印发。请先在「检查条目」中填写或用表格导入。",
            checklist=checklist.title,
        )
    checklist.state, checklist.digest = ChecklistState.ISSUED, digest_of_rows(contents)
    checklist.issued_at, checklist.issued_by = at, name_of(by)
    save_row(checklist, by=by, at=at, why=why, verb=Verb.DEED.value)
    return checklist


@transaction.atomic
def revise(checklist: Checklist, *, reason: str, by: Any, at: datetime, why: str) -> Checklist:
    """Begin the next version of an issued list, with the same items, and with the reason for it."""
    checklist = Checklist.objects.select_for_update().get(pk=checklist.pk)
    check_may(_("修订清单"), checklist, by=by, at=at)
    if checklist.state != ChecklistState.ISSUED:
        raise Conflict(
            "checklist-is-draft-still", "「{checklist}」还在编制，直接修改即可。", checklist=checklist.title
        )
    later = Checklist.objects.filter(previous=checklist).first()
    if later is not None:
        raise Conflict(
            "checklist-revised", "这一版已有修订版「{later}」，请在修订版上继续。没有新建。", later=later.code
        )
    if not reason.strip():
        raise Refusal("revision-without-reason", "请写明为什么修订：检查人员和学校会看到。")
    number = checklist.number + 1
    made = Checklist(
        code=f"{ENDING.sub('', checklist.code)[:20]}-v{number}",
        title=checklist.title,
        subject=checklist.subject,
        area_id=checklist.area_id,
        basis=checklist.basis,
        number=number,
        previous=checklist,
        reason=reason.strip(),
    )
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    rows = items_of(checklist)
    for one in rows:
        one.pk, one.checklist = None, made
        one._state.adding = True
    insert_rows(ChecklistItem, rows)
    append_many(list(drafts_of(((one, None) for one in rows), by=by, at=at, why=why, verb=Verb.DEED.value)))
    return made
