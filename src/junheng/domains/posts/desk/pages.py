"""The matrix of a school, the naming of somebody for a blank, and the day's confirmation."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.findings.terms import Severity
from junheng.domains.posts import actions
from junheng.domains.posts.actions.confirming import Anomaly
from junheng.domains.posts.forms import AnomalyForm, AssignForm, TaskForm, bits
from junheng.domains.posts.models import DayConfirmation, Post, StaffMember
from junheng.domains.posts.queries.matrix import Line, matrix, places_for, posts_on, tally
from junheng.domains.posts.terms import WEEKDAYS
from junheng.domains.schools.models import School
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, asker_of, forbidden, viewer_of
from junheng.platform.registers.policies import Level
from junheng.platform.spans import holds

ROOM = 3
"""Lines for what is not in order: more than three on one day are entered one by one as findings."""


def day_of(asker: Asker) -> date:
    """The day of the house."""
    return asker.day


def sees_posts(request: HttpRequest) -> bool:
    """Whether the menu offers posts: to whoever names people at a school."""
    asker = asker_of(request)
    return asker.stands_at(Level.SCHOOL) and asker.may("change", register_called("posts"))


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The matrix of one's own school; the register for who has several."""
    asker = viewer_of(request, register_called("posts"))
    schools = asker.within(School.objects.all(), register_called("schools"), "change").order_by("pk")
    own = list(schools.values_list("pk", flat=True)[:2])
    return redirect("posts:matrix", own[0]) if len(own) == 1 else redirect("registers:list", "posts")


def school_seen(request: HttpRequest, pk: int) -> tuple[Asker, School]:
    """Who asks, and a school within the scope of posts; else it is absent."""
    asker = viewer_of(request, register_called("posts"))
    return asker, asker.row(register_called("schools"), pk)


def may_name(asker: Asker, school: School) -> bool:
    """Whether somebody names who is responsible at a school."""
    return asker.may("change", register_called("posts")) and asker.reaches(
        school, register_called("schools"), "change"
    )


def school_to_change(request: HttpRequest, pk: int) -> tuple[Asker, School]:
    """The same, for who may change its posts."""
    asker, school = school_seen(request, pk)
    if not may_name(asker, school):
        raise forbidden()
    return asker, school


@login_required
@require_safe
def show_matrix(request: HttpRequest, pk: int) -> HttpResponse:
    """Place by hour by person, one day of the week at a time; blanks and doubles of the whole week counted."""
    asker, school = school_seen(request, pk)
    day = day_of(asker)
    lines = matrix(school, on=day)
    asked = request.GET.get("day", "")
    weekday = int(asked) if asked in {"0", "1", "2", "3", "4", "5", "6"} else day.weekday()
    context = {
        "school": school,
        "day": day,
        "weekday": weekday,
        "tabs": [(place, word, faults(lines, place)) for place, word in enumerate(WEEKDAYS)],
        "lines": [line for line in lines if line.weekday == weekday],
        "tally": tally(lines),
        "may_name": may_name(asker, school),
        "confirmed": DayConfirmation.objects.filter(school=school, on=day).first(),
    }
    return render(request, "posts/matrix.html", context)


def faults(lines: list[Line], weekday: int) -> int:
    """Blanks without a task and doubles of one day of the week."""
    found = tally(line for line in lines if line.weekday == weekday)
    return found.blanks + found.doubles


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Name somebody; a blank of the matrix leads here with its hours filled in."""
    asker, school = school_to_change(request, pk)
    day = day_of(asker)
    staff = StaffMember.objects.filter(holds(day), school=school).order_by("pk")
    places = places_for(school, on=day)
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        staff=staff,
        places=places,
        initial=asked_span(request) | {"since": day},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.assign(school, by=asker.user, at=asker.at, **form.cleaned_data)
        except Refusal as refusal:
            return refused(request, school, form, refusal, heading=_("落实到人"))
        messages.success(request, _("已落实到人。责任人签字后，请登记签领。"))
        return redirect("posts:matrix", school.pk)
    return show_form(request, school, form, heading=_("落实到人"), staffed=staff.exists())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a blank a dated task."""
    asker, school = school_to_change(request, pk)
    day = day_of(asker)
    form = TaskForm(
        request.POST if request.method == "POST" else None,
        places=places_for(school, on=day),
        initial=asked_span(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_task(school, by=asker.user, at=asker.at, **form.cleaned_data)
        except Refusal as refusal:
            return refused(request, school, form, refusal, heading=_("列为补空任务"))
        messages.success(request, _("已列为补空任务。"))
        return redirect("posts:matrix", school.pk)
    return show_form(request, school, form, heading=_("列为补空任务"), staffed=True)


def asked_span(request: HttpRequest) -> dict[str, Any]:
    """What a link from the matrix fills in; nothing that is no number."""
    found: dict[str, Any] = {}
    for name in ("place", "weekdays", "starts", "ends"):
        text = request.GET.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 9:
            found[name] = bits(int(text)) if name == "weekdays" else int(text)
    return found


def show_form(
    request: HttpRequest, school: School, form: Form, *, heading: str, staffed: bool, status: int = 0
) -> HttpResponse:
    """The page of a form."""
    context = {"school": school, "form": form, "heading": heading, "staffed": staffed}
    return render(
        request, "posts/form.html", context, status=status or (422 if form.is_bound and form.errors else 200)
    )


def refused(
    request: HttpRequest, school: School, form: Form, refusal: Refusal, *, heading: str
) -> HttpResponse:
    """The same with the refusal above what was filled in."""
    form.add_error(None, sentence_of(refusal))
    response = show_form(request, school, form, heading=heading, staffed=True, status=refusal.status)
    response["X-Refusal"] = refusal.code
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def today(request: HttpRequest, pk: int) -> HttpResponse:
    """Today's posts, confirmed with one press unless something is not in order."""
    asker, school = school_to_change(request, pk)
    day = day_of(asker)
    posts = posts_on(school, on=day)
    forms = [
        AnomalyForm(request.POST if request.method == "POST" else None, posts=posts, prefix=str(n))
        for n in range(ROOM)
    ]
    problem, status = "", 200
    if request.method == "POST":
        status = 422
        if all(form.is_valid() for form in forms):
            try:
                row = actions.confirm_day(
                    school, exceptions=anomalies(forms), on=day, by=asker.user, at=asker.at, why=_("每日确认")
                )
            except Refusal as refusal:
                problem, status = sentence_of(refusal), refusal.status
            else:
                messages.success(request, _("已确认。登记异常 %(count)s 条。") % {"count": row.exceptions})
                return redirect("posts:matrix", school.pk)
    context = {
        "school": school,
        "day": day,
        "posts": posts,
        "forms": forms,
        "problem": problem,
        "confirmed": DayConfirmation.objects.filter(school=school, on=day).first(),
    }
    return render(request, "posts/today.html", context, status=status)


def anomalies(forms: list[AnomalyForm]) -> list[Anomaly]:
    """What was filled in."""
    found = []
    for form in forms:
        post: Post | None = form.cleaned_data.get("post")
        if post is not None:
            severity = Severity(form.cleaned_data.get("severity") or Severity.GENERAL)
            found.append(Anomaly(post, form.cleaned_data["what"], severity))
    return found
