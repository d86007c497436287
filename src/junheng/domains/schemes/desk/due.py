"""The page of certificates that are to be looked at again, and of those that run out soon."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.content.rulebook import SCHEMES
from junheng.domains.schemes.queries.due import running_out, to_check
from junheng.platform.registers.asker import viewer_of
from junheng.platform.registers.registry import register_called

MOST = 200


@login_required
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """Both lists, the oldest first, as far as one's own scope goes."""
    register = register_called("certificates")
    asker = viewer_of(request, register)
    checks = asker.within(to_check(asker.today), register, "view").order_by("checked_on", "awarded_on", "pk")
    ends = asker.within(running_out(asker.today), register, "view").order_by("valid_until", "pk")
    context = {
        "checks": checks.select_related("area")[:MOST],
        "checks_count": checks.count(),
        "ends": ends.select_related("area")[:MOST],
        "ends_count": ends.count(),
        "days": SCHEMES.recheck_notice.on(asker.today).value,
        "year": asker.today.year,
    }
    return render(request, "schemes/due.html", context)
