"""Pages of letters: all of them with their copies, one as it is printed, drafting one, and the plans with their tasks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.content.bulletins.letters import LETTERS
from junheng.content.rulebook import CASEWORK
from junheng.domains.documents.models import Annex, Document
from junheng.domains.letters import actions
from junheng.domains.letters.forms import LetterForm
from junheng.domains.letters.models import Commitment, Delivery, Letter, PlanTask
from junheng.domains.letters.queries import broken_promises, copies_of, late, tasks_counted
from junheng.domains.letters.queries.filling import facts_of, record_of, words_of
from junheng.domains.letters.terms import LetterKind
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers import every_register, register_called
from junheng.platform.registers.asker import Asker, absent, asker_of, forbidden, viewer_of

SHOWN = 60
DIGITS = 19


def sees_letters(request: HttpRequest) -> bool:
    """Whether the menu offers the page: to whoever writes letters or receives them."""
    asker = asker_of(request)
    return bool(asker.granting(register_called("deliveries"), "view"))


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Letters of one's office with their copies; copies that are late; promises of meetings that were broken."""
    deliveries = register_called("deliveries")
    asker = viewer_of(request, deliveries)
    day = asker.day
    letters = list(
        asker.within(Letter.objects.select_related("series"), register_called("letters"), "view").order_by(
            "-pk"
        )[:SHOWN]
    )
    copies = copies_of([one.pk for one in letters], on=day)
    mine = asker.within(Delivery.objects.select_related("letter", "area"), deliveries, "view")
    promises = asker.within(
        Commitment.objects.select_related("invitee", "area"), register_called("commitments"), "view"
    )
    context = {
        "day": day,
        "letters": [(one, copies.get(one.pk)) for one in letters],
        "late": list(mine.filter(late(day)).order_by("reply_by", "pk")[:SHOWN]),
        "late_count": mine.filter(late(day)).count(),
        "own": list(mine.order_by("-pk")[:SHOWN]) if not letters else [],
        "broken": list(broken_promises(promises, day).order_by("due_on", "pk")[:SHOWN]),
        "writes": asker.may("change", register_called("letters")),
        "plans": list(Document.objects.filter(annex__plantask__isnull=False).distinct().order_by("pk")),
        "rules": [rule.on(day) for rule in (CASEWORK.letter_received_within, CASEWORK.letter_replied_within)],
    }
    return render(request, "letters/overview.html", context)


@login_required
@require_safe
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """A letter as its office sees it: the printed page, and each copy with its times."""
    asker = asker_of(request)
    row: Letter = asker.row(register_called("letters"), number)
    day = asker.day
    copies = Delivery.objects.filter(letter=row).order_by("area", "pk")
    context = page_of(asker, row) | {
        "copies": [(one, is_late(one, day)) for one in copies[:200]],
        "count": copies_of([row.pk], on=day).get(row.pk),
        "able": asker.reaches(row, register_called("letters"), "change"),
    }
    return render(request, "letters/letter.html", context)


@login_required
@require_safe
def copy(request: HttpRequest, number: int) -> HttpResponse:
    """A copy as its addressee sees it, with the words as they were issued."""
    asker = asker_of(request)
    row: Delivery = asker.row(register_called("deliveries"), number)
    context = page_of(asker, row.letter) | {"copy": row}
    return render(request, "letters/copy.html", context)


def is_late(row: Delivery, day: Any) -> bool:
    """Whether a copy is late, as the question to the database has it."""
    waiting = row.state in {"sent", "received"}
    return (row.state == "sent" and row.receive_by < day) or (
        waiting and row.reply_by is not None and row.reply_by < day
    )


