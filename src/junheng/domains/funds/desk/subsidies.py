"""Subsidies of inclusive kindergartens: by county what is due, paid and missing, and where the register is wrong."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Sum
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from junheng.domains.areas.models import Area
from junheng.domains.funds import actions
from junheng.domains.funds.forms import WhyForm
from junheng.domains.funds.models import Subsidy
from junheng.domains.funds.queries.subsidies import calculated, gaps, rate_of_year
from junheng.domains.kindergartens.models import Kindergarten
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, forbidden, viewer_of
from junheng.platform.registers.policies import Level

SHOWN = 100
FIRST_YEAR = 2019


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The year, county by county; the city writes down what is due."""
    asker = viewer_of(request, register_called("subsidies"))
    year = year_of(request, asker)
    decides = asker.may("change", register_called("subsidies")) and asker.stands_at(Level.CITY)
    form = WhyForm(request.POST if request.method == "POST" else None)
    status, code = 422 if form.is_bound else 200, ""
    if form.is_bound and not decides:
        raise forbidden()
    if form.is_valid():
        try:
            written = actions.derive_subsidies(year, by=asker.user, at=asker.at, why=form.cleaned_data["why"])
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status, code = refusal.status, refusal.code
        else:
            words = _(
                "补助已核定：新增 %(new)s 所，更正 %(changed)s 所；已付多于应补的 %(over)s 所没有改动。"
            )
            messages.success(
                request, words % {"new": written.new, "changed": written.changed, "over": written.overpaid}
            )
            return redirect(f"{reverse('funds:subsidies')}?year={year}")
    response = render(
        request, "funds/subsidies.html", context_of(asker, year, decides) | {"form": form}, status=status
    )
    if code:
        response["X-Refusal"] = code
    return response


def year_of(request: HttpRequest, asker: Asker) -> int:
    """The year that is asked for; else the one of the day."""
    asked = request.GET.get("year", "")
    years = range(FIRST_YEAR, asker.day.year + 1)
    return (
        int(asked)
        if asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in years
        else asker.day.year
    )


def sums_of_counties(asker: Asker, year: int) -> list[tuple[str, int, int, int, int, int]]:
    """By county, within somebody's scope: kindergartens, children, and in fen what is due, paid and left."""
    mine = asker.within(Subsidy.objects.filter(year=year), register_called("subsidies"), "view").order_by()
    sums = (
        mine.annotate(county=Substr("area", 1, 6))
        .values_list("county")
        .annotate(Count("pk"), Sum("heads"), Sum("owed_fen"), Sum("paid_fen"))
        .order_by("county")
    )
    names = dict(Area.objects.filter(kind="county").values_list("code", "name"))
    return [
        (names.get(code, code), count, heads, int(due), int(paid), int(due - paid))
        for code, count, heads, due, paid in sums
    ]


def total_of(rows: Sequence[tuple[str, int, int, int, int, int]]) -> list[int]:
    """The sum of each column of numbers."""
    return [sum(column) for column in list(zip(*rows, strict=True))[1:]] or [0] * 5


def context_of(asker: Asker, year: int, decides: bool) -> dict[str, Any]:
    """What the page says of a year, within somebody's scope."""
    rows = sums_of_counties(asker, year)
    own = asker.within(Kindergarten.objects.all(), register_called("kindergartens"), "view")
    found = gaps(year, calculated(year))
    known = own.in_bulk([one.due.kindergarten for one in found])
    differing = [(known[one.due.kindergarten], one) for one in found if one.due.kindergarten in known]
    return {
        "year": year,
        "year_text": str(year),
        "years": range(asker.day.year, asker.day.year - 3, -1),
        "rate": rate_of_year(year),
        "rows": rows,
        "total": total_of(rows),
        "gaps": differing[:SHOWN],
        "gap_count": len(differing),
        "decides": decides,
        "can_export": asker.may("export", register_called("subsidies")),
    }
