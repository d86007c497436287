"""A task of a work plan is done on a day, with what shows it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.letters.models import PlanTask
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def finish_task(task: PlanTask, *, on: date, proof: str, by: Any, at: datetime, why: str) -> PlanTask:
    """Write down that a task was done, in time or late; done once, it is not done again."""
    task = PlanTask.objects.select_for_update(of=("self",)).select_related("annex__document").get(pk=task.pk)
    check_may(_("登记任务完成"), task, by=by, at=at)
    check_has_come(on, at=at)
    if task.done_on is not None:
        raise Conflict("task-done", "这项任务已于 {on} 完成，没有改动。", on=task.done_on)
    if on < task.annex.document.issued_on:
        raise Refusal(
            "task-before-plan",
            "完成日 {on} 早于方案印发日 {issued}。",
            on=on,
            issued=task.annex.document.issued_on,
        )
    if not proof.strip():
        raise Refusal("task-without-proof", "没有佐证不能登记完成。请写文件或材料的编号。")
    task.done_on, task.proof, task.done_by = on, proof.strip(), name_of(by)
    save_row(task, by=by, at=at, why=why, verb=Verb.DEED.value)
    return task
