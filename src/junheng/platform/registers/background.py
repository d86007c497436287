"""What of a register is done as a job when it is large: the preview of an import, the import, an export.

Every process of the house knows the kinds of jobs; the readers and writers of files are imported by who does one.
"""

import shutil
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotAllowed
from junheng.platform.access.roles import Verb
from junheng.platform.jobs.actions import order
from junheng.platform.jobs.keeping import file_facts, result_file
from junheng.platform.jobs.kinds import Deed, Work, job
from junheng.platform.jobs.models import Job
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.registry import register_called
from junheng.platform.registers.uploads import drop_upload, kept_upload
from junheng.platform.sealing.files import seal_bytes, sealing

if TYPE_CHECKING:
    from junheng.platform.registers.plans import Plan

VERBS: tuple[Verb, ...] = ("view", "import", "export", "unmask")
PREVIEW, APPLY, EXPORT = "import-preview", "import-apply", "export"


@dataclass(frozen=True, slots=True)
class Ordered:
    """What the session that ordered a job left of its owner's rights; the rights themselves are asked when it runs."""

    verbs: frozenset[str]

    @property
    def note(self) -> str:
        """A job has no name of its own in the audit."""
        return ""

    def permits(self, verb: Verb, slug: str) -> bool:
        """Whether the session permitted it."""
        return verb in self.verbs or verb not in VERBS


def order_job(kind: str, register: Register[Any], *, title: str, asker: Asker, **parameters: Any) -> Job:
    """Order a job on a register with the rights of whoever asks, in the language of the page."""
    parameters |= {
        "register": register.slug,
        "verbs": [one for one in VERBS if asker.permits(one, register)],
        "language": translation.get_language(),
    }
    return order(kind, title=title, parameters=parameters, by=asker.user, at=asker.at)


def begin(one: Job, at: datetime, verb: Verb) -> tuple[Register[Any], Asker]:
    """The register of a job and its owner, whose rights are those of this moment."""
    register = register_called(one.parameters["register"])
    asker = Asker(one.owner, at, Ordered(frozenset(one.parameters["verbs"])))
    if one.owner is None or not one.owner.is_active or not asker.may(verb, register):
        raise NotAllowed(
            "rights-ended",
            "您现在没有办理「{label}」这项任务的权限，没有写入任何内容。如确需办理，请联系有权限的科室。",
            label=register.label,
        )
    return register, asker


def import_page(one: Job) -> str:
    """Where the preview is seen."""
    return f"{reverse('registers:import', args=[one.parameters['register']])}?job={one.pk}"


def list_page(one: Job) -> str:
    """Where the rows are seen."""
    return reverse("registers:list", args=[one.parameters["register"]])


def may_fetch_marked(one: Job, at: datetime) -> None:
    """The marked file holds what its sender sent; the right to import is asked all the same."""
    begin(one, at, "import")


def may_fetch_export(one: Job, at: datetime) -> None:
    """An export is given to whoever may still export."""
    begin(one, at, "export")


@job(PREVIEW, lead=import_page, may_fetch=may_fetch_marked)
def preview(work: Work) -> Deed:
    """Find out what a file would do, and mark what is wrong in it."""
    from junheng.platform.registers.exporting import CONTENT_TYPES  # noqa: PLC0415 — see above
    from junheng.platform.registers.importing import read_sheet, rehearse  # noqa: PLC0415 — the same
    from junheng.platform.registers.marking import marked_file  # noqa: PLC0415 — the same
    from junheng.platform.registers.previews import kept_preview  # noqa: PLC0415 — the same

    register, asker = begin(work.job, work.at, "import")
    told = work.job.parameters
    name, content = kept_upload(register.slug, told["token"], by=asker.user)
    work.progress(0, 0, _("正在读取文件"))
    sheet = read_sheet(register, name, content)
    plan = rehearse(register, sheet, asker, clear_blanks=told["clear_blanks"], tell=work.progress)
    result: dict[str, Any] = {"preview": kept_preview(plan), "name": name}
    if plan.problems or plan.questions:
        work.progress(0, 0, _("正在标出问题"))
        path = result_file(work.job)
        seal_bytes(path, marked_file(plan, content))
        called = f"{name.rsplit('.', 1)[0]}-{_('标出问题')}.xlsx"
        result["file"] = file_facts(path, name=called, kind=CONTENT_TYPES["xlsx"])
    result["sentence"] = (
        _("有 %(count)s 处问题，没有导入任何内容。") % {"count": plan.wrong}
        if plan.problems
        else _("预览完成，请查看并确认。")
    )
    return lambda: result


@job(APPLY, lead=list_page)
def apply(work: Work) -> Deed:
    """Do what a previewed file says, all of it or nothing."""
    from junheng.platform.registers.importing import carry_out, read_sheet  # noqa: PLC0415 — see above

    register, asker = begin(work.job, work.at, "import")
    told = work.job.parameters
    name, content = kept_upload(register.slug, told["token"], by=asker.user)
    work.progress(0, 0, _("正在读取文件"))
    sheet = read_sheet(register, name, content)

    def deed() -> dict[str, Any]:
        plan = carry_out(
            register, sheet, asker, why=told["why"], clear_blanks=told["clear_blanks"], tell=work.progress
        )
        transaction.on_commit(lambda: drop_upload(told["token"], by=asker.user))
        facts = {"new": plan.new, "changed": plan.changed, "waiting": plan.waiting}
        return facts | {"sentence": done_sentence(plan)}

    return deed


def done_sentence(plan: "Plan") -> str:
    """What came of an import."""
    told = _("导入完成：新增 %(new)s 行，修改 %(changed)s 行。") % {"new": plan.new, "changed": plan.changed}
    if plan.waiting:
        told += _("%(count)s 项修改需批准，已送审。") % {"count": plan.waiting}
    if plan.settled:
        told += _("%(count)s 处少见情形的说明已送上级审核。") % {"count": plan.settled}
    if plan.asked > plan.settled:
        told += _("%(count)s 处少见情形没有说明，已列入“数据质量”，请逐处说明或更正。") % {
            "count": plan.asked - plan.settled
        }
    return told


@job(EXPORT, lead=list_page, may_fetch=may_fetch_export)
def export(work: Work) -> Deed:
    """Write the rows of a list into a file."""
    from junheng.platform.registers.leaving import export_rows, note_left  # noqa: PLC0415 — see above

    register, asker = begin(work.job, work.at, "export")
    told = work.job.parameters
    made = export_rows(
        register, told["query"], told["format"], asker=asker, clear=told["clear"], tell=work.progress
    )
    path = result_file(work.job)
    with made.file, sealing(path) as file:
        shutil.copyfileobj(made.file, file, 1 << 20)

    def deed() -> dict[str, Any]:
        note_left(register, made, asker=asker, why=told["why"])
        return {
            "file": file_facts(path, name=made.name, kind=made.content_type),
            "sentence": _("已导出 %(rows)s 行。") % {"rows": made.facts["rows"]},
        }

    return deed
