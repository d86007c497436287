"""A family on its phone: opened with the link of the class and what only the family knows; it says what it needs and chooses."""

import csv

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.domains.afterclass.actions import answering
from junheng.domains.afterclass.forms import ChooseForm, EnterForm
from junheng.domains.afterclass.models import ChoosingPeriod, CourseChoice, Enrolment, Need
from junheng.domains.afterclass.queries.draws import free_at_draw, last_in
from junheng.domains.afterclass.queries.families import ROOM, opened, pupil_in
from junheng.domains.afterclass.queries.places import offered, with_room
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.address import address_of
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.tries import counted
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.values import term_label
from junheng.platform.sealing import held
from junheng.platform.spans import held_from, holds

COOKIE, PATH, HALF_AN_HOUR = "afterclass", "/afterclass/family/", 30 * 60
MOST_TRIES, MOST_OF_A_CLASS = 8, 60
"""One address may be wrong eight times; a whole class, whose phones share addresses, sixty times in a quarter of an hour."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Ask which child: by name and what only the family knows. No list of children is shown, one sentence answers all."""
    day = asker_of(request).day
    found = opened(code, on=day)
    if found is None:
        raise NotFound("no-such-link", "这个链接无效，或者学校还没有开始填报。请向班主任核对链接。")
    room, period = found
    form = EnterForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            pupil = pupil_meant(request, room, form.cleaned_data["name"], form.cleaned_data["proof"])
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status = refusal.status
        else:
            response = redirect("afterclass:choose")
            response.set_cookie(
                COOKIE, held.carried(ROOM, f"{period.pk}.{pupil.pk}"), max_age=HALF_AN_HOUR, path=PATH, httponly=True,
                samesite="Lax", secure=settings.SECURE,
            )  # fmt: skip
            return response
    context = {"form": form, "room": room, "period": period, "label": term_label(period.term), "day": day}
    return render(request, "afterclass/enter.html", context, status=status)


def pupil_meant(request: HttpRequest, room: SchoolClass, name: str, proof: str) -> Pupil:
    """The pupil, where name and proof are right; wrong ones are counted by address and by class."""
    limits = {f"afterclass:{address_of(request)}": MOST_TRIES, f"afterclass-class:{room.pk}": MOST_OF_A_CLASS}
    with counted(limits, at=timezone.now()):
        pupil = pupil_in(room, name, proof, on=asker_of(request).day)
        if pupil is None:
            raise NotFound(
                "no-such-child", "姓名与身份证件号后四位（或出生日期）对不上，或者不是这个班的学生。请核对。"
            )
    return pupil


def held_here(request: HttpRequest) -> tuple[Pupil, ChoosingPeriod] | None:
    """The child and the period that this browser opened; none once the child left the school."""
    number, _dot, child = held.read(ROOM, request.COOKIES.get(COOKIE, "")).partition(".")
    if not number:
        return None
    period = ChoosingPeriod.objects.select_related("school").filter(pk=int(number)).first()
    rows = Pupil.objects.select_related("school_class__school").filter(
        holds(asker_of(request).day), pk=int(child)
    )
    pupil = rows.filter(school=period.school_id).first() if period else None
    return (pupil, period) if pupil is not None and period is not None else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The answer until the closing day, and afterwards what came of it."""
    found = held_here(request)
    if found is None:
        return render(request, "afterclass/closed.html", status=403)
    pupil, period = found
    day = asker_of(request).day
    need = Need.objects.filter(pupil=pupil, term=period.term).first()
    choice = CourseChoice.objects.filter(need=need).first() if need else None
    courses = list(offered(period.school_id, period.term, on=day))
    sent = request.POST if request.method == "POST" else None
    form = ChooseForm(sent, courses=courses, initial=said(need, choice))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            answering.choose(
                pupil,
                period,
                wanted=form.cleaned_data["wanted"],
                courses=form.chosen(),
                on=day,
                at=timezone.now(),
            )
            return redirect(f"{request.path}?saved=1")
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status = refusal.status
    context = {
        "pupil": pupil, "period": period, "label": term_label(period.term), "form": form, "need": need, "choice": choice,
        "open": day <= period.closes_on and period.drawn_on is None, "saved": "saved" in request.GET and need,
        "room": with_room(courses, on=day), "result": result_of(pupil, period, choice),
    }  # fmt: skip
    return render(request, "afterclass/choose.html", context, status=status)


def said(need: Need | None, choice: CourseChoice | None) -> dict[str, object]:
    """What the family said last."""
    found: dict[str, object] = {} if need is None else {"wanted": "yes" if need.wanted else "no"}
    return found | {f"course{number}": pk for number, pk in enumerate(choice.chosen() if choice else (), 1)}


def result_of(pupil: Pupil, period: ChoosingPeriod, choice: CourseChoice | None) -> dict[str, object]:
    """The places of a pupil, and for each course that it did not come into, how far the draw reached there."""
    rows = Enrolment.objects.filter(held_from(period.opens_on), pupil=pupil, term=period.term)
    places = list(rows.select_related("offer").order_by("pk"))
    if choice is None or choice.place is None:
        return {"places": places}
    reached = last_in(choice.chosen(), period.term)
    inside = {one.offer_id for one in places}
    passed = []
    for pk, course in zip(choice.chosen(), (choice.first, choice.second, choice.third), strict=False):
        if pk in inside:
            break
        passed.append((course, reached.get(pk)))
    return {"places": places, "place": choice.place, "passed": passed}


@never_cache
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """All that a draw was made of, without names: numbers of needs and courses, the place drawn, and what came of it."""
    found = held_here(request)
    if found is None or found[1].drawn_on is None:
        raise NotFound("no-such-list", "还没有安排，没有可以复算的名单。")
    period = found[1]
    rows = CourseChoice.objects.filter(
        need__pupil__school=period.school_id, need__term=period.term, place__isnull=False
    ).select_related("need")
    given: dict[int, int | None] = dict(
        Enrolment.objects.filter(term=period.term, offer__school=period.school_id).values_list(
            "pupil", "offer"
        )
    )
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="afterclass.csv"'
    write = csv.writer(response)
    write.writerow(
        ["# seed", period.seed, "digest", period.digest, "batch", f"{period.school_id}-{period.term}"]
    )
    for course, free in free_at_draw(period):
        write.writerow(["# course", course.pk, course.name, "free", free])
    write.writerow(["need", "first", "second", "third", "place", "course"])
    for one in rows.order_by("need_id"):
        three = [*one.chosen(), "", "", ""][:3]
        write.writerow([one.need_id, *three, one.place, given.get(one.need.pupil_id) or ""])
    return response


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the child in this browser."""
    response = redirect("portal:front")
    response.delete_cookie(COOKIE, path=PATH)
    return response
