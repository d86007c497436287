"""Files in and out: export, and import with its preview."""

import io
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from junheng.kernel.errors import NotAllowed, Refusal
from junheng.kernel.values.identity import conceal
from junheng.platform.access.refusals import TooLarge
from junheng.platform.jobs.actions import no_such_job, own_job
from junheng.platform.jobs.models import State
from junheng.platform.jobs.views import Line, line_of
from junheng.platform.registers.actions import check_may_export, checked_why, require_nameless
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.background import (
    APPLY,
    EXPORT,
    PREVIEW,
    done_sentence,
    import_page,
    order_job,
)
from junheng.platform.registers.chapters import CHAPTERS
from junheng.platform.registers.declare import Register
from junheng.platform.registers.exporting import CONTENT_TYPES, checked_kind, headings
from junheng.platform.registers.importing import carry_out, read_sheet, rehearse
from junheng.platform.registers.leaving import export_rows, is_long, note_left
from junheng.platform.registers.marking import marked_file
from junheng.platform.registers.plans import Plan
from junheng.platform.registers.previews import Preview, read_preview
from junheng.platform.registers.uploads import drop_upload, is_large, keep_upload, kept_upload
from junheng.platform.registers.views.browse import seen

LONG = 50_000
"""Rows from which an export is done as a job."""


@login_required
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest, slug: str) -> FileResponse | HttpResponse:
    """The list as a file. Sensitive values are in it only after a POST that says why."""
    asker = asker_of(request)
    register = seen(slug, asker)
    check_may_export(register, asker)
    clear = request.method == "POST"
    why = checked_why(request.POST.get("why", "")) if clear else ""
    query, kind = request.GET.dict(), checked_kind(request.GET.get("format", "xlsx"))
    if is_long(register, query, asker=asker, clear=clear, limit=LONG):
        title = _("导出：%(label)s") % {"label": register.label}
        order_job(EXPORT, register, title=title, asker=asker, query=query, format=kind, clear=clear, why=why)
        messages.success(request, _("行数较多，已转入后台导出。完成后在这里下载，不会截断。"))
        return redirect("jobs:mine")
    made = export_rows(register, query, kind, asker=asker, clear=clear)
    note_left(register, made, asker=asker, why=why)
    response = FileResponse(made.file, as_attachment=True, filename=made.name, content_type=made.content_type)
    response["X-Rows"] = str(made.facts["rows"])
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file, see what it would do, and then do it: three looks of one page."""
    asker = asker_of(request)
    register = importable(slug, asker)
    if request.method != "POST":
        return show_job(request, register) if "job" in request.GET else render_import(request, register)
    if token := request.POST.get("token", ""):
        return confirm(request, register, token, asker)
    name, content = uploaded(request)
    if is_large(content):
        kept = keep_upload(register.slug, name, content, by=asker.user, lasting=True)
        title = _("预览导入：%(label)s（%(name)s）") % {"label": register.label, "name": name}
        ordered = order_job(
            PREVIEW, register, title=title, asker=asker, token=kept, clear_blanks=clears(request)
        )
        return redirect(import_page(ordered))
    plan = rehearse(register, read_sheet(register, name, content), asker, clear_blanks=clears(request))
    token = "" if plan.does_nothing else keep_upload(register.slug, name, content, by=asker.user)
    return render_import(request, register, plan=plan, name=name, token=token)


@login_required
@require_http_methods(["POST"])
def give_back(request: HttpRequest, slug: str) -> FileResponse:
    """The file that was previewed, with what is wrong written into its cells."""
    asker = asker_of(request)
    register = importable(slug, asker)
    name, content = kept_upload(register.slug, request.POST.get("token", ""), by=asker.user)
    plan = rehearse(register, read_sheet(register, name, content), asker, clear_blanks=clears(request))
    return FileResponse(
        io.BytesIO(marked_file(plan, content)),
        as_attachment=True,
        filename=f"{name.rsplit('.', 1)[0]}-{_('标出问题')}.xlsx",
        content_type=CONTENT_TYPES["xlsx"],
    )


def importable(slug: str, asker: Asker) -> Register[Any]:
    """The register, for somebody who may import into it."""
    register = seen(slug, asker)
    if not asker.may("import", register):
        raise NotAllowed(
            "may-not-import", "您没有向「{label}」导入的权限。请联系有权限的科室。", label=register.label
        )
    return register


def clears(request: HttpRequest) -> bool:
    """Whether somebody said that a blank cell empties what is there."""
    return request.POST.get("clear_blanks") == "1"


def confirm(request: HttpRequest, register: Register[Any], token: str, asker: Asker) -> HttpResponse:
    """Do what the preview said: at once, or as a job where the file is large."""
    name, content = kept_upload(register.slug, token, by=asker.user)
    why = f"{request.POST.get('why', '').strip() or _('导入文件')}（{name}）"[:300]
    require_nameless(why)
    if is_large(content):
        title = _("导入：%(label)s（%(name)s）") % {"label": register.label, "name": name}
        order_job(
            APPLY, register, title=title, asker=asker, token=token, why=why, clear_blanks=clears(request)
        )
        messages.success(request, _("已转入后台导入。可以关闭页面，完成后在这里看到结果。"))
        return redirect("jobs:mine")
    sheet = read_sheet(register, name, content)
    plan = carry_out(register, sheet, asker, why=why, clear_blanks=clears(request))
    drop_upload(token, by=asker.user)
    messages.success(request, done_sentence(plan))
    return redirect("registers:list", register.slug)


def show_job(request: HttpRequest, register: Register[Any]) -> HttpResponse:
    """How far the preview of a large file is; when it is finished, the preview."""
    number = request.GET["job"]
    job = own_job(
        int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0, by=request.user
    )
    if job.kind != PREVIEW or job.parameters["register"] != register.slug:
        raise no_such_job()
    if job.state != State.DONE:
        return render_import(request, register, line=line_of(job))
    result = job.result or {}
    plan = read_preview(result["preview"])
    token = "" if plan.does_nothing else job.parameters["token"]
    clear = job.parameters["clear_blanks"]
    return render_import(
        request, register, plan=plan, name=result["name"], token=token, clear=clear, line=line_of(job)
    )


def uploaded(request: HttpRequest) -> tuple[str, bytes]:
    """The name and the bytes of the chosen file."""
    file = request.FILES.get("file")
    if file is None or isinstance(file, list):
        raise Refusal("no-file", "没有选择文件。请选择一个 .xlsx 或 .csv 文件再预览。")
    if (file.size or 0) > (limit := settings.JUNHENG_IMPORT_BYTES):
        raise TooLarge(
            "file-too-large",
            "上传的文件超过 {limit} MB。请拆分成几个文件，或删去不需要的列后再试。",
            limit=limit >> 20,
        )
    return conceal((file.name or "file")[-100:]), file.read()


def render_import(
    request: HttpRequest,
    register: Register[Any],
    *,
    plan: Plan | Preview | None = None,
    name: str = "",
    token: str = "",
    clear: bool = False,
    line: Line | None = None,
) -> HttpResponse:
    """The import page, with a preview if there is one."""
    context = {
        "register": register,
        "chapter": CHAPTERS[register.chapter],
        "headings": headings(register),
        "largest": settings.JUNHENG_IMPORT_BYTES >> 20,
        "longest": settings.JUNHENG_IMPORT_LINES,
        "plan": plan,
        "file_name": name,
        "token": token,
        "clear_blanks": clear or clears(request),
        "line": line,
        "reload": True,
    }
    wrong = request.method == "POST" and plan is not None and plan.wrong > 0
    return render(request, "registers/import.html", context, status=422 if wrong else 200)
