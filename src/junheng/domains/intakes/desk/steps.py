"""Steps about a plan: add and remove a school, publish, begin the next version."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.domains.intakes.actions import publish as publishing
from junheng.domains.intakes.actions.begin import one_group
from junheng.domains.intakes.actions.rows import set_school, write_rows
from junheng.domains.intakes.desk.overview import addable, seen_by
from junheng.domains.intakes.forms import AddSchoolForm
from junheng.domains.intakes.models import Intake, PlanSchool, PlanVersion
from junheng.domains.intakes.policies.scope import intake_of
from junheng.domains.intakes.queries.lists import draft_of
from junheng.kernel.errors import Conflict, NotFound


def draft_for(request: HttpRequest, code: str) -> tuple[Intake, PlanVersion]:
    """The draft that somebody is about to change."""
    intake = intake_of(code, asker=seen_by(request), change=True)
    draft = draft_of(intake)
    if draft is None:
        raise Conflict(
            "no-draft",
            "「{intake}」没有起草中的计划。已公布的计划不能改动，请先建新版本。",
            intake=intake.title,
        )
    return intake, draft


def plan_school(draft: PlanVersion, pk: int) -> PlanSchool:
    """One school of a draft."""
    found = (
        PlanSchool.objects.filter(version=draft, pk=pk).select_related("school").first()
        if pk < 2**63
        else None
    )
    if found is None:
        raise NotFound("no-such-plan-school", "计划里没有这所学校。请返回计划页面重新选择。")
    found.version = draft
    return found


@login_required
@require_POST
def add_school(request: HttpRequest, code: str) -> HttpResponse:
    """A school with its classes, all its places in one group."""
    asker = seen_by(request)
    intake, draft = draft_for(request, code)
    form = AddSchoolForm(request.POST, schools=addable(intake, draft))
    if not form.is_valid():
        messages.error(request, " ".join(str(message) for wrong in form.errors.values() for message in wrong))
        return redirect("intakes:plan", code)
    asked = form.cleaned_data
    row = PlanSchool(version=draft, area_id=intake.area_id, **asked)
    why = _("添加招生学校")
    set_school(row, by=asker.user, at=asker.at, why=why)
    one_group(row, by=asker.user, at=asker.at, why=why)
    return redirect("intakes:school", code, row.pk)


@login_required
@require_POST
def remove_school(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a school out of a draft."""
    asker = seen_by(request)
    _intake, draft = draft_for(request, code)
    row = plan_school(draft, pk)
    write_rows(draft, keep=(), remove=[row], by=asker.user, at=asker.at, why=_("从招生计划移出学校"))
    return redirect("intakes:plan", code)


@login_required
@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Freeze and publish the draft."""
    asker = seen_by(request)
    intake = intake_of(code, asker=asker, change=True)
    draft = draft_of(intake) or PlanVersion.objects.filter(intake=intake).order_by("-number").first()
    if draft is None:
        raise NotFound("no-such-plan", "这个批次还没有计划。")
    done = publishing.publish(draft, by=asker.user, at=asker.at, why=_("公布招生计划"))
    messages.success(
        request,
        _("第 %(number)s 版计划已公布并固定，摘要 %(digest)s。")
        % {"number": done.number, "digest": done.digest[:12]},
    )
    return redirect("intakes:plan", code)


@login_required
@require_POST
def revise(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the next version."""
    asker = seen_by(request)
    intake = intake_of(code, asker=asker, change=True)
    reason = request.POST.get("reason", "")
    publishing.revise(
        intake, reason=reason, by=asker.user, at=asker.at, why=reason[:200] or _("修订招生计划")
    )
    return redirect("intakes:plan", code)
