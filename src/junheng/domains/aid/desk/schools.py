"""The school's part: what it shows inside the school, and for how long. Name, class and band; never a reason."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.aid.models import AidRequest
from junheng.domains.aid.terms import RequestStage
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import roles_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import absent, asker_of


@login_required
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """The list that hangs in the school today. The day after its last day a name stands on it no longer."""
    asker = asker_of(request)
    if Role.PRINCIPAL not in roles_of(asker.user, on=asker.today):
        raise absent()
    rows = AidRequest.objects.filter(
        stage=RequestStage.SHOWN, shown_on__lte=asker.day, shown_until__gte=asker.day
    ).select_related("pupil", "school_class__school")
    mine = asker.within(rows, register_called("aidrequests"), "view").order_by("shown_until", "pk")
    return render(request, "aid/shown.html", {"rows": mine, "day": asker.day})
