"""Who is licensed to train, for what, and until when: looked up by anybody before a child is sent there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from junheng.domains.areas.models import Area
from junheng.domains.institutions.queries import called


@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """One box: a name or a licence. A name that nobody has leads to a tip."""
    day = settings.JUNHENG_AS_OF or timezone.localdate()
    name, area = request.GET.get("q", "").strip()[:60], request.GET.get("area", "")[:6]
    asked = bool(name or area)
    context = {
        "q": name, "area": area, "asked": asked, "on": day, "answer": called(name, area, on=day) if asked else None,
        "counties": Area.objects.filter(kind="county", until=None).order_by("code").values_list("code", "name"),
    }  # fmt: skip
    return render(request, "institutions/look_up.html", context)
