"""The page of one problem: what is wrong, which figures it touches, what is said about it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from junheng.kernel.errors import NotFound
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.quality import explaining
from junheng.platform.quality.declare import Declared, Rule, every_declaration, published_in, severity_of
from junheng.platform.quality.merging import both_rows, choices
from junheng.platform.quality.models import Explanation, Finding
from junheng.platform.quality.places import levels_at
from junheng.platform.quality.telling import figures_of, limits_of, tell, words
from junheng.platform.quality.words import TONES, Kind, State
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.doubts import MOST


@dataclass(frozen=True, slots=True)
class Said:
    """An explanation for the page: by whom, for which term, and whether this person decides it."""

    one: Explanation
    by: str
    decided_by: str
    term: str
    tone: str
    may_decide: bool


@login_required
@require_safe
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """What is wrong, why it matters, who must act, what was said."""
    asker = asker_of(request)
    found = explaining.finding_for(asker, pk)
    declared = every_declaration().get(found.code)
    if declared is None:
        raise NotFound("no-such-finding", "没有找到这个质量问题，或者它不在您的权限范围内。请返回列表查找。")
    told = tell([found], asker)[0]
    context: dict[str, Any] = {
        "found": found,
        "told": told,
        "declared": declared,
        "severity": severity_of(declared).label,
        "high": severity_of(declared) == "high",
        "register": every_register()[found.register],
        "policy": policy_of(declared),
        "limits": limits_of(declared, settings.JUNHENG_AS_OF or asker.today),
        "said": said_about(found, asker),
        "figures": touched(found.code),
        "sides": sides_of(declared, found),
        "is_double": found.kind == Kind.DUPLICATE,
        "open": found.gone_at is None,
        "dismissed": found.state == State.DISMISSED,
        "can_explain": may_explain(found, asker),
        "carried": explaining.carried(found, on=asker.today) if may_explain(found, asker) else None,
        "longest": MOST,
    }
    if (
        found.kind == Kind.DUPLICATE
        and found.gone_at is None
        and levels_at(asker, found, "change") is not None
    ):
        register, first, second = both_rows(found, asker)
        context["pair"] = choices(register, first, second)
        context["keep"] = (first.pk, second.pk)
    return render(request, "quality/finding.html", context)


def policy_of(declared: Declared) -> Any:
    """By whose word the first of the doubtful fields stands; ``None`` where the register does not show it."""
    register = every_register()[declared.register]
    field = next((found for name in declared.fields if (found := register.f(name))), None)
    return register.policy_of(field) if field is not None else None


def may_explain(found: Finding, asker: Asker) -> bool:
    """Whether the form of an explanation is shown."""
    holds = found.state == State.ACCEPTED and found.holds_until is not None
    fresh = holds and found.holds_until >= explaining.last_day(SchoolTerm.containing(asker.today))  # type: ignore[operator]
    return (
        found.gone_at is None
        and found.kind != Kind.DUPLICATE
        and found.state != State.PROPOSED
        and not fresh
        and levels_at(asker, found, "change") is not None
    )


def said_about(found: Finding, asker: Asker) -> list[Said]:
    """All explanations, the latest first."""
    rows = list(found.explanations.order_by("-id"))
    logins = {name for one in rows for name in (one.by, one.decided_by) if name}
    users = get_user_model()._default_manager.filter(username__in=logins) if logins else []
    names = {user.get_username(): str(user) for user in users}
    said = []
    for one in rows:
        one.finding = found
        waits = one.state == State.PROPOSED and found.gone_at is None
        said.append(
            Said(
                one,
                names.get(one.by, one.by),
                names.get(one.decided_by, one.decided_by),
                SchoolTerm.parse(one.period).label,
                TONES[State(one.state)],
                waits and explaining.may_decide(asker, one),
            )
        )
    return said


def touched(code: str) -> list[dict[str, Any]]:
    """The figures that an error touches, with the publications in which they stand."""
    from junheng.platform.figures.queries import definitions  # noqa: PLC0415 — loads the definitions

    ids = figures_of(code)
    where = published_in(ids) if ids else {}
    cards = definitions()
    return [
        {
            "id": one,
            "title": cards[one].title,
            "address": figure_address(one),
            "published": where.get(one, []),
        }
        for one in ids
        if one in cards
    ]


def figure_address(figure: str) -> str:
    """Where a figure proves itself."""
    return reverse("desk:figure", args=[figure])


def sides_of(declared: Declared, found: Finding) -> dict[str, Any] | None:
    """Both values of a contradiction, which one is believed, and the rows that were counted."""
    if not isinstance(declared, Rule) or declared.sides is None:
        return None
    sides = declared.sides
    lead = ""
    if sides.rows is not None:
        slug, filters = sides.rows
        row = every_register()[found.register].model._default_manager.filter(pk=found.row).first()
        if row is not None:
            narrowed = "&".join(f"{name}={getattr(row, column)}" for name, column in filters.items())
            lead = f"{reverse('registers:list', args=[slug])}?{narrowed}"
    return {
        "lines": [
            (sides.left, words(declared, "left", found.facts.get("left")), sides.trusted == "left"),
            (sides.right, words(declared, "right", found.facts.get("right")), sides.trusted == "right"),
        ],
        "lead": lead,
    }


@login_required
@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose an explanation."""
    asker = asker_of(request)
    found = explaining.finding_for(asker, pk)
    explaining.explain(found, request.POST.get("text", ""), asker=asker)
    messages.success(request, _("说明已提交，等待上级审核。"))
    return redirect("quality:finding", pk)


@login_required
@require_POST
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the explanation of a past term over into this one."""
    asker = asker_of(request)
    explaining.carry(explaining.finding_for(asker, pk), asker=asker)
    messages.success(request, _("已沿用上一学期的说明，等待上级审核。"))
    return redirect("quality:finding", pk)


@login_required
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that two rows are not one."""
    asker = asker_of(request)
    explaining.dismiss(explaining.finding_for(asker, pk), request.POST.get("why", ""), asker=asker)
    messages.success(request, _("已排除，以后不再提示这一对。"))
    return redirect("quality:finding", pk)


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept an explanation, or send it back."""
    asker = asker_of(request)
    one = Explanation.objects.select_related("finding").filter(pk=pk).first()
    if one is None:
        raise NotFound("no-such-explanation", "没有找到这份说明，或者它不在您的权限范围内。请返回列表查找。")
    explaining.finding_for(asker, one.finding_id)
    accept = request.POST.get("decision") == "accept"
    explaining.decide(one, accept=accept, reply=request.POST.get("reply", ""), asker=asker)
    messages.success(request, _("已同意这份说明。") if accept else _("已退回这份说明。"))
    return redirect("quality:finding", one.finding_id)
