"""What waits for approval: the lists, one choice for several, and one's own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from junheng.kernel.errors import Refusal
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.registry import every_register
from junheng.platform.registers.views.browse import default_day
from junheng.platform.stewardship.actions import approve, ask_again, note_reading, reject, withdraw
from junheng.platform.stewardship.limits import limits_on
from junheng.platform.stewardship.models import Proposal
from junheng.platform.stewardship.queries import MOST, SHOWS, listed
from junheng.platform.stewardship.showing import show


@login_required
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """One of the lists, by register; ``register`` narrows it, ``all`` ticks every box of one register."""
    asker = asker_of(request)
    which = request.GET.get("show", "waiting")
    if which not in SHOWS:
        raise Refusal("bad-filter", "这里不能按「{name}」查询。请去掉这个条件后重试。", name=which[:40])
    return page(request, asker, which)


def page(request: HttpRequest, asker: Asker, which: str) -> HttpResponse:
    """The page of a list."""
    day = default_day(asker)
    every = {name: listed(name, asker, on=day) for name in SHOWS}
    labels = every_register()
    slugs = list(every[which].order_by().values_list("register", flat=True).distinct())
    slug = request.GET.get("register", "")
    found = every[which].filter(register=slug) if slug else every[which]
    count = found.count()
    tabs = (
        ("waiting", _("待我批准"), every["waiting"].count()),
        ("below", _("下级逾期"), every["below"].count()),
        ("own", _("我提交的"), every["own"].count()),
        ("done", _("已办理"), None),
    )
    context = {
        "show": which,
        "tabs": tabs,
        "groups": show(list(found[:MOST]), asker, on=day),
        "count": count,
        "most": MOST,
        "slug": slug,
        "registers": [(one, labels[one].label) for one in labels if one in slugs],
        "ticked": request.GET.get("all", ""),
        "limits": limits_on(day),
        "why": "",
    }
    return render(request, "stewardship/proposals.html", context)


@login_required
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """One choice for all that were ticked: all approved, or all sent back with the reason."""
    asker = asker_of(request)
    numbers = [read_number(text) for text in request.POST.getlist("number")]
    why = request.POST.get("why", "")
    if request.POST.get("choice") == "approve":
        done = approve(numbers, asker=asker, why=why)
        messages.success(request, _("已批准 %(count)s 条申请，修改已生效。") % {"count": len(done)})
    elif request.POST.get("choice") == "reject":
        done = reject(numbers, asker=asker, why=why)
        messages.success(request, _("已退回 %(count)s 条申请，原记录不变。") % {"count": len(done)})
    else:
        raise Refusal("no-choice", "请选择「批准」或「退回」。")
    return back(request)


def read_number(text: str) -> int:
    """The number of a proposal from a form."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Refusal("bad-number", "申请编号不正确。请返回「待批准」重新勾选。")
    return int(text)


def back(request: HttpRequest) -> HttpResponse:
    """The list from which a choice was made."""
    which = request.POST.get("show", "")
    slug = request.POST.get("register", "")
    address = reverse("stewardship:proposals")
    if which not in SHOWS:
        return redirect(address)
    return redirect(f"{address}?show={which}" + (f"&register={slug}" if slug in every_register() else ""))


@login_required
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take back one's own."""
    withdraw(number, asker=asker_of(request))
    messages.success(request, _("已撤回第 %(number)s 号申请。") % {"number": number})
    return back(request)


@login_required
@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Ask again from the row as it is now."""
    ask_again(number, asker=asker_of(request))
    messages.success(request, _("第 %(number)s 号申请已按现值重新列出，可以再定。") % {"number": number})
    return back(request)


@login_required
@never_cache
@require_POST
def clear(request: HttpRequest, number: int) -> HttpResponse:
    """One proposal with its sensitive values, once; that somebody looked is kept."""
    asker = asker_of(request)
    why = request.POST.get("why", "")
    one: Proposal = note_reading(number, asker=asker, why=why)
    context: dict[str, Any] = {
        "groups": show([one], asker, on=default_day(asker), clear=True),
        "show": "waiting",
        "clear": True,
    }
    return render(request, "stewardship/clear.html", context)
