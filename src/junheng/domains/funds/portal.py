"""What anybody may read of a school's money: what it received in a year, and what it says it used it for."""

from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.funds.models import FundPayment, FundUse
from junheng.domains.schools.models import School
from junheng.kernel.errors import NotFound


@require_safe
def use(request: HttpRequest, code: str) -> HttpResponse:
    """One school, year by year."""
    school = School.objects.filter(code=code).select_related("area").first()
    if school is None:
        raise NotFound("unknown-school", "没有这所学校。请核对学校标识码。")
    return render(request, "funds/use.html", {"school": school, "years": years_of(school)})


def years_of(school: School) -> list[dict[str, Any]]:
    """By year what came in, and what was published about it: the newest year first."""
    paid = FundPayment.objects.filter(school=school).order_by()
    received = dict(paid.values_list("instalment__paid_on__year").annotate(Sum("amount_fen")))
    used: dict[int, list[FundUse]] = {}
    for one in FundUse.objects.filter(school=school).order_by("-year", "-amount_fen", "pk"):
        used.setdefault(one.year, []).append(one)
    return [
        {
            "year": year,
            "received": received.get(year, 0),
            "uses": used.get(year, []),
            "used": sum(one.amount_fen for one in used.get(year, [])),
        }
        for year in sorted({*received, *used}, reverse=True)
    ]
