"""Files in and out: export, and import with its preview."""

import io
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.access.refusals import TooLarge
from junheng.platform.registers import listing
from junheng.platform.registers.actions import checked_why, note_export
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.chapters import CHAPTERS
from junheng.platform.registers.declare import Register
from junheng.platform.registers.exporting import CONTENT_TYPES, headings, make_export
from junheng.platform.registers.importing import carry_out, read_sheet, rehearse
from junheng.platform.registers.keys import mask
from junheng.platform.registers.known import as_known
from junheng.platform.registers.marking import marked_file
from junheng.platform.registers.planning import Plan
from junheng.platform.registers.search import names_somebody
from junheng.platform.registers.uploads import drop_upload, keep_upload, kept_upload
from junheng.platform.registers.views.browse import default_day, seen

FEW = 50
"""Rows that an entry names by number where it cannot keep the words that found them."""


@login_required
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest, slug: str) -> FileResponse:
    """The list as a file. Sensitive values are in it only after a POST that says why."""
    asker = asker_of(request)
    register = seen(slug, asker)
    if not asker.may("export", register):
        raise NotAllowed(
            "may-not-export",
            "您没有导出「{label}」的权限。如确需导出，请联系有权限的科室。",
            label=register.label,
        )
    clear = request.method == "POST"
    why = checked_why(request.POST.get("why", "")) if clear else ""
    query = listing.read_query(register, request.GET.dict(), default_day=default_day(asker))
    if clear and query.known:
        raise NotAllowed(
            "past-stays-masked", "按过去某日掌握的情况导出时，敏感信息一律遮盖。请返回当前名录后再导出。"
        )
    with as_known(register, query.known, asker=asker):
        rows = listing.rows_for(register, asker, query, verb="export")
        if clear:
            rows = asker.within(rows, register, "unmask")
        made = make_export(register, rows, request.GET.get("format", "xlsx"), asker=asker, clear=clear)
    facts = made.facts | noted(request.GET.dict(), rows)
    note_export(register, asker=asker, facts=facts, why=why)
    name = _("%(day)s掌握-%(name)s") % {"day": query.known, "name": made.name} if query.known else made.name
    response = FileResponse(made.file, as_attachment=True, filename=name, content_type=made.content_type)
    response["X-Rows"] = str(made.facts["rows"])
    return response


def noted(asked: dict[str, str], rows: "QuerySet[Any]") -> dict[str, Any]:
    """What an entry keeps of a query. An identity number that was looked up is masked: the entry outlives its key.

    The few rows that it found are named instead, so that it can still be told whom the file was about.
    """
    if not names_somebody(asked.get("q", "")):
        return {"query": asked}
    return {
        "query": asked | {"q": mask(asked["q"].strip())},
        "only": list(rows.order_by("pk").values_list("pk", flat=True)[:FEW]),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file, see what it would do, and then do it: three looks of one page."""
    asker = asker_of(request)
    register = importable(slug, asker)
    if request.method != "POST":
        return render_import(request, register)
    if token := request.POST.get("token", ""):
        return confirm(request, register, token, asker)
    name, content = uploaded(request)
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
    """Do what the preview said."""
    name, content = kept_upload(register.slug, token, by=asker.user)
    why = request.POST.get("why", "").strip() or _("导入文件")
    sheet = read_sheet(register, name, content)
    plan = carry_out(register, sheet, asker, why=f"{why}（{name}）"[:300], clear_blanks=clears(request))
    drop_upload(token, by=asker.user)
    messages.success(
        request,
        _("导入完成：新增 %(new)s 行，修改 %(changed)s 行。") % {"new": plan.new, "changed": plan.changed},
    )
    return redirect("registers:list", register.slug)


def uploaded(request: HttpRequest) -> tuple[str, bytes]:
    """The name and the bytes of the chosen file."""
    file = request.FILES.get("file")
    if file is None or isinstance(file, list):
        raise Refusal("no-file", "没有选择文件。请选择一个 .xlsx 或 .csv 文件再预览。")
    if (file.size or 0) > settings.JUNHENG_UPLOAD_BYTES:
        raise TooLarge("file-too-large", "上传的文件超过 20 MB。请拆分成几个文件，或删去不需要的列后再试。")
    return (file.name or "file")[-100:], file.read()


def render_import(
    request: HttpRequest,
    register: Register[Any],
    *,
    plan: Plan | None = None,
    name: str = "",
    token: str = "",
) -> HttpResponse:
    """The import page, with a preview if there is one."""
    context = {
        "register": register,
        "chapter": CHAPTERS[register.chapter],
        "headings": headings(register),
        "plan": plan,
        "file_name": name,
        "token": token,
        "clear_blanks": clears(request),
    }
    return render(request, "registers/import.html", context, status=422 if plan and plan.problems else 200)
