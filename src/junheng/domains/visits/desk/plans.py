"""The plans of samples: a list, a new one, and the one page on which a plan goes from draft to published results."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.content.rulebook.inspection import INSPECTING
from junheng.domains.areas.models import Area
from junheng.domains.visits import actions
from junheng.domains.visits.forms import PlanForm
from junheng.domains.visits.models import Countersign, CountyPair, Errand, SamplePlan, TeamMember
from junheng.domains.visits.policies.scope import ERRANDS, SAMPLES, may_plan, plan_of_code, visible
from junheng.domains.visits.queries.plans import library, strata_of, units_of
from junheng.domains.visits.queries.proofs import contributors, is_public, values
from junheng.domains.visits.terms import ErrandState, SampleState
from junheng.kernel.errors import Refusal
from junheng.kernel.workdays import add_working_days
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.scope import areas_for
from junheng.platform.registers.asker import Asker, forbidden, viewer_of
from junheng.platform.seeds.forms import PrepareForm, lines_of

ORDER = [state.value for state in SampleState]
SHOWN = 50


def seen_by(request: HttpRequest) -> Asker:
    """Whoever plans visits or oversees it; for others the pages are forbidden."""
    return viewer_of(request, SAMPLES)


def own_area(asker: Asker) -> Area | None:
    """For which area somebody plans: the widest."""
    codes = areas_for(asker.user, ERRANDS, "change", on=asker.today)
    return Area.objects.filter(pk=codes[0]).first() if codes else None


@login_required
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """All plans and planned visits in the scope."""
    asker = seen_by(request)
    plans = asker.within(SamplePlan.objects.select_related("area"), SAMPLES, "view").order_by("-pk")
    errands = visible(asker).filter(plan=None).exclude(state=ErrandState.CLOSED).order_by("day", "pk")
    context = {
        "plans": list(plans[:SHOWN]),
        "errands": list(errands[:SHOWN]),
        "may_plan": own_area(asker) is not None,
    }
    return render(request, "visits/office.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new plan."""
    asker = seen_by(request)
    area = own_area(asker)
    if area is None:
        raise forbidden()
    form = PlanForm(request.POST or None, initial={"as_of": asker.today, "team": 2})
    if request.method == "POST" and form.is_valid():
        plan = form.save(commit=False)
        plan.area = area
        try:
            actions.make_plan(plan, by=asker.user, at=asker.at, why=_("起草抽查方案"))
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, _("方案已起草：权重和各层抽取数已按公式算出，封存前可以修改抽取数。"))
            return redirect("visits:plan", plan.code)
    status = 422 if form.is_bound else 200
    return render(request, "visits/new_plan.html", {"form": form}, status=status)


@login_required
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The steps of a plan, with what is done and what is next."""
    asker = seen_by(request)
    plan = plan_of_code(code, asker=asker)
    return render(request, "visits/plan.html", context_of(plan, asker))


def context_of(plan: SamplePlan, asker: Asker, form: PrepareForm | None = None) -> dict[str, Any]:
    """All that the page says."""
    people, sources = contributors(plan), values(plan)
    signs = list(Countersign.objects.filter(plan=plan, agreed_by=""))
    errands = list(
        Errand.objects.filter(plan=plan)
        .select_related("school", "institution", "area", "visit")
        .prefetch_related(Prefetch("members", TeamMember.objects.select_related("inspector")))
        .order_by("pk")
    )
    draft = plan.state == SampleState.DRAFT
    due = add_working_days(plan.visits_until, INSPECTING.result_within.on(plan.visits_until).value)
    units = units_of(plan)
    return {
        "plan": plan,
        "strata": strata_of(plan),
        "units": sorted(units, key=lambda one: (-one.weight, one.code))[:SHOWN],
        "unit_count": len(units),
        "people": len(library(plan)),
        "contributors": people,
        "values": sources,
        "signs": signs,
        "freezing": next((one for one in signs if one.step == "freeze"), None),
        "releasing": next((one for one in signs if one.step == "release"), None),
        "pairs": CountyPair.objects.filter(plan=plan).select_related("checks", "checked"),
        "errands": errands,
        "waiting": sum(one.state in {ErrandState.PLANNED, ErrandState.ARRIVED} for one in errands),
        "writes": may_plan(plan.area_id, by=asker.user, at=asker.at),
        "now": asker.at,
        "reached": ORDER.index(plan.state),
        "public": is_public(plan),
        "result_due": due,
        "form": (form or PrepareForm(initial=lines_of(people, sources, plan.fallback)))
        if draft and not any(one.digest for one in people)
        else None,
    }
