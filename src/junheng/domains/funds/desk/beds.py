"""Beds of a school: its dormitories, how many are taken, and which boarders have none."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.funds.desk.pages import school_seen
from junheng.domains.funds.queries.beds import rooms_of, without_bed
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import viewer_of
from junheng.platform.registers.keys import mask

SHOWN = 200


@login_required
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One school on the day of the house. Names of pupils are masked; their register shows one to who says why."""
    register = register_called("bedassignments")
    asker = viewer_of(request, register)
    school = school_seen(asker, pk)
    rooms = rooms_of(school, asker.day)
    bare = asker.within(without_bed(asker.day, [school.pk]), register_called("pupils"), "view")
    context = {
        "school": school,
        "day": asker.day,
        "rooms": rooms,
        "beds": sum(one.dormitory.beds for one in rooms),
        "taken": sum(one.taken for one in rooms),
        "bare": [(one, mask(one.name)) for one in bare[:SHOWN]],
        "bare_count": bare.count(),
        "may_write": asker.may("change", register),
        "may_import": asker.may("import", register),
    }
    return render(request, "funds/beds.html", context)
