"""The tasks that came of visits, to the role that does them; whom one is about is shown for a reason, which stays."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.homevisits import actions
from junheng.domains.homevisits.forms import DismissForm, SettleForm
from junheng.domains.homevisits.models import HelpTask
from junheng.domains.homevisits.policies import does_tasks, tasks_of
from junheng.domains.homevisits.queries.households import pupils_of_task
from junheng.domains.homevisits.terms import HelpState, NeedKind
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import Asker, absent, asker_of

WHY = "办理家访转办事项"
SHOWN = 100
"""Settled tasks that the page still lists."""


def helper_of(request: HttpRequest) -> Asker:
    """The person behind a request, if tasks go to their role; for others the page is not there."""
    asker = asker_of(request)
    if not does_tasks(asker):
        raise absent()
    return asker


@login_required
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """What waits, by the day until which it is to be done; and what was settled last."""
    asker = helper_of(request)
    rows = tasks_of(asker).select_related("school", "school_class__school")
    open_ones = rows.filter(state__in=(HelpState.OPEN, HelpState.TAKEN)).order_by("due_on", "pk")
    settled = rows.exclude(state__in=(HelpState.OPEN, HelpState.TAKEN)).order_by("-settled_on", "-pk")
    context = {"open": open_ones, "settled": settled[:SHOWN], "day": asker.day}
    return render(request, "homevisits/tasks.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: take it, finish it, set it aside, or see whom it is about."""
    asker = helper_of(request)
    row = tasks_of(asker).select_related("school_class__school", "visit__household").filter(pk=pk).first()
    if row is None:
        raise absent()
    begins = {"on": asker.day}
    forms = {"finish": SettleForm(initial=begins), "dismiss": DismissForm(initial=begins)}
    shown, wrong, status, code = None, "", 200, ""
    if request.method == "POST":
        step = request.POST.get("step", "")
        try:
            if step == "reveal":
                actions.reveal(row, by=asker.user, at=asker.at, why=request.POST.get("why", ""))
                shown = pupils_of_task(row)
            elif done(step, row, forms, request, asker):
                messages.success(request, _("已登记。"))
                return redirect("homevisits:task", row.pk)
            else:
                status, wrong = 422, _("请填写日期；不需办理的请选择原因。")
        except Refusal as refusal:
            status, code, wrong = refusal.status, refusal.code, sentence_of(refusal)
    context = {
        "task": row,
        "forms": forms,
        "shown": shown,
        "wrong": wrong,
        "day": asker.day,
        "where": WHERE.get(NeedKind(row.kind), ""),
    }
    response = render(request, "homevisits/task.html", context, status=status)
    if code:
        response["X-Refusal"] = code
    return response


WHERE = {NeedKind.AID: "aid:overview", NeedKind.MIND: "registers:index"}
"""Where such work is done and kept, away from visits."""


def done(step: str, row: HelpTask, forms: dict[str, Any], request: HttpRequest, asker: Asker) -> bool:
    """Do one step; false where its form is not filled in."""
    doer: dict[str, Any] = {"by": asker.user, "at": asker.at, "why": WHY}
    if step == "take":
        actions.take(row, **doer)
        return True
    if step not in forms:
        return False
    form = forms[step] = type(forms[step])(request.POST)
    if not form.is_valid():
        return False
    (actions.finish if step == "finish" else actions.dismiss)(row, **form.cleaned_data, **doer)
    return True
