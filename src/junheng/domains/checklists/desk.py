"""The deeds of a checklist as pages offer them, and its sheet to read and to print."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from junheng.domains.checklists import actions
from junheng.domains.checklists.forms import RevisionForm
from junheng.domains.checklists.models import Checklist
from junheng.domains.checklists.queries import items_of, sections_of
from junheng.domains.checklists.terms import ChecklistState
from junheng.kernel.errors import NotFound
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.panels import Panel, panel


@deed
class IssueChecklist(Deed[Checklist]):
    """印发后条目不再改动，检查轮次只能用印发的版次；页面上的摘要说明条目是哪些。"""

    slug = "issue"
    register = "checklists"
    label = _("印发清单")

    def is_open(self, row: Checklist) -> bool:
        return row.state == ChecklistState.DRAFT

    def do(self, row: Checklist, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.issue(row, by=by, at=at, why=why)


@deed
class ReviseChecklist(Deed[Checklist]):
    """另起一版，先照抄全部条目，再在新版里改；原来的版次仍供已经开始的轮次使用。"""

    slug = "revise"
    register = "checklists"
    label = _("修订")
    form = RevisionForm

    def is_open(self, row: Checklist) -> bool:
        return row.state == ChecklistState.ISSUED and not Checklist.objects.filter(previous=row).exists()

    def do(self, row: Checklist, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.revise(row, by=by, at=at, why=why, **asked)


@panel("detail", order=5)
def items(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a checklist: its items by section."""
    if register.model is not Checklist:
        return None
    return Panel("checklists/_items.html", {"checklist": row, "sections": sections_of(items_of(row))})


@login_required
@require_safe
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """A version as people read and print it. What is issued is no secret from anybody who works here."""
    checklist = checklist_called(code, asker_of(request))
    context = {"checklist": checklist, "sections": sections_of(items_of(checklist))}
    return render(request, "checklists/sheet.html", context)


def checklist_called(code: str, asker: Asker) -> Checklist:
    """An issued version, or one within the scope of whoever asks."""
    found = Checklist.objects.select_related("area", "previous").filter(code=code).first()
    if found is None or (
        found.state != ChecklistState.ISSUED
        and not asker.reaches(found, register_called("checklists"), "view")
    ):
        raise NotFound(
            "no-such-checklist", "没有找到这份检查清单，或者它还没有印发。请从检查轮次的页面进入。"
        )
    return found
