"""Giving a kindergarten its code: asked once, shown once."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from junheng.domains.schemes.actions.inviting import invite as make_code
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.registry import register_called
from junheng.platform.sealing.codes import grouped

WHY = "发给幼儿园填报"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, number: int) -> HttpResponse:
    """Make a code for an application of a kindergarten."""
    asker = asker_of(request)
    row = asker.row(register_called("schemeapplications"), number, "change")
    code = ""
    if request.method == "POST":
        code = grouped(make_code(row, by=asker.user, at=asker.at, why=WHY))
    return render(request, "schemes/invite.html", {"application": row, "code": code})
