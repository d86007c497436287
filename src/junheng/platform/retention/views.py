"""The pages of retention: what is due, what exactly, the deed of two people, and its proof."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.audit import history
from junheng.platform.registers.asker import Asker, absent, asker_of
from junheng.platform.registers.keys import named
from junheng.platform.registers.values import cell
from junheng.platform.retention import actions
from junheng.platform.retention.models import Erasure, State
from junheng.platform.retention.queries import LISTED, all_due, due_rows, may_decide, proof_of, seen_by
from junheng.platform.retention.rules import every_rule, rule_for
from junheng.platform.sealing import sealed_fields
from junheng.platform.sealing.beside import KEEPERS


def keeps(request: HttpRequest) -> bool:
    """Whether somebody carries out any rule: for others the pages are not there, and the menu has no line."""
    asker = asker_of(request)
    return any(asker.may("change", one.register) for one in every_rule())


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What is due by register and county, the proposals, and what was done."""
    asker = asker_of(request)
    if not keeps(request):
        raise absent()
    found = seen_by(asker)
    mine = asker.user.get_username()
    context = {
        "due": all_due(asker),
        "open": [
            (one, label_of(one), one.proposed_by == mine) for one in found if one.state == State.PROPOSED
        ],
        "past": [(one, label_of(one)) for one in found if one.state != State.PROPOSED],
    }
    return render(request, "retention/overview.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, slug: str, area: str) -> HttpResponse:
    """Which rows exactly, and the form that proposes it."""
    asker = asker_of(request)
    rule = rule_for(slug)
    if not asker.may("change", rule.register):
        raise absent()
    wrong = ""
    if request.method == "POST":
        try:
            made = actions.propose(slug, area=area, asker=asker, why=request.POST.get("why", ""))
        except Refusal as refusal:
            wrong = sentence_of(refusal)
        else:
            messages.success(request, _("已提出，等待另一人核对后办理。"))
            return redirect(made)
    rows = due_rows(rule, asker, area=area).distinct().order_by("pk")
    context = {
        "rule": rule,
        "register": rule.register,
        "years": rule.in_force(asker.today),
        "cutoff": rule.cutoff(asker.today),
        "area": area,
        "count": rows.count(),
        "rows": [(row.pk, named(row)) for row in rows[:LISTED]],
        "fields": "、".join(what_goes(rule.register.model)),
        "wrong": wrong,
    }
    return render(request, "retention/preview.html", context, status=422 if wrong else 200)


def what_goes(model: type[Model]) -> list[str]:
    """What is destroyed of a row: its sealed columns, and its file where it has one."""
    found = [str(one.verbose_name) for one in sealed_fields(model)]
    return [*found, _("照片和文件")] if model._meta.db_table in KEEPERS else found


@login_required
@require_safe
def erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """One erasure: what was proposed, and once it was carried out the proof."""
    asker = asker_of(request)
    return show(request, one_of(pk, asker), asker)


def show(
    request: HttpRequest, one: Erasure, asker: Asker, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    """The page of an erasure."""
    register = rule_for(one.register).register
    proof = proof_of(one) if one.state == State.DONE else None
    checked = bool(request.GET.get("chain")) and proof is not None
    names = {field.name for field in sealed_fields(register.model)}
    examples = [
        (row.pk, [cell(register, field, row) for field in register.fields if field.name in names])
        for row in (proof.examples if proof else [])
    ]
    context = {
        "one": one,
        "register": register,
        "proof": proof,
        "examples": examples,
        "checked": checked,
        "broken": history.verify() if checked else None,
        "open": one.state == State.PROPOSED,
        "own": one.proposed_by == asker.user.get_username(),
        "wrong": wrong,
    }
    return render(request, "retention/erasure.html", context, status=status)


@login_required
@require_POST
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Destroy, as another person."""
    return decide(request, pk, actions.carry_out, _("已销毁，不能恢复。下面是证明。"))


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the proposal back."""
    return decide(request, pk, actions.take_back, _("已收回，没有销毁任何内容。"))


def decide(request: HttpRequest, pk: int, deed: Any, done: str) -> HttpResponse:
    """Do one of the two; a refusal stands on the page."""
    asker = asker_of(request)
    one = one_of(pk, asker)
    try:
        deed(one, asker=asker, why=request.POST.get("why", ""))
    except Refusal as refusal:
        response = show(request, one_of(pk, asker), asker, wrong=sentence_of(refusal), status=refusal.status)
        response["X-Refusal"] = refusal.code
        return response
    messages.success(request, done)
    return redirect(one)


def one_of(pk: int, asker: Asker) -> Erasure:
    """An erasure within the scope."""
    found = Erasure.objects.filter(pk=pk).first()
    if found is None or not may_decide(found, asker):
        raise absent()
    return found


def label_of(one: Erasure) -> str:
    """What an erasure is about, for people."""
    return rule_for(one.register).register.label
