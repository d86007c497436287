"""The page of a deed: what it asks, and the doing of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed_called
from junheng.platform.registers import register_of
from junheng.platform.registers.asker import Asker, asker_of, forbidden
from junheng.platform.registers.chapters import CHAPTERS
from junheng.platform.registers.declare import Register
from junheng.platform.registers.keys import named
from junheng.platform.registers.views.browse import seen


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, slug: str, pk: str, deed: str) -> HttpResponse:
    """Ask what the deed needs to know; when that is there, do it and show what came of it."""
    asker = asker_of(request)
    register = seen(slug, asker)
    row = asker.row(register, pk)
    one = deed_called(slug, deed)
    if not one.is_for(asker, row):
        raise forbidden()
    if not one.is_open(row):
        raise Conflict(
            "deed-not-open",
            "这条记录现在不能办理“{deed}”，可能已由他人办理。请返回记录页面查看现状。",
            deed=one.label,
        )
    if request.method != "POST":
        return show(request, register, row, one, one.form(row=row, asker=asker))
    form = one.form(request.POST.dict(), row=row, asker=asker)
    if not form.is_valid():
        return show(request, register, row, one, form, status=422)
    return carry_out(request, register, row, one, form, asker)


def carry_out(
    request: HttpRequest, register: Register[Any], row: Any, one: Deed[Any], form: DeedForm, asker: Asker
) -> HttpResponse:
    """Do it; a refusal stands above the form, which keeps what was filled in."""
    try:
        done = one.do(row, by=asker.user, at=asker.at, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, sentence_of(refusal))
        response = show(request, register, row, one, form, status=refusal.status)
        response["X-Refusal"] = refusal.code
        return response
    messages.success(request, _("已办理：%(deed)s。") % {"deed": one.label})
    shown = register_of(type(done))
    if shown is None and hasattr(done, "get_absolute_url"):
        return redirect(done)  # what came of it has a page of its own
    lead = shown or register
    if not asker.within(lead.model._default_manager.filter(pk=done.pk), lead, "view").exists():
        # by the deed itself it went out of this person's sight
        return redirect("registers:list", register.slug)
    return redirect("registers:detail", lead.slug, done.pk)


def show(
    request: HttpRequest,
    register: Register[Any],
    row: Any,
    one: Deed[Any],
    form: DeedForm,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page of the form."""
    context = {
        "register": register,
        "chapter": CHAPTERS[register.chapter],
        "row": row,
        "name": named(row),
        "deed": one,
        "form": form,
    }
    return render(request, "deeds/deed.html", context, status=status)
