"""What anybody may read of building projects: which run in a year, how far each is, and what is late. No money."""

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from junheng.domains.areas.models import Area
from junheng.domains.projects.models import Project
from junheng.domains.projects.queries.standing import progress_of
from junheng.domains.projects.terms import Programme
from junheng.platform.registers import register_called

ON_A_PAGE = 50
EARLIEST = 2000


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The projects that ran in a year: begun in it or before, and not done or given up before it."""
    day = settings.JUNHENG_AS_OF or timezone.localdate()
    asked = request.GET.get("year", "")
    good = len(asked) == 4 and asked.isascii() and asked.isdigit() and int(asked) >= EARLIEST
    year = int(asked) if good else day.year
    name, area = request.GET.get("q", "").strip()[:40], request.GET.get("area", "")[:6]
    programme = request.GET.get("programme", "")
    register = register_called("projects")
    rows = register.public_rows(Project.objects.select_related("area")).filter(
        Q(started_on__year__lte=year) | Q(started_on=None, accepted_on=None, cancelled_on=None),
        Q(accepted_on=None) | Q(accepted_on__year__gte=year),
        Q(cancelled_on=None) | Q(cancelled_on__year__gte=year),
    )
    if area.isascii() and area.isdigit():
        rows = rows.filter(area__code__startswith=area)
    if programme in Programme.values:
        rows = rows.filter(programme=programme)
    if name:
        rows = rows.filter(name__contains=name)
    page = Paginator(rows.order_by("area", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    counties = Area.objects.filter(kind="county", until=None).order_by("code").values_list("code", "name")
    context = {
        "page": page,
        "rows": progress_of(page.object_list, on=day),
        "years": range(day.year, day.year - 4, -1),
        "year": year,
        "day": day,
        "q": name,
        "area": area,
        "counties": list(counties),
        "programme": programme,
        "programmes": Programme.choices,
    }
    return render(request, "projects/index.html", context)
