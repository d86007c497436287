"""What anybody may look up: which schools hold a level of safety standardisation, and until when. Nothing else of them."""

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from junheng.domains.areas.models import Area
from junheng.domains.safety.models import Acceptance
from junheng.domains.safety.queries.levels import levels_certain
from junheng.domains.safety.terms import SafetyLevel
from junheng.platform.access.scope import within_area
from junheng.platform.registers import register_called
from junheng.platform.spans import holds

SHOWN = 40


@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """Schools with a level by name, county and level; who is not named has none that holds now."""
    day = settings.JUNHENG_AS_OF or timezone.localdate()
    wanted, area = request.GET.get("q", "").strip()[:40], request.GET.get("area", "")[:6]
    level = request.GET.get("level", "")[:6]
    every = register_called("acceptances").public_rows(Acceptance.objects.all())
    every = every.filter(holds(day, since="school__since", until="school__until"))
    counted = dict(every.order_by().values_list("level").annotate(Count("pk")))
    rows = every.select_related("school", "area").order_by("area_id", "school__code")
    if area:
        rows = rows.filter(within_area("area", area))
    if wanted:
        rows = rows.filter(school__name__contains=wanted)
    if level in SafetyLevel.values:
        rows = rows.filter(level=level)
    found = list(rows[: SHOWN + 1])
    context = {
        "day": day,
        "found": found[:SHOWN],
        "more": len(found) > SHOWN,
        "q": wanted,
        "area": area,
        "level": level,
        "counties": list(
            Area.objects.filter(kind="county", until=None).order_by("code").values_list("code", "name")
        ),
        "levels": [(one.value, one.label, counted.get(one.value, 0)) for one in SafetyLevel],
        "certain": levels_certain(day),
    }
    return render(request, "safety/look_up.html", context)
