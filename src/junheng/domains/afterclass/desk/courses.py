"""Courses of all schools, and taking one over with a click."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.afterclass.actions.placing import take_over
from junheng.domains.afterclass.desk.pages import SHOWN, stands_over_areas
from junheng.domains.afterclass.forms import TakeOverForm
from junheng.domains.afterclass.models import Course
from junheng.domains.afterclass.terms import terms_at
from junheng.domains.schools.models import School
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, absent, asker_of
from junheng.platform.registers.values import term_label
from junheng.platform.spans import holds


def own_schools(asker: Asker) -> "QuerySet[School]":
    """The schools for which somebody writes courses."""
    return asker.within(School.objects.filter(holds(asker.day)), register_called("schools"), "change")


@login_required
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Courses of all schools, to be taken over by others: no pupil stands here."""
    asker = asker_of(request)
    if not asker.may("view", register_called("courses")):
        raise absent()
    words = request.GET.get("q", "").strip()[:40]
    rows = Course.objects.select_related("school", "taken_from__school").order_by("name", "code")
    rows = rows.filter(term__in=[str(one) for one in terms_at(asker.day)])
    if words:
        rows = rows.filter(name__contains=words)
    context = {
        "q": words, "rows": [(one, term_label(one.term)) for one in rows[:SHOWN]], "school": own_school(asker),
    }  # fmt: skip
    return render(request, "afterclass/courses.html", context)


def own_school(asker: Asker) -> School | None:
    """The one school for which somebody takes over courses: a principal's. An office of a county takes over none."""
    if stands_over_areas(asker) or not asker.may("change", register_called("courses")):
        return None
    found = list(own_schools(asker).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over a course with one click; it has its origin for good."""
    asker = asker_of(request)
    course = Course.objects.select_related("school").filter(pk=pk).first() if pk < 2**63 else None
    school = own_school(asker)
    if course is None or school is None:
        raise NotFound("no-such-course", "没有这门课程，或者您不能为一所学校采用课程。请返回课程列表。")
    form = TakeOverForm({"code": request.POST.get("code") or f"{school.code}-{course.term}-{course.pk}"})
    if not form.is_valid():
        messages.error(request, _("课程编号太长，最多 24 个字。没有改动。"))
        return redirect("afterclass:courses")
    try:
        made = take_over(
            course, school, code=form.cleaned_data["code"], by=asker.user, at=asker.at, why=_("采用外校课程")
        )
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect("afterclass:courses")
    messages.success(request, _("已采用。请核对老师、名额和收费。"))
    return redirect("registers:detail", "courses", made.pk)
