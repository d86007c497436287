"""The four steps and the looking over: each is saved as it is, right or wrong, and nobody loses what was typed."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from junheng.domains.areas.models import Area
from junheng.domains.intakes.policies.categories import would_be
from junheng.domains.registrations.actions.drafts import form_of, saved
from junheng.domains.registrations.actions.photos import drop_photo, keep_photo, open_photo
from junheng.domains.registrations.actions.writing import write
from junheng.domains.registrations.models import Draft, Evidence
from junheng.domains.registrations.portal import fields
from junheng.domains.registrations.portal.holding import TOKEN, draft_of
from junheng.domains.registrations.portal.onward import in_place, stands_at
from junheng.domains.registrations.queries.faults import Misfilled, other_turn
from junheng.domains.registrations.queries.finding import photos_of
from junheng.domains.registrations.queries.kept import categories, counties
from junheng.domains.registrations.queries.keys import grouped, pid_of, tidy
from junheng.domains.registrations.queries.known import known_of
from junheng.domains.registrations.queries.passes import give_pass
from junheng.domains.registrations.queries.rules import (
    LENGTHS,
    STEPS,
    Form,
    catchment_of,
    cleaned,
    missing_papers,
    said_address,
    stated,
    wrong,
    wrong_in,
)
from junheng.domains.registrations.queries.sheets import Sheet, sheet_of
from junheng.domains.registrations.terms import Channel, Relation
from junheng.kernel.errors import NotFound
from junheng.kernel.values.identity import birth_date
from junheng.platform.access.refusals import sentence_of

TITLES = {
    1: gettext_lazy("孩子"), 2: gettext_lazy("住址"), 3: gettext_lazy("情况与材料"), 4: gettext_lazy("志愿"), 5: gettext_lazy("核对并提交"),
}  # fmt: skip
LAST = 5


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, number: int) -> HttpResponse:
    """One step: shown, or saved and left for the next, the one before, or itself."""
    if number not in STEPS:
        raise NotFound("no-step", "没有这一步。请从报名首页继续填写。")
    at = timezone.now()
    draft = draft_of(request, at=at)
    sheet = sheet_of(draft.intake_id or 0)
    form = form_of(draft)
    if request.method != "POST":
        return show(request, draft, sheet, form, number, shown_wrong(request, number, form, sheet))
    found: list[Misfilled] = []
    if number < LAST:
        form = taken(request, number, form)
        found = wrong_in(number, form, sheet)
        if all(one.field != "id_number" for one in found):  # a number that is none belongs to no other child
            found += other_child(form, sheet)
        if number == 1 and not found and not set(STEPS[2]) & set(form):
            form |= known_of(form, sheet.stage, at=at)
        write(saved(draft, form, step=number if found else number + 1, at=at))
        if number == 3:
            found += photos_sent(request, draft, at=at)
    go = request.POST.get("go", "next")
    if go == "back":
        return onward(request, draft, sheet, form, max(1, number - 1), before=number)
    if go == "stay" and not [one for one in found if one.field.startswith("photo_")]:
        return onward(request, draft, sheet, form, number, before=number)
    if found:
        return show(request, draft, sheet, form, number, found, status=422)
    return onward(request, draft, sheet, form, min(LAST, number + 1), before=number)


def onward(
    request: HttpRequest, draft: Draft, sheet: Sheet, form: Form, number: int, *, before: int | None = None
) -> HttpResponse:
    """The step that comes next: within the open page, as its address would show it, or the way to that address."""
    if not in_place(request):
        return redirect("registrations:step", number)
    return stands_at(show(request, draft, sheet, form, number, []), number, before=before)


def other_child(form: Form, sheet: Sheet) -> list[Misfilled]:
    """That the turn in the waiting room was taken for another child."""
    turn, number = form.get("turn", ""), form.get("id_number", "")
    return [other_turn()] if turn and number and turn != pid_of(sheet.season, number) else []


def taken(request: HttpRequest, number: int, form: Form) -> Form:
    """The form with the words of one step replaced by what was sent."""
    names = set(STEPS[number])
    sent = {name: request.POST.get(name, "") for name in names}
    if "has" in names:
        sent["has"] = ",".join(request.POST.getlist("has"))
    return {name: words for name, words in form.items() if name not in names} | cleaned(sent)


def photos_sent(request: HttpRequest, draft: Draft, *, at: datetime) -> list[Misfilled]:
    """Keep the photos that came with step 3; what is wrong with one keeps no other back."""
    found = []
    for name, files in request.FILES.lists():
        for file in files:
            try:
                keep_photo(draft, name.removeprefix("photo_"), file, at=at)
            except Misfilled as refusal:
                found.append(refusal)
    return found


def shown_wrong(request: HttpRequest, number: int, form: Form, sheet: Sheet) -> list[Misfilled]:
    """What is said to be wrong on a page that is merely opened: only where the last page led here to put it right."""
    return wrong_in(number, form, sheet) if "check" in request.GET and number < LAST else []


def show(
    request: HttpRequest,
    draft: Draft,
    sheet: Sheet,
    form: Form,
    number: int,
    found: list[Misfilled],
    *,
    status: int = 200,
) -> HttpResponse:
    """The page of a step."""
    if number == LAST:
        return look_over(request, draft, sheet, form, found, status=status)
    said = fields.sentences(found)
    context = frame(request, draft, sheet, number) | {"form": form, "said": said, "wrong": summary(found)}
    if number == 1:
        context["boxes"] = fields.child_boxes(form, said, sheet)
    elif number == 2:
        context |= {"boxes": fields.address_boxes(form, said, sheet), "catchment": catchment_of(form, sheet)}
    elif number == 3:
        context["lines"] = fields.circumstance_lines(form, said, sheet, photos_of(draft))
    else:
        context |= {"boxes": fields.choice_boxes(form, said, sheet), "catchment": catchment_of(form, sheet)}
    return render(request, f"registrations/step{number}.html", context, status=status)


def summary(found: list[Misfilled]) -> list[tuple[str, str]]:
    """What is wrong, each with the box it leads to."""
    return [(name, words) for name, all_words in fields.sentences(found).items() for words in all_words]


def frame(request: HttpRequest, draft: Draft, sheet: Sheet, number: int) -> dict[str, Any]:
    """What stands round every step."""
    return {
        "sheet": sheet, "draft": draft, "number": number, "steps": list(TITLES.items()),
        "title": TITLES[number], "at_desk": bool(draft.entered_by), "part": in_place(request),
        "resume": "" if draft.entered_by else grouped(tidy(request.COOKIES.get(TOKEN, ""))),
    }  # fmt: skip


def look_over(
    request: HttpRequest, draft: Draft, sheet: Sheet, form: Form, found: list[Misfilled], *, status: int = 200
) -> HttpResponse:
    """The last page: everything that was filled in, what is still wrong with it, and the form that sends it."""
    at = timezone.now()
    photos = photos_of(draft)
    shown = frozenset(photos)
    channel = Channel.DESK if draft.entered_by else Channel.PHONE
    open_ends = [one for one in [*wrong(form, sheet), *other_child(form, sheet)] if one.field != "truthful"]
    missing = [] if draft.entered_by else missing_papers(form, sheet, shown)
    context = frame(request, draft, sheet, LAST) | {
        "form": form, "wrong": summary(found), "hidden": [(n, form[n]) for n in LENGTHS if form.get(n) and n != "truthful"],
        "open_ends": [(step_of(one.field), words) for one, words in zip(open_ends, map(sentence_of, open_ends), strict=True)],
        "missing": [line for line in fields.circumstance_lines(form, {}, sheet, photos) if line.kind in missing],
        "born": birth_date(form.get("id_number", "")), "address": said_address(form),
        "relation": dict(Relation.choices).get(form.get("relation", ""), ""),
        "home": home_name(form), "catchment": (school := catchment_of(form, sheet)),
        "standing": would_be(stated(form), school=school.name, categories=categories(sheet.intake) or ()) if school and not school.zone else "",
        "stated": [line for line in fields.circumstance_lines(form, {}, sheet, photos) if line.kind in stated(form)],
        "chosen": [sheet.schools[code] for n in STEPS[4] if (code := form.get(n, "")) in sheet.schools],
        "opens": at < sheet.opens_at, "over": at >= sheet.closes_at or sheet.state != "published",
        "ready": not open_ends and not missing,
        "pass": give_pass(
            intake=sheet.intake, draft=draft.pk, request_key=draft.request_key, channel=channel,
            entered_by=draft.entered_by, shown=shown, turn=form.get("turn", ""), at=at,
        ),
    }  # fmt: skip
    return render(request, "registrations/look_over.html", context, status=status)


def home_name(form: Form) -> str:
    """The county of the household register, by its name."""
    code = form.get("home_area", "")
    if code == "other":
        return _("本市以外")
    known = dict(counties() or ()).get(code)
    return known or Area.objects.filter(pk=code).values_list("name", flat=True).first() or ""


def step_of(name: str) -> int:
    """The step in which a word is asked."""
    return next((number for number, names in STEPS.items() if name in names), 3)


@never_cache
@require_POST
def catchment(request: HttpRequest) -> HttpResponse:
    """The school of an address that is being typed, as a part of the page; nothing is saved."""
    draft = draft_of(request, at=timezone.now())
    sheet = sheet_of(draft.intake_id or 0)
    form = taken(request, 2, {})
    return render(
        request, "registrations/_catchment.html",
        {"catchment": catchment_of(form, sheet), "form": form, "sheet": sheet},
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD"])
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A photo, for the family that gave it."""
    draft = draft_of(request, at=timezone.now())
    found = Evidence.objects.filter(draft=draft, pk=pk).first()
    if found is None:
        raise NotFound("photo-gone", "这张照片已经不在了。如仍需要，请重新上传。")
    return HttpResponse(open_photo(found), content_type=found.media)


@never_cache
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a photo out again."""
    drop_photo(draft_of(request, at=timezone.now()), pk)
    return redirect("registrations:step", 3)
