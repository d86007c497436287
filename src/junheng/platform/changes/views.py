"""The page of what changed since one last looked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from junheng.kernel.errors import Refusal
from junheng.platform.changes.actions import mark_seen
from junheng.platform.changes.queries import MOST, news_for
from junheng.platform.registers.asker import asker_of


@login_required
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """By register and row, from what to what. Looking alone marks nothing: a page may be left half read."""
    return render(request, "changes/changes.html", {"news": news_for(asker_of(request)), "most": MOST})


@login_required
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Mark everything that the page showed as seen; what came since stays new."""
    upto = request.POST.get("upto", "")
    if not (upto.isascii() and upto.isdigit() and len(upto) < 19):
        raise Refusal("bad-mark", "没有说明看到了哪一条。请回到“新变化”页面重新标记。")
    mark_seen(asker_of(request), int(upto))
    messages.success(request, _("已标为看过。以后只显示新的变化。"))
    return redirect("changes:changes")
