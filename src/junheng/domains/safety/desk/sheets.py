"""The page of a sheet: filled in item by item and saved at every step, sent once, read and corrected afterwards."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from junheng.domains.checklists.models import ChecklistItem
from junheng.domains.checklists.queries import items_for, sections_of
from junheng.domains.safety.actions import correct_answer, record_answers, send_sheet
from junheng.domains.safety.desk.rounds import inspector
from junheng.domains.safety.models import Answer, Sheet, SheetPhoto
from junheng.domains.safety.policies import sheet_of
from junheng.domains.safety.queries import window_state
from junheng.domains.safety.queries.histories import corrections
from junheng.domains.safety.terms import Result, SheetState
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.formfields import DayField

ITEM = re.compile(r"r([1-9]\d{0,17})")
"""How a form names the result of an item."""
ANSWERED = 300


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill a sheet in, or read it. Each choice is saved as it is made; without scripts a button saves all."""
    asker = inspector(request)
    one, fills = sheet_of(pk, asker=asker)
    if request.method != "POST":
        return show(request, one, fills, asker)
    part = getattr(request, "htmx", None) and "send" not in request.POST
    try:
        record_answers(one, said_in(request), by=asker.user, at=asker.at, why=_("填写检查表"))
        if "send" in request.POST:
            day = DayField().clean(request.POST.get("on", "")) if request.POST.get("on") else asker.today
            send_sheet(one, on=day, by=asker.user, at=asker.at, why=_("提交检查表"))
            messages.success(request, _("已提交。截止前还可以逐条更正，更正会留痕。"))
            return redirect("safety:sheet", pk)
    except Refusal as refusal:
        if part:
            raise
        return show(request, one, fills, asker, wrong=refusal)
    if part:
        return render(request, "safety/_saved.html", state_of(one, asker))
    messages.success(request, _("已存为草稿，可以随时接着填。"))
    return redirect("safety:sheet", pk)


def said_in(request: HttpRequest) -> dict[int, tuple[str, str]]:
    """The results and notes that a form sends; what nobody chose is not said."""
    found = {}
    for name in request.POST:
        match = ITEM.fullmatch(name)
        if match and request.POST[name]:
            found[int(match[1])] = (request.POST[name][:8], request.POST.get(f"n{match[1]}", "")[:ANSWERED])
    return found


def state_of(one: Sheet, asker: Asker) -> dict[str, Any]:
    """How much of a sheet is answered now."""
    plan = one.round.plan
    items = items_for(plan.checklist, kind=one.kind, boarding=one.boarding)
    photos = SheetPhoto.objects.filter(sheet=OuterRef("sheet"), item=OuterRef("item")).order_by()
    rows = Answer.objects.filter(sheet=one).select_related("finding")
    rows = rows.annotate(photos=Subquery(photos.values("item").annotate(count=Count("pk")).values("count")))
    answers = {each.item_id: each for each in rows}
    done = [answers[each.pk].result for each in items if each.pk in answers]
    return {
        "items": items,
        "answers": answers,
        "answered": len(done),
        "of": len(items),
        "failed": done.count(Result.FAIL),
        "now": asker.at,
    }


def show(
    request: HttpRequest, one: Sheet, fills: bool, asker: Asker, wrong: Refusal | None = None
) -> HttpResponse:
    """The page, with what stands in the way above it."""
    plan = one.round.plan
    state = state_of(one, asker)
    is_open = window_state(plan, one.level, on=asker.today) == "open"
    kept = said_in(request) if wrong else {}
    sent = one.state == SheetState.SENT
    pictures = photos_counted(one, state["answers"], sent=sent)
    rows = [
        (
            item,
            answer_shown(state["answers"].get(item.pk), kept.get(item.pk))
            | {"photos": pictures.get(item.pk, 0)},
            f"item-{item.pk}",
        )
        for item in state["items"]
    ]
    by_item = {item.pk: (item, answer, anchor) for item, answer, anchor in rows}
    numbers = {
        answer.pk: item.number
        for item in state["items"]
        if (answer := state["answers"].get(item.pk)) is not None
    }
    context = {
        **state,
        "sheet": one,
        "round": one.round,
        "plan": plan,
        "sections": [
            (name, [by_item[each.pk] for each in those]) for name, those in sections_of(state["items"])
        ],
        "results": Result.choices,
        "can_fill": fills and is_open and not sent,
        "can_correct": fills and is_open and sent,
        "window": plan.window(one.level),
        "wrong": sentence_of(wrong) if wrong else "",
        "corrections": corrections(one, numbers) if sent else [],
        "today": asker.today,
    }
    response = render(request, "safety/sheet.html", context, status=wrong.status if wrong else 200)
    if wrong:
        response["X-Refusal"] = wrong.code
    return response


def photos_counted(one: Sheet, answers: dict[int, Any], *, sent: bool) -> dict[int, int]:
    """The photos by item. While a sheet is filled in an item may have some before it has an answer."""
    if sent:
        return {item: answer.photos or 0 for item, answer in answers.items()}
    rows = SheetPhoto.objects.filter(sheet=one).order_by()
    return dict(rows.values_list("item").annotate(Count("pk")))


def answer_shown(stored: Answer | None, typed: tuple[str, str] | None) -> dict[str, Any]:
    """What stands in the boxes of an item: what was just typed, else what is stored."""
    if typed is not None:
        return {"result": typed[0], "note": typed[1], "finding": stored.finding if stored else None}
    if stored is None:
        return {"result": "", "note": "", "finding": None}
    return {
        "result": stored.result,
        "note": stored.note,
        "finding": stored.finding,
        "label": stored.get_result_display(),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Correct one answer of a sent sheet."""
    asker = inspector(request)
    one, fills = sheet_of(pk, asker=asker)
    row = (
        ChecklistItem.objects.filter(pk=item, checklist=one.round.plan.checklist_id).first()
        if item < 2**63
        else None
    )
    there = Answer.objects.filter(sheet=one, item=row).first() if row and fills else None
    if row is None or there is None:
        raise NotFound("no-such-answer", "没有找到这一条，或者它不由您更正。请返回检查表重新选择。")
    said = (there.result, there.note)
    wrong, status = "", 200
    if request.method == "POST":
        said = (request.POST.get("result", "")[:8], request.POST.get("note", "")[:ANSWERED])
        why = request.POST.get("why", "").strip()[:ANSWERED]
        try:
            if not why:
                raise Refusal("correction-without-reason", "请写明为什么更正；更正前后的内容都会保留。")
            correct_answer(one, row, result=said[0], note=said[1], by=asker.user, at=asker.at, why=why)
        except Refusal as refusal:
            wrong, status = sentence_of(refusal), refusal.status
        else:
            messages.success(request, _("已更正，更正前的内容保留在下方。"))
            return redirect("safety:sheet", pk)
    context = {
        "sheet": one, "item": row, "said": said, "results": Result.choices, "wrong": wrong,
        "why": request.POST.get("why", ""),
    }  # fmt: skip
    return render(request, "safety/correct.html", context, status=status)
