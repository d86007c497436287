"""A document of payment as a statement that is signed: school by school, small counts withheld; and the letters of a term."""

import io

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from junheng.domains.aid.desk.pages import term_of
from junheng.domains.aid.desk.paying import batch_seen
from junheng.domains.aid.desk.plainlist import plain_list
from junheng.domains.aid.models import AidBatch, AidLetter
from junheng.domains.aid.policies import area_seen, officer_of
from junheng.domains.aid.queries.letters import code_of
from junheng.domains.aid.queries.sums import least_on, school_rows
from junheng.domains.aid.terms import Scheme
from junheng.kernel.errors import Refusal
from junheng.platform.access.scope import within_area
from junheng.platform.papers.issuing import answered
from junheng.platform.papers.statement import Cell, Column, Statement
from junheng.platform.registers import register_called
from junheng.platform.registers.actions import check_may_export, note_export
from junheng.platform.registers.exporting import CONTENT_TYPES
from junheng.platform.registers.values import term_label
from junheng.platform.sealing.codes import grouped

WHY_LETTERS = "下载资助告知书"


@login_required
@require_safe
def of_batch(request: HttpRequest, pk: int) -> FileResponse:
    """What one document paid; no name stands on it."""
    asker = officer_of(request)
    row = batch_seen(asker, pk)
    facts = {"document": row.code, "area": row.area_id}
    return answered(request, register_called("payments"), lambda: stated(row), asker=asker, facts=facts)


def stated(row: AidBatch) -> Statement:
    """School by school with the sum of the document."""
    rows = school_rows(row.area_id, row.code)
    lines: list[list[Cell]] = [
        [one.name, one.count, one.fen] if one.count is not None else [one.name, "—", "—"] for one in rows
    ]
    least = least_on(row.paid_on)
    if row.count < least:
        # the sum would tell what the lines may not; it is kept with the code and shown to whoever asks about that
        total: list[Cell] = ["合计", "—", "—"]
        remark = f"全批不足 {least} 人次，各校和合计都不列出，以“—”代替；金额请凭发放文号在系统内核对。"
    else:
        total = ["合计", row.count, row.total_fen]
        remark = f"人次不足 {least} 的学校不单列，以“—”代替，合计含全部学校。"
    return Statement(
        title=f"{row.area.name}{Scheme(row.scheme).label}发放结算单",
        unit=f"{row.area.name}教育局",
        period=term_label(row.term),
        columns=[
            Column("学校", width=26),
            Column("人次", kind="count", width=8),
            Column("金额", kind="money", width=14),
        ],
        lines=lines,
        sums=[total],
        rates=[f"发放文号 {row.code}，发放日 {row.paid_on}"],
        remarks=[remark],
    )


@login_required
@require_safe
def letters(request: HttpRequest, code: str) -> FileResponse:
    """The letters of a county and term, each with its code, to be printed and put into envelopes. That they left is noted."""
    asker = officer_of(request)
    area = area_seen(asker, code)
    term, _terms = term_of(request, asker)
    register = register_called("eligibilities")
    check_may_export(register, asker)
    rows = AidLetter.objects.filter(within_area("area", area.pk), term=str(term)).select_related(
        "pupil__school", "pupil__school_class__school"
    )
    found = list(rows.order_by("pupil__school", "pupil__school_class", "pk"))
    if not found:
        raise Refusal("no-letters", "{area}{term}还没有告知书。请先生成。", area=area.name, term=term.label)
    facts = {"area": area.pk, "term": str(term), "rows": len(found), "kind": "letters"}
    note_export(register, asker=asker, facts=facts, why=WHY_LETTERS)
    address = request.build_absolute_uri("/aid/family/")
    title = _("%(area)s%(term)s资助告知书") % {"area": area.name, "term": term.label}
    return FileResponse(
        printed(found, title, address),
        as_attachment=True,
        filename=f"{title}.xlsx",
        content_type=CONTENT_TYPES["xlsx"],
    )


def printed(found: list[AidLetter], title: str, address: str) -> io.BytesIO:
    """One line a letter: where it goes, the code, and what the family does with it. What the aid is for, it does not say."""
    said = f"家长您好：请用手机打开 {address}，输入编码和孩子身份证件号后四位，查看、确认或放弃。不收费，不需要提供银行密码或验证码。"
    lines = (
        (one.pupil.school.name, str(one.pupil.school_class), one.pupil.name, grouped(code_of(one)), said)
        for one in found
    )
    columns = {"学校": 24, "班级": 16, "学生": 12, "编码": 20, "告知内容": 70}
    return plain_list("告知书", title, columns, lines)
