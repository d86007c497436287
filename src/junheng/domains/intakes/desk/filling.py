"""Filling a draft: one school with its groups and catchments, the categories, the papers, catchments from a file."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.intakes.actions.catchments import read_in, written
from junheng.domains.intakes.actions.rows import set_school, write_rows
from junheng.domains.intakes.desk.overview import seen_by
from junheng.domains.intakes.desk.steps import draft_for, plan_school
from junheng.domains.intakes.forms import CatchmentRows, CategoryRows, GroupRows, PaperRows, SchoolForm
from junheng.domains.intakes.models import PlaceGroup, PlanSchool, PlanVersion
from junheng.domains.intakes.policies.scope import intake_of
from junheng.domains.intakes.queries.lists import current, draft_of
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import Asker

LARGEST = 2_000_000


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def school(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One school: classes, place, groups, catchments, all written together or not at all."""
    asker = seen_by(request)
    intake, draft = draft_for(request, code)
    row = plan_school(draft, pk)
    form = SchoolForm(request.POST or None, instance=row)
    groups = GroupRows(request.POST or None, instance=row, prefix="groups")
    pieces = CatchmentRows(request.POST or None, instance=row, prefix="catchments")
    status = 200
    if request.method == "POST":
        if form.is_valid() and groups.is_valid() and pieces.is_valid():
            write_school(form, groups, pieces, row, draft, asker)
            messages.success(request, _("已保存%(school)s的计划。") % {"school": row.school.name})
            return redirect("intakes:school", code, pk)
        status = 422
    context = {"intake": intake, "row": row, "form": form, "groups": groups, "pieces": pieces}
    return render(request, "intakes/school.html", context, status=status)


@transaction.atomic
def write_school(
    form: Any, groups: Any, pieces: Any, row: PlanSchool, draft: PlanVersion, asker: Asker
) -> None:
    """The forms of one school, in one transaction; pools are set when every group has its number."""
    why = _("填写学校招生计划")
    set_school(form.save(commit=False), by=asker.user, at=asker.at, why=why)
    for rows in (groups, pieces):
        kept = rows.save(commit=False)
        write_rows(draft, keep=kept, remove=rows.deleted_objects, by=asker.user, at=asker.at, why=why)
    by_code = {one.code: one for one in PlaceGroup.objects.filter(plan_school=row)}
    pools = []
    for one in groups.forms:
        written_row = by_code.get(one.cleaned_data.get("code", "")) if hasattr(one, "cleaned_data") else None
        if written_row is not None and not one.cleaned_data.get("DELETE"):
            pool = by_code.get(one.cleaned_data.get("pool", ""))
            written_row.release_to = pool
            pools.append(written_row)
    write_rows(draft, keep=pools, by=asker.user, at=asker.at, why=why)


def rows_page(request: HttpRequest, code: str, kind: Any, title: str, help_text: str) -> HttpResponse:
    """A page of rows of a draft: categories, or papers."""
    asker = seen_by(request)
    intake, draft = draft_for(request, code)
    rows = kind(request.POST or None, instance=draft, prefix="rows")
    status = 200
    if request.method == "POST":
        if rows.is_valid():
            kept = rows.save(commit=False)
            write_rows(draft, keep=kept, remove=rows.deleted_objects, by=asker.user, at=asker.at, why=title)
            messages.success(request, _("已保存。"))
            return redirect(request.path)
        status = 422
    context = {"intake": intake, "rows": rows, "title": title, "help_text": help_text}
    return render(request, "intakes/rows.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def categories(request: HttpRequest, code: str) -> HttpResponse:
    """Who comes before whom."""
    told = _(
        "次序小的先录取。同一类别里学位不够时按派位号。公办和民办各有一套，各要有一个不设条件的末位类别。"
    )
    return rows_page(request, code, CategoryRows, _("入学类别"), told)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, code: str) -> HttpResponse:
    """What families show, or whose data stand for it."""
    told = _("能由部门数据核验的写明部门，家长就不用交。学前教育、计划生育、超龄、预防接种等证明不得索要。")
    return rows_page(request, code, PaperRows, _("报名材料"), told)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def catchments(request: HttpRequest, code: str) -> HttpResponse:
    """All catchments of a draft from one file."""
    asker = seen_by(request)
    intake, draft = draft_for(request, code)
    problem = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None or (file.size or 0) > LARGEST:
                raise Refusal("catchments-file", "请选择一个不超过 2 MB 的 CSV 文件。")
            text = decoded(file.read())
            count = read_in(draft, text, by=asker.user, at=asker.at, why=_("导入片区"))
        except Refusal as refusal:
            problem = sentence_of(refusal)
        else:
            messages.success(request, _("已导入 %(count)s 段片区，替换了原有的。") % {"count": count})
            return redirect("intakes:plan", code)
    context = {"intake": intake, "problem": problem}
    return render(request, "intakes/catchments.html", context, status=422 if problem else 200)


def decoded(content: bytes) -> str:
    """Text of a file as the two usual encodings write it."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(
        "catchments-encoding", "读不懂这个文件的文字编码。请用 UTF-8 或 GB18030 另存为 CSV 后重试。"
    )


@login_required
@require_safe
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The catchments of the draft, else of the plan in force, as a file."""
    intake = intake_of(code, asker=seen_by(request))
    version = draft_of(intake) or current(intake)
    if version is None:
        raise NotFound("no-such-plan", "这个批次还没有计划。")
    response = HttpResponse(written(version), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="catchments-{intake.code}.csv"'
    return response
