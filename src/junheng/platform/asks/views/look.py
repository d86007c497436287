"""Pages to look at: what is to be filled in, which surveys there are, what was ever asked, what a term costs."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.kernel.errors import NotFound, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.asks.answering import due_of, may_fill
from junheng.platform.asks.catalogue import catalogue, searched
from junheng.platform.asks.days import day_of, term_on, terms_around
from junheng.platform.asks.models import Collection
from junheng.platform.asks.overview import loads_of, totals_of
from junheng.platform.asks.parameters import parameters_on
from junheng.platform.asks.scopes import COLLECTIONS, RESPONSES, is_bureau, responses_for, visible
from junheng.platform.asks.terms import Progress, State
from junheng.platform.registers.asker import Asker, asker_of

PAGE = 50


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """For a school what it is asked; for a bureau its surveys."""
    asker = asker_of(request)
    if is_bureau(asker):
        return surveys(request, asker)
    if not asker.may("view", RESPONSES):
        raise NotFound("no-surveys-here", "您的账号与一次性调查无关。如需填报，请联系本单位管理员开通。")
    day = day_of(asker)
    rows = responses_for(asker).order_by("state", "collection__closes_on", "id")
    lines = [
        {
            "response": row,
            "due": due_of(row),
            "open": may_fill(row, day=day),
            "late": row.state == Progress.WAITING
            and row.collection.state == State.OPEN
            and due_of(row) < day,
            "minutes": -(-row.collection.seconds // 60),
        }
        for row in rows.reverse()[:200]
    ]
    waiting = [one for one in lines if one["open"] and one["response"].state == Progress.WAITING]  # type: ignore[attr-defined]
    others = [one for one in lines if one not in waiting]
    load = next(iter(loads_of(asker, term_on(day), day=day)), None)
    context = {
        "waiting": waiting,
        "others": others,
        "day": day,
        "load": load,
        "term": SchoolTerm.parse(term_on(day)).label,
    }
    return render(request, "asks/to_fill.html", context)


def surveys(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The surveys that a bureau sees, the latest first."""
    state = request.GET.get("state", "")
    rows = visible(asker).annotate(
        asked=Count("responses"), sent=Count("responses", filter=Q(responses__state=Progress.SENT))
    )
    if state in State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("-id"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "states": State.choices,
        "state": state,
        "can_design": asker.may("change", COLLECTIONS),
        "lines": [line_of(one) for one in page],
    }
    return render(request, "asks/surveys.html", context)


def line_of(one: Collection) -> dict[str, Any]:
    """One survey in the list."""
    return {"survey": one, "term": SchoolTerm.parse(one.term).label, "minutes": -(-one.seconds // 60)}


@login_required
@require_safe
def show_catalogue(request: HttpRequest) -> HttpResponse:
    """Every field ever asked: where, by whom, how often, when answered last."""
    asker = asker_of(request)
    if not (is_bureau(asker) or asker.may("view", RESPONSES)):
        raise NotFound("no-surveys-here", "您的账号与一次性调查无关。如需填报，请联系本单位管理员开通。")
    text = request.GET.get("q", "").strip()
    entries = catalogue(asker)
    found = searched(entries, text) if text else entries
    found = sorted(found, key=lambda one: (one.in_register, -one.times))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "q": text,
        "registers": sum(one.in_register for one in entries),
        "surveys": sum(not one.in_register for one in entries),
        "found": len(found),
    }
    return render(request, "asks/catalogue.html", context)


@login_required
@require_safe
def show_load(request: HttpRequest) -> HttpResponse:
    """What a term asks of every school and kindergarten, against its budget, and what was given back."""
    asker = asker_of(request)
    if not (is_bureau(asker) or asker.may("view", RESPONSES)):
        raise NotFound("no-surveys-here", "您的账号与一次性调查无关。如需填报，请联系本单位管理员开通。")
    day = day_of(asker)
    term = request.GET.get("term", "") or term_on(day)
    try:
        label = SchoolTerm.parse(term).label
    except Refusal:
        raise NotFound("no-such-term", "没有这个学期。请从列表中选择学期。") from None
    page = Paginator(loads_of(asker, term, day=day), PAGE).get_page(request.GET.get("page"))
    used = set(visible(asker).order_by().values_list("term", flat=True).distinct())
    terms = sorted(
        {*terms_around(day), *used, term}, key=lambda one: SchoolTerm.parse(one).first, reverse=True
    )
    context = {
        "page": page,
        "term": term,
        "label": label,
        "terms": [(one, SchoolTerm.parse(one).label) for one in terms],
        "totals": totals_of(term),
        "certain": parameters_on(day).certain,
    }
    return render(request, "asks/load.html", context)
