"""The pages of those who are asked: the form, what comes back, a request for more time."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.asks import answering
from junheng.platform.asks.chasing import ask_for_time
from junheng.platform.asks.comparing import give_back
from junheng.platform.asks.days import day_of
from junheng.platform.asks.models import Answer, Question, Response
from junheng.platform.asks.parameters import parameters_on
from junheng.platform.asks.places import place_names
from junheng.platform.asks.scopes import response_for, responses_for
from junheng.platform.asks.terms import Progress
from junheng.platform.asks.values import AnswerForm, name_of
from junheng.platform.registers.asker import Asker, asker_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in: kept at every step, sent when it is in order. What comes back stands on the same page."""
    asker = asker_of(request)
    if request.method != "POST":
        response = response_for(asker, pk)
        return show(request, asker, response)
    response = response_for(asker, pk, change=True)
    posted = request.POST
    by_itself = bool(getattr(request, "htmx", None))  # htmx sends along the button that merely has the focus
    page, version = posted.get("page", ""), posted.get("version", "")
    same = "" if by_itself else posted.get("same", "")
    try:
        now = answering.keep_draft(response, posted, page=page, version=version, asker=asker, same=same)
    except Conflict:
        if by_itself:
            raise
        now = response_for(asker, pk)
        return show(request, asker, now, typed=posted, status=409)
    if by_itself:
        return render(request, "asks/_draft.html", {"response": now, "page": page})
    if "send" in posted:
        return take(request, asker, now)
    messages.success(request, _("草稿已保存。"))
    return redirect("asks:fill", pk)


def take(request: HttpRequest, asker: Asker, response: Response) -> HttpResponse:
    """Send the form, or show what is wrong with it; nothing that was typed is lost."""
    questions = list(response.collection.questions.all())
    filled = AnswerForm(questions, request.POST)
    correcting = response.state == Progress.SENT
    why = request.POST.get("why", "")
    if correcting and not why.strip():
        filled.add_error(None, _("已经提交过。要更正，请写明更正的理由。"))
    if not filled.is_valid():
        return show(request, asker, response, filled=filled, status=422)
    answering.send(response, filled, asker=asker, why=why)
    messages.success(
        request, _("已提交，谢谢。截止前可以更正。") if not correcting else _("更正已提交，原答案留痕。")
    )
    return redirect("asks:fill", response.pk)


def show(
    request: HttpRequest,
    asker: Asker,
    response: Response,
    *,
    filled: AnswerForm | None = None,
    typed: Any = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a form."""
    day = day_of(asker)
    questions = list(response.collection.questions.all())
    answers = list(response.answers.select_related("question"))
    draft = answering.shown_draft(response, answers)
    initial = {name: typed.get(name, "") for name in draft} if typed is not None else draft
    shown = filled or AnswerForm(questions, initial=initial)
    last = answering.last_answers(response, questions)
    linked = answering.linked_answers(response, questions, on=day)
    rows = []
    for one in questions:
        row: dict[str, Any] = {"question": one}
        if one.linked_register:
            known, source = linked.get(one.pk, (None, ""))
            row |= {"linked": True, "text": known.text if known else "", "source": source}
        else:
            other = draft.get(name_of(one), "") if typed is not None else ""
            now = str(initial.get(name_of(one), "") or "")
            row |= {
                "field": shown[name_of(one)],
                "last": last.get(one.pk),
                "other": other if other != now else "",
            }
            row["same"] = bool(row["last"]) and row["last"].typed == now
        rows.append(row)
    shown_answers = answers or [
        Answer(question_id=pk, value=one.text, number=one.number, origin_note=source)
        for pk, (one, source) in linked.items()
    ]
    asked = questions if answers else [one for one in questions if one.pk in linked]
    context = context_of(asker, response, asked, shown_answers) | {
        "rows": rows,
        "form": shown,
        "fields": [row for row in rows if "field" in row],
        "sent": response.state == Progress.SENT,
        "can_fill": answering.may_fill(response, day=day)
        and responses_for(asker, change=True).filter(pk=response.pk).exists(),
        "due": answering.due_of(response),
        "any_last": any(row.get("last") and not row["same"] for row in rows),
        "page": answering.opened_page(at=asker.at),
        "conflict": typed is not None,
        "why": request.POST.get("why", ""),
        "minutes": -(-response.collection.seconds // 60),
    }
    return render(request, "asks/fill.html", context, status=status)


def context_of(
    asker: Asker, response: Response, questions: list[Question], answers: list[Any]
) -> dict[str, Any]:
    """What comes back, and the names it needs."""
    least = parameters_on(day_of(asker)).least
    county = response.area[:6]
    names = place_names([county, settings.JUNHENG_CITY])
    both = (names[county], names[settings.JUNHENG_CITY])
    return {
        "response": response,
        "survey": response.collection,
        "term": SchoolTerm.parse(response.collection.term).label,
        "backs": give_back(response, questions, answers, least=least, names=both) if answers else [],
        "least": least,
        "county": both[0],
        "demo": settings.DEMO,
    }


@login_required
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet of paper: the unit's answers with their sources, beside its like."""
    asker = asker_of(request)
    response = response_for(asker, pk)
    if response.state != Progress.SENT:
        raise Refusal("nothing-sent-yet", "这份表还没有提交，没有可打印的内容。请先填写并提交。")
    questions = list(response.collection.questions.all())
    answers = list(response.answers.select_related("question"))
    context = context_of(asker, response, questions, answers)
    return render(request, "asks/sheet.html", context | {"day": day_of(asker)})


@login_required
@require_POST
def more_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for more days."""
    asker = asker_of(request)
    response = response_for(asker, pk, change=True)
    try:
        until = parse_date(request.POST.get("until", "").strip())
    except ValueError:
        until = None
    if until is None:
        raise Refusal("no-day-given", "请填写申请延至哪一天，例如 2024-03-20。")
    ask_for_time(response, until=until, asker=asker, why=request.POST.get("why", ""))
    messages.success(request, _("延期申请已提交，等待答复。"))
    return redirect("asks:fill", pk)
