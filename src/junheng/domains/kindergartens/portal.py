"""Public pages: which private kindergartens are inclusive, what they charge, until when; and what moved their number."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from junheng.domains.areas.models import Area
from junheng.domains.kindergartens.queries import coming_fees, counted_in, fees_on, inclusive_on, stream

SHOWN = 60
MOST_ROWS = 1_000
"""Rows behind one number of the statement: more than a city has."""
LINES = {
    "before": ("", _("期初有效认定")),
    "recognised": ("＋", _("首次认定")),
    "withdrawn": ("－", _("撤销认定")),
    "closed": ("－", _("停办")),
    "converted": ("－", _("转为公办")),
    "after": ("＝", _("期末有效认定")),
    "renewed": ("", _("复核延续（不增不减）")),
}
"""The lines of the statement, in their order, with their signs."""


def counties() -> list[tuple[str, str]]:
    """The counties of today, by code."""
    return list(Area.objects.filter(kind="county", until=None).order_by("code").values_list("code", "name"))


@require_safe
def inclusive(request: HttpRequest) -> HttpResponse:
    """The inclusive kindergartens of a day, by name and by county."""
    day = settings.JUNHENG_AS_OF or timezone.localdate()
    name, area = request.GET.get("q", "").strip()[:40], request.GET.get("area", "")[:6]
    found = list(inclusive_on(day, area=area, name=name)[: SHOWN + 1])
    shown = found[:SHOWN]
    kindergartens = [one.kindergarten for one in shown]
    fees, coming = fees_on(kindergartens, on=day), coming_fees(kindergartens, on=day)
    context = {
        "rows": [(one, fees[one.kindergarten_id], coming.get(one.kindergarten_id)) for one in shown], "more": len(found) > SHOWN, "q": name, "area": area, "counties": counties(), "on": day,
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
    area, line = request.GET.get("area", "")[:6], request.GET.get("line", "")
    told = stream(first, last, area=area)
    rows = list(counted_in(line, first, last, area=area)[:MOST_ROWS]) if line in LINES else []
    context = {
        "told": told,
        "lines": [(name, sign, word, getattr(told, name)) for name, (sign, word) in LINES.items()],
        "line": line if line in LINES else "",
        "called": LINES[line][1] if line in LINES else "",
        "rows": rows,
        "area": area,
        "counties": counties(),
    }
    return render(request, "kindergartens/statement.html", context)


def asked_day(request: HttpRequest, name: str, otherwise: date) -> date:
    """A day that was asked for; where it is none, the other one."""
    try:
        return parse_date(request.GET.get(name, "")) or otherwise
    except ValueError:
        return otherwise
