"""The files of a kindergarten that fills in its own application with the code of its county: on its phone, without a login."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.schemes.portal.filling import HELD
from junheng.domains.schemes.queries.invited import code_held, opened_by
from junheng.domains.schemes.terms import WRITABLE
from junheng.domains.works.actions.attaching import attach_by_code, take_back_by_code
from junheng.domains.works.forms import FileForm
from junheng.domains.works.forms.arrivals import given, taking
from junheng.domains.works.models import Attachment
from junheng.domains.works.queries.asked import parts_of, rule_of
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import absent


def own(request: HttpRequest) -> SchemeApplication | None:
    """The application that the code in this browser opens."""
    return opened_by(code_held(request.COOKIES.get(HELD, "")))


@never_cache
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """What is asked for, and what is there."""
    row = own(request)
    return shown(request, row) if row is not None else redirect("schemes:enter")


def shown(request: HttpRequest, row: SchemeApplication, *, wrong: Refusal | None = None) -> HttpResponse:
    """The page, with what was refused above it."""
    able = row.stage in WRITABLE
    parts = [(part, FileForm(rule=part.rule) if able and part.room else None) for part in parts_of(row)]
    context = {"application": row, "able": able, "parts": parts, "wrong": sentence_of(wrong) if wrong else ""}
    response = render(request, "works/own_files.html", context, status=wrong.status if wrong else 200)
    if wrong:
        response["X-Refusal"] = wrong.code
    return response


@csrf_exempt  # the check asks for the body, which must not be read before it is known where it goes: see below
@never_cache
@require_POST
def add(request: HttpRequest, rule: int) -> HttpResponseBase:
    """Take one file."""
    taking(request, on=timezone.localdate())
    return added(request, rule)


@csrf_protect
def added(request: HttpRequest, rule: int) -> HttpResponse:
    """Keep what came, now that it is known to come from our own page."""
    row = own(request)
    if row is None:
        return redirect("schemes:enter")
    wanted = rule_of(row, rule)
    if wanted is None:
        raise absent()
    try:
        file, children = given(request, wanted)
        attach_by_code(row, wanted, file, children=children, at=timezone.now())
    except Refusal as refusal:
        return shown(request, row, wrong=refusal)
    messages.success(request, _("已存入附件。"))
    return redirect("works:own-files")


@never_cache
@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file back."""
    row = own(request)
    if row is None:
        return redirect("schemes:enter")
    found = Attachment.objects.filter(application=row, pk=number).first() if number < 2**63 else None
    if found is None:
        raise absent()
    try:
        take_back_by_code(found, at=timezone.now())
    except Refusal as refusal:
        return shown(request, row, wrong=refusal)
    messages.success(request, _("已取回，文件已删除。"))
    return redirect("works:own-files")
