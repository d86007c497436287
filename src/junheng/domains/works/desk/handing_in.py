"""The page on which files are handed in with an application, and the work is given its title."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.schemes.terms import WRITABLE
from junheng.domains.works.actions.attaching import attach, take_back
from junheng.domains.works.actions.entering import describe
from junheng.domains.works.forms import FileForm, WorkForm
from junheng.domains.works.forms.arrivals import given, taking
from junheng.domains.works.models import Attachment, Work
from junheng.domains.works.queries.asked import is_contest, parts_of, rule_of
from junheng.domains.works.queries.serving import is_beginning, served
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.registers.asker import Asker, absent, asker_of
from junheng.platform.registers.registry import register_called

WHY = "随申报上传"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, number: int) -> HttpResponse:
    """What is asked for, what is there, and the title of the work."""
    asker = asker_of(request)
    row = application_of(asker, number, "view")
    able = row.stage in WRITABLE and asker.reaches(row, register_called("schemeapplications"), "change")
    work = Work.objects.filter(application=row).first()
    form, wrong = WorkForm(instance=work), None
    if request.method == "POST":
        form = WorkForm(request.POST, instance=work)
        try:
            if form.is_valid():
                said = {name: form.cleaned_data[name] for name in ("title", "tutor")}
                describe(row, **said, by=asker.user, at=asker.at, why=WHY)
                messages.success(request, _("已保存作品信息。"))
                return redirect("works:papers", number)
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            wrong = refusal
    return shown(request, row, able=able, work=work, form=form, wrong=wrong, failed=request.method == "POST")


def application_of(asker: Asker, number: int, verb: Any) -> SchemeApplication:
    """An application within somebody's scope."""
    row: SchemeApplication = asker.row(register_called("schemeapplications"), number, verb)
    return row


def shown(
    request: HttpRequest,
    row: SchemeApplication,
    *,
    able: bool,
    work: Work | None = None,
    form: WorkForm | None = None,
    wrong: Refusal | None = None,
    failed: bool = False,
) -> HttpResponse:
    """The page, with what was refused above it."""
    contest = is_contest(row)
    parts = [(part, FileForm(rule=part.rule) if able and part.room else None) for part in parts_of(row)]
    if form is None:
        work = Work.objects.filter(application=row).first()
    context = {
        "application": row,
        "able": able,
        "parts": parts,
        "contest": contest,
        "work": work,
        "form": (form or WorkForm(instance=work)) if contest and able else None,
        "wrong": sentence_of(wrong) if wrong else "",
    }
    status = wrong.status if wrong else 422 if failed else 200
    response = render(request, "works/papers.html", context, status=status)
    if wrong:
        response["X-Refusal"] = wrong.code
    return response


@csrf_exempt  # the check asks for the body, which must not be read before it is known where it goes: see below
@login_required
@require_POST
def add(request: HttpRequest, number: int, rule: int) -> HttpResponseBase:
    """Take one file."""
    taking(request, on=timezone.localdate())
    return added(request, number, rule)


@csrf_protect
def added(request: HttpRequest, number: int, rule: int) -> HttpResponse:
    """Keep what came, now that it is known to come from our own page."""
    asker = asker_of(request)
    row = application_of(asker, number, "change")
    wanted = rule_of(row, rule)
    if wanted is None:
        raise absent()
    try:
        file, children = given(request, wanted)
        attach(row, wanted, file, children=children, by=asker.user, at=asker.at, why=WHY)
    except Refusal as refusal:
        return shown(request, row, able=row.stage in WRITABLE, wrong=refusal)
    messages.success(request, _("已存入附件。"))
    return redirect("works:papers", number)


@login_required
@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file back while the application is being filled in."""
    asker = asker_of(request)
    row: Attachment = asker.row(register_called("attachments"), number, "change")
    application = row.application
    try:
        take_back(row, by=asker.user, at=asker.at, why="取回附件")
    except Refusal as refusal:
        return shown(request, application, able=False, wrong=refusal)
    messages.success(request, _("已取回，文件已删除。"))
    return redirect("works:papers", application.pk)


@login_required
@require_safe
def file(request: HttpRequest, number: int) -> HttpResponseBase:
    """A file for those who review or hand in. Looking at it leaves an entry."""
    asker = asker_of(request)
    row: Attachment = asker.row(register_called("attachments"), number)
    noted(request, row, asker, why="查看申报附件")
    return served(request, row)


def noted(request: HttpRequest, row: Attachment, asker: Asker, *, why: str) -> None:
    """Write down that somebody looked, once for each look."""
    if is_beginning(request):
        record(row, Verb.READ.value, by=asker.user, at=asker.at, why=why, after={"digest": row.digest})
