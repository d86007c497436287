"""The list of admissions, a new one, and the page of one with everything that is still missing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.areas.models import Area
from junheng.domains.intakes.actions.begin import begin, change_intake
from junheng.domains.intakes.forms import AddSchoolForm, IntakeForm
from junheng.domains.intakes.models import Intake, PlanSchool, PlanVersion
from junheng.domains.intakes.policies.scope import INTAKES, intake_of, may_office
from junheng.domains.intakes.policies.validity import plan_faults
from junheng.domains.intakes.queries.document import document_of
from junheng.domains.intakes.queries.lists import draft_of, lines
from junheng.domains.intakes.terms import IntakeState
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import Stage
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.scope import areas_for
from junheng.platform.registers.asker import Asker, forbidden, viewer_of

KINDS = {
    Stage.PRIMARY: ("primary", "nine_year", "twelve_year"),
    Stage.JUNIOR: ("junior", "nine_year", "twelve_year"),
    Stage.SENIOR: ("senior", "twelve_year"),
}


def seen_by(request: HttpRequest) -> Asker:
    """Whoever sees admissions at all; for others the pages are forbidden."""
    return viewer_of(request, INTAKES)


@login_required
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """All admissions in the scope."""
    asker = seen_by(request)
    found = lines(asker.within(Intake.objects.all(), INTAKES, "view"), at=asker.at)
    context = {"lines": found, "may_begin": asker.may("change", INTAKES)}
    return render(request, "intakes/office.html", context)


def places_for(asker: Asker) -> Any:
    """The counties in which somebody may begin an admission."""
    codes = areas_for(asker.user, INTAKES, "change", on=asker.today)
    counties = Area.objects.filter(kind="county", until=None)
    found = [one.code for one in counties if any(one.code.startswith(code) for code in codes)]
    return counties.filter(code__in=found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new admission with its days."""
    asker = seen_by(request)
    if not asker.may("change", INTAKES):
        raise forbidden()
    form = IntakeForm(request.POST or None, areas=places_for(asker))
    if request.method == "POST" and form.is_valid():
        version = begin(form.instance, by=asker.user, at=asker.at, why=_("新建招生批次"))
        messages.success(request, _("已新建「%(title)s」，请添加学校。") % {"title": version.intake.title})
        return redirect("intakes:plan", version.intake.code)
    status = 422 if request.method == "POST" else 200
    return render(request, "intakes/days.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """The days of an admission that was not announced yet."""
    asker = seen_by(request)
    intake = intake_of(code, asker=asker, change=True)
    form = IntakeForm(request.POST or None, instance=intake, areas=places_for(asker))
    if request.method == "POST" and form.is_valid():
        try:
            change_intake(form.instance, by=asker.user, at=asker.at, why=_("修改招生时间和规则"))
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            return redirect("intakes:plan", form.instance.code)
    status = 422 if request.method == "POST" else 200
    return render(request, "intakes/days.html", {"form": form, "intake": intake}, status=status)


@login_required
@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """One admission: how far it is, its versions, and the draft with what is missing."""
    asker = seen_by(request)
    intake = intake_of(code, asker=asker)
    versions = list(PlanVersion.objects.filter(intake=intake).order_by("-number").defer("document"))
    draft = draft_of(intake)
    shown = draft or next((one for one in versions if one.digest), None)
    writes = may_office(intake, by=asker.user, at=asker.at)
    context = {
        "intake": intake,
        "versions": versions,
        "draft": draft,
        "shown": shown,
        "writes": writes,
        "open_days": intake.state == IntakeState.DRAFT and writes,
        "may_revise": writes
        and draft is None
        and asker.at < intake.closes_at
        and intake.state == IntakeState.PUBLISHED,
        "faults": [(one, sentence_of(one)) for one in plan_faults(document_of(draft))] if draft else [],
        "schools": schools_of(shown) if shown else [],
        "add": AddSchoolForm(schools=addable(intake, draft)) if draft and writes else None,
    }
    return render(request, "intakes/plan.html", context)


def schools_of(version: PlanVersion) -> Any:
    """The schools of a version with how many groups and catchments each has."""
    rows = PlanSchool.objects.filter(version=version).select_related("school").order_by("school__code")
    return rows.annotate(groups=Count("placegroup", distinct=True), pieces=Count("catchment", distinct=True))


def addable(intake: Intake, version: PlanVersion | None) -> Any:
    """Schools of the county with that stage which are not in the plan yet."""
    area = str(intake.area_id)
    schools = School.objects.filter(
        area__gte=area,
        area__lt=area[:-1] + chr(ord(area[-1]) + 1),
        until=None,
        kind__in=KINDS[Stage(intake.stage)],
    )
    return schools.exclude(pk__in=PlanSchool.objects.filter(version=version).values("school")).order_by(
        "code"
    )
