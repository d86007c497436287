"""The page of all projects: how those of each county stand, what is late and why, what it may cost and what was paid."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.projects.models import Project, ProjectPayment
from junheng.domains.projects.queries.standing import progress_of, standing
from junheng.domains.projects.queries.sums import by_county, total
from junheng.domains.projects.terms import Programme, ProjectState
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import viewer_of

ON_A_PAGE = 40


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Sums by county, and the projects of a state, a programme and a county, with the step that each waits for."""
    asker = viewer_of(request, register_called("projects"))
    day = asker.day
    seen = asker.within(Project.objects.all(), register_called("projects"), "view")
    programme, area = request.GET.get("programme", ""), request.GET.get("area", "")[:6]
    state = request.GET.get("state", "")
    chosen = seen.filter(programme=programme) if programme in Programme.values else seen
    pays = asker.may("view", register_called("projectpayments"))
    payments = asker.within(ProjectPayment.objects.all(), register_called("projectpayments"), "view")
    if programme in Programme.values:
        payments = payments.filter(project__programme=programme)
    counties = by_county(chosen, payments, on=day)
    rows = chosen.filter(area__code__startswith=area) if area.isascii() and area.isdigit() else chosen
    shown = ProjectState(state) if state in ProjectState.values else ProjectState.OPEN
    rows = rows.filter(standing(shown, on=day)).select_related("area").order_by("area", "pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "day": day,
        "counties": counties,
        "total": total(counties),
        "pays": pays,
        "page": page,
        "rows": progress_of(page.object_list, on=day),
        "states": ProjectState.choices,
        "state": shown,
        "programmes": Programme.choices,
        "programme": programme,
        "area": area,
    }
    return render(request, "projects/overview.html", context)
