"""What anybody may read of award money: by school what was granted and received, and what it went on, item by item."""

from collections import defaultdict

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.awardfunds.models import AwardUse
from junheng.domains.awardfunds.queries.ledger import Followed, followed
from junheng.domains.schools.models import School
from junheng.domains.titles.models import Grant
from junheng.kernel.errors import NotFound


def told(rows: list[Followed], used: int) -> dict[str, int]:
    """The sums of one school. Money of a title that is gone is told as far as the school has it."""
    return {
        "granted": sum(one.grant.amount_fen for one in rows if not one.revoked),
        "received": sum(one.kept for one in rows),
        "used": used,
        "left": sum(one.kept for one in rows) - used,
    }


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every school that award money was granted to."""
    of_school: dict[int, list[Followed]] = defaultdict(list)
    for one in followed(Grant.objects.exclude(title__school=None)):
        of_school[one.grant.title.school_id or 0].append(one)
    uses = AwardUse.objects.order_by().values_list("school").annotate(Sum("amount_fen"))
    used = dict(uses)
    schools = School.objects.filter(pk__in=of_school).select_related("area").order_by("area", "code")
    rows = [(one, told(of_school[one.pk], used.get(one.pk, 0))) for one in schools]
    shown = [(one, sums) for one, sums in rows if sums["granted"] or sums["received"] or sums["used"]]
    total = {
        name: sum(sums[name] for _one, sums in shown) for name in ("granted", "received", "used", "left")
    }
    return render(request, "awardfunds/index.html", {"rows": shown, "total": total})


@require_safe
def published(request: HttpRequest, code: str) -> HttpResponse:
    """One school: its titles with money, and every item it published with its proof."""
    school = School.objects.filter(code=code).select_related("area").first()
    rows = followed(Grant.objects.filter(title__school=school)) if school is not None else []
    if not rows:
        raise NotFound("no-award-money", "这所学校没有奖补资金。请核对学校标识码。")
    uses = list(AwardUse.objects.filter(school=school).order_by("-spent_on", "pk"))
    context = {
        "school": school,
        "rows": rows,
        "uses": uses,
        "sums": told(rows, sum(one.amount_fen for one in uses)),
    }
    return render(request, "awardfunds/published.html", context)
