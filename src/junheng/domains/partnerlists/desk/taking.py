"""Taking a list in: choose a file, see what is wrong in it, send it back marked or keep what can be used."""

import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from junheng.domains.partnerlists.actions.taking import check_newer, check_terms, take_in
from junheng.domains.partnerlists.forms import SourceForm
from junheng.domains.partnerlists.policies.scope import officer_of
from junheng.domains.partnerlists.queries.reading.lines import LINES
from junheng.domains.partnerlists.queries.reading.planning import ListPlan, read_list
from junheng.domains.partnerlists.queries.versions import compare, newest
from junheng.domains.partnerlists.tasks import order_match
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.exporting import CONTENT_TYPES
from junheng.platform.registers.marking import marked_file
from junheng.platform.registers.uploads import drop_upload, keep_upload, kept_upload
from junheng.platform.registers.views.files import uploaded

SALT = "junheng.partnerlists.terms"
WORDS = ("owner", "document", "basis")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Say whose list it is, choose the file, and see what it would bring."""
    asker = officer_of(request)
    if request.method != "POST":
        return page(request, SourceForm(asker=asker))
    form = SourceForm(request.POST, asker=asker)
    if not form.is_valid():
        return page(request, form, status=422)
    try:
        return preview(request, form, asker)
    except Refusal as refusal:  # what was filled in stays on the page
        form.add_error(None, sentence_of(refusal))
        return page(request, form, status=refusal.status)


def preview(request: HttpRequest, form: SourceForm, asker: Asker) -> HttpResponse:
    """What the chosen file would bring."""
    told = form.cleaned_data
    words = {one: told[one] for one in WORDS}
    check_terms(told["category"], words, as_of=told["as_of"], valid_until=told["valid_until"], on=asker.day)
    former = newest(told["area"], told["category"])
    check_newer(former, told["as_of"])
    name, content = uploaded(request)
    plan = read_list(name, content)
    token = keep_upload(LINES.slug, name, content, by=asker.user)
    terms = signing.dumps({key: str(value) for key, value in told.items()}, salt=SALT)
    compared = compare(plan.people, former)
    return page(request, form, plan=plan, name=name, token=token, terms=terms, compared=compared)


def page(request: HttpRequest, form: SourceForm, *, status: int = 200, **preview: Any) -> HttpResponse:
    """The page, with a preview if there is one."""
    context = {"form": form, "headings": [LINES.label_of(one) for one in LINES.fields], **preview}
    return render(request, "partnerlists/take.html", context, status=status)


def kept(request: HttpRequest, asker: Asker) -> tuple[str, bytes, ListPlan]:
    """The file that was chosen on the page before, read again."""
    name, content = kept_upload(LINES.slug, request.POST.get("token", ""), by=asker.user)
    return name, content, read_list(name, content)


@login_required
@require_POST
def marked(request: HttpRequest) -> FileResponse:
    """The file that was sent, with what is wrong written into its cells: for the office that made it."""
    asker = officer_of(request)
    name, content, plan = kept(request, asker)
    return FileResponse(
        io.BytesIO(marked_file(plan, content)),
        as_attachment=True,
        filename=f"{name.rsplit('.', 1)[0]}-{_('标出问题')}.xlsx",
        content_type=CONTENT_TYPES["xlsx"],
    )


@login_required
@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Keep what can be used, let the file go, and have the list compared."""
    asker = officer_of(request)
    _name, _content, plan = kept(request, asker)
    form = SourceForm(signed_terms(request), asker=asker)
    if not form.is_valid():
        return page(request, form, status=422)
    source = take_in(
        plan, **form.cleaned_data, by=asker.user, at=asker.at, on=asker.day, why=_("收取部门名单")
    )
    drop_upload(request.POST["token"], by=asker.user)
    order_match(source, asker=asker, language=get_language() or "")
    messages.success(
        request,
        _("已收下 %(count)s 行，原文件没有保存；正在后台与在籍名册比对。") % {"count": source.lines},
    )
    return redirect("partnerlists:list", source.pk)


def signed_terms(request: HttpRequest) -> dict[str, str]:
    """What was said of the list on the page before, as it was checked there."""
    try:
        found: dict[str, str] = signing.loads(request.POST.get("terms", ""), salt=SALT)
    except signing.BadSignature:
        raise Refusal(
            "upload-gone", "预览已超过一小时或已失效，没有导入任何内容。请重新选择文件并预览。"
        ) from None
    return found
