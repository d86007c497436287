"""Public pages: which private kindergartens are inclusive, what they charge, until when; and what moved their number."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from junheng.domains.areas.models import Area
from junheng.domains.kindergartens.queries import inclusive_on, stream

SHOWN = 60


def counties() -> list[tuple[str, str]]:
    """The counties of today, by code."""
    return list(Area.objects.filter(kind="county", until=None).order_by("code").values_list("code", "name"))


@require_safe
def inclusive(request: HttpRequest) -> HttpResponse:
    """The inclusive kindergartens of a day, by name and by county."""
    day = settings.JUNHENG_AS_OF or timezone.localdate()
    name, area = request.GET.get("q", "").strip()[:40], request.GET.get("area", "")[:6]
    found = list(inclusive_on(day, area=area, name=name)[: SHOWN + 1])
    context = {
        "rows": found[:SHOWN], "more": len(found) > SHOWN, "q": name, "area": area, "counties": counties(), "on": day,
    }  # fmt: skip
    return render(request, "kindergartens/inclusive.html", context)


@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """Stock, what came, what went, stock: for any two days. The two stocks are counted, so the sum can be checked."""
    day = settings.JUNHENG_AS_OF or timezone.localdate()
    first = asked_day(request, "first", date(day.year - 2, 12, 31))
    last = asked_day(request, "last", day)
    if last < first:
        first, last = last, first
    area = request.GET.get("area", "")[:6]
    context = {"told": stream(first, last, area=area), "area": area, "counties": counties()}
    return render(request, "kindergartens/statement.html", context)


def asked_day(request: HttpRequest, name: str, otherwise: date) -> date:
    """A day that was asked for; where it is none, the other one."""
    try:
        return parse_date(request.GET.get(name, "")) or otherwise
    except ValueError:
        return otherwise