def page_of(asker: Asker, row: Letter) -> dict[str, Any]:
    """What the printed page of a letter shows; a value leads to its record where the reader sees that."""
    sees = {
        slug
        for slug in {fact[2] for fact in row.facts} | {row.source}
        if slug and slug != "letters" and (one := every_register().get(slug)) and asker.may("view", one)
    }
    return {"letter": row, "paragraphs": words_of(row), "sees": sees, "series": row.series}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """Draft a letter, about a record where one is named."""
    asker = asker_of(request)
    if not asker.may("change", register_called("letters")):
        raise forbidden()
    source, number = about(asker, request)
    kind = request.GET.get("kind", "")
    template = LETTERS[kind if kind in LETTERS else LetterKind.WARNING]
    initial = {"title": template.title, "body": template.body, "wants_reply": True, "kind": kind}
    form = LetterForm(request.POST or None, asker=asker, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return drafting(request, form, source, number)
    asked = dict(form.cleaned_data) | {"source": source, "source_row": number}
    asked.pop("series")
    try:
        made = actions.draft_letter(form.chosen(), by=asker.user, at=asker.at, **asked)
    except Refusal as refusal:
        return refused(request, form, refusal, source, number)
    messages.success(request, _("已拟稿，核对后签发。"))
    return redirect("letters:letter", made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Write a draft anew."""
    asker = asker_of(request)
    row: Letter = asker.row(register_called("letters"), number, "change")
    initial = {"title": row.title, "body": row.body, "wants_reply": row.wants_reply}
    form = LetterForm(request.POST or None, asker=asker, initial=initial, fixed=True)
    if request.method != "POST" or not form.is_valid():
        return drafting(request, form, row.source, row.source_row, row)
    try:
        actions.edit_letter(row, by=asker.user, at=asker.at, **form.cleaned_data)
    except Refusal as refusal:
        return refused(request, form, refusal, row.source, row.source_row, row)
    return redirect("letters:letter", row.pk)


def about(asker: Asker, request: HttpRequest) -> tuple[str, int]:
    """The record that a letter is to be about, seen by who drafts it; none where none is named."""
    source, text = request.GET.get("source", ""), request.GET.get("row", "")
    register = every_register().get(source)
    if not source:
        return "", 0
    if register is None or not (text.isascii() and text.isdigit() and len(text) < DIGITS):
        raise absent()
    asker.row(register, text)
    return source, int(text)


def drafting(
    request: HttpRequest, form: LetterForm, source: str, number: int, row: Letter | None = None
) -> HttpResponse:
    """The form of a draft, with the slots that may stand in it."""
    record = record_of(row or Letter(source=source, source_row=number))
    series = next(iter(form.rows.values()), None)
    held = row or (Letter(series=series, source=source, source_row=number) if series else None)
    context = {
        "form": form,
        "letter": row,
        "record": (record[0], record[1]) if record else None,
        "facts": [one for one in facts_of(held).values() if one.slot] if held else [],
        "kinds": LetterKind.choices,
        "source": source,
        "number": number,
        "some": bool(form.rows),
    }
    return render(request, "letters/draft.html", context, status=422 if form.errors else 200)


def refused(
    request: HttpRequest,
    form: LetterForm,
    refusal: Refusal,
    source: str,
    number: int,
    row: Letter | None = None,
) -> HttpResponse:
    """The form again, with the refusal above it."""
    form.add_error(None, sentence_of(refusal))
    answer = drafting(request, form, source, number, row)
    answer.status_code, answer["X-Refusal"] = refusal.status, refusal.code
    return answer


@login_required
@require_safe
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """A document with its annexed plans, each with its tasks: whose, until when, done or overdue; and who received it."""
    tasks_of = register_called("plantasks")
    asker = viewer_of(request, tasks_of)
    seen = asker.may_refer_to(register_called("documents"), Document.objects.all())
    document = seen.filter(
        pk=number
    ).first()  # documents are public: a county sees the city's, with its own tasks
    if document is None:
        raise absent()
    day = asker.day
    tasks = asker.within(PlanTask.objects.filter(annex__document=document), tasks_of, "view")
    counts = tasks_counted(tasks, day)
    rows: dict[int, list[PlanTask]] = {}
    for one in tasks.select_related("area").order_by("annex", "number", "area"):
        rows.setdefault(one.annex_id, []).append(one)
    annexes = Annex.objects.filter(document=document).order_by("position")
    copies = asker.within(Delivery.objects.all(), register_called("deliveries"), "view").filter(
        letter__source="documents", letter__source_row=document.pk
    )
    context = {
        "document": document,
        "day": day,
        "annexes": [(one, counts.get(one.pk), rows.get(one.pk, [])) for one in annexes],
        "copies": list(copies.order_by("area", "pk")[:SHOWN]),
        "able": asker.may("change", tasks_of),
    }
    return render(request, "letters/plan.html", context)
