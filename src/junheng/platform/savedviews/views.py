"""Two deeds on the page of a list: keep it under a name, let a kept one go."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.views.browse import seen
from junheng.platform.savedviews.actions import forget_view, save_view


@login_required
@require_POST
def save(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the list that was on the page, and show it again."""
    asker = asker_of(request)
    view = save_view(
        seen(slug, asker),
        name=request.POST.get("name", ""),
        query=request.POST.get("query", ""),
        shared="shared" in request.POST,
        asker=asker,
    )
    messages.success(request, _("已保存视图「%(name)s」。") % {"name": view.name})
    return redirect(f"{reverse('registers:list', args=[slug])}?{view.query}")


@login_required
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a view go, and show its register."""
    view = forget_view(pk, asker=asker_of(request))
    messages.success(request, _("已删除视图「%(name)s」。") % {"name": view.name})
    return redirect("registers:list", view.register)
