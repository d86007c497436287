"""Statements that a finance officer signs: a county's schools of a term, and one school's lines, as .xlsx."""

import hashlib
import io
from collections.abc import Sequence, Set
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from junheng.domains.funds.desk.pages import county_seen, rows_of_county, school_seen, term_of, viewer
from junheng.domains.funds.queries import Account, account_of, current, lines_of_school
from junheng.kernel.errors import NotAllowed
from junheng.platform.registers import register_called
from junheng.platform.registers.actions import note_export
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.exporting import CONTENT_TYPES
from junheng.platform.registers.values import term_label, yuan

Cell = str | int


@login_required
@require_safe
def of_county(request: HttpRequest, code: str) -> FileResponse:
    """Every school of a county with its account of a term, and the sums."""
    asker = viewer(request)
    area = county_seen(asker, code)
    term, _terms = term_of(request)
    rows = rows_of_county(asker, area, term)
    total = sum((account for _school, account in rows), Account())
    lines: list[list[Cell]] = [[one.code, one.name, *money(account)] for one, account in rows]
    lines.append(["", _("合计"), *money(total)])
    heads = [
        _("学校标识码"),
        _("学校"),
        _("核定（元）"),
        _("差额结算（元）"),
        _("应拨（元）"),
        _("已拨（元）"),
        _("尚欠（元）"),
    ]
    title = _("%(area)s%(term)s公用经费结算单") % {"area": area.name, "term": label(term)}
    return statement(asker, title, heads, lines, {"area": area.pk, "term": term}, sums={2, 3, 4, 5, 6})


@login_required
@require_safe
def of_school(request: HttpRequest, pk: int) -> FileResponse:
    """Why one school is due what it is due in a term: rule, heads, rate, clause; and its account."""
    asker = viewer(request)
    school = school_seen(asker, pk)
    term, _terms = term_of(request)
    derivation = current(term) if term else None
    found = list(lines_of_school(derivation, school)) if derivation else []
    lines: list[list[Cell]] = [
        [one.get_stage_display(), one.get_rule_display(), one.count, yuan(one.rate.fen), yuan(one.amount_fen), one.rate.clause]
        for one in found
    ]  # fmt: skip
    account = dict(account_of(school, [term]))[term]
    lines.append([_("合计"), "", "", "", yuan(sum(one.amount_fen for one in found)), ""])
    for words, fen in zip(account_words(), account_fen(account), strict=True):
        lines.append([words, "", "", "", yuan(fen), ""])
    heads = [_("学段"), _("规则"), _("人数"), _("年标准（元）"), _("学期金额（元）"), _("依据")]
    title = _("%(school)s%(term)s公用经费核定单") % {"school": school.name, "term": label(term)}
    return statement(asker, title, heads, lines, {"school": school.code, "term": term}, sums={3, 4})


def label(term: str) -> str:
    """The term in words; nothing before the first calculation."""
    return term_label(term) if term else ""


def account_words() -> list[str]:
    """What the parts of an account are called."""
    return [_("核定"), _("差额结算"), _("应拨"), _("已拨"), _("尚欠")]


def account_fen(account: Account) -> list[int]:
    """The parts of an account."""
    return [account.due, account.settled, account.owed, account.paid, account.arrears]


def money(account: Account) -> list[Cell]:
    """The parts of an account in yuan, exactly."""
    return [yuan(fen) for fen in account_fen(account)]


def statement(
    asker: Asker,
    title: str,
    heads: Sequence[str],
    lines: Sequence[Sequence[Cell]],
    facts: dict[str, Any],
    *,
    sums: Set[int],
) -> FileResponse:
    """The file; that it left is noted, with its digest."""
    register = register_called("entitlements")
    if not asker.may("export", register):
        raise NotAllowed(
            "may-not-export",
            "您没有导出「{label}」的权限。如确需导出，请联系有权限的科室。",
            label=register.label,
        )
    digest = hashlib.sha256("\n".join("\t".join(map(str, one)) for one in lines).encode()).hexdigest()
    note_export(
        register, asker=asker, facts=facts | {"rows": len(lines), "digest": digest, "kind": "xlsx"}, why=""
    )
    marks = [(_("标识"), _("演示数据"))] if settings.DEMO else []
    notes = [
        *marks,
        (_("导出人"), str(asker.user)),
        (_("导出时间"), timezone.localtime(asker.at).strftime("%Y-%m-%d %H:%M:%S")),
        (_("校验值"), digest),
        (_("经办人签字"), ""),
        (_("负责人签字"), ""),
        (_("日期"), ""),
    ]
    file = sheet(title, heads, lines, notes, sums)
    return FileResponse(
        file, as_attachment=True, filename=f"{title}.xlsx", content_type=CONTENT_TYPES["xlsx"]
    )


def sheet(
    title: str,
    heads: Sequence[str],
    lines: Sequence[Sequence[Cell]],
    notes: Sequence[tuple[str, str]],
    sums: Set[int],
) -> io.BytesIO:
    """One sheet for A4: title, table, and below it who made it and room for signatures."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "border": 1, "text_wrap": True})
    cell, right = (
        book.add_format({"border": 1, "text_wrap": True}),
        book.add_format({"border": 1, "align": "right"}),
    )
    money_cell = book.add_format({"border": 1, "align": "right", "num_format": "#,##0.00"})
    head = book.add_format({"bold": True, "font_size": 14, "align": "center"})
    page = book.add_worksheet(_("结算单"))
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(1)
    page.merge_range(0, 0, 0, len(heads) - 1, title, head)
    for place, words in enumerate(heads):
        page.write_string(1, place, words, bold)
    for number, one in enumerate(lines, start=2):
        for place, value in enumerate(one):
            if value == "" or not (isinstance(value, int) or place in sums):
                page.write_string(number, place, str(value), cell)
            elif place in sums:  # a number that can be added up; the digest is of the text
                page.write_number(number, place, Decimal(value), money_cell)
            else:
                page.write_number(number, place, value, right)
    for number, (words, value) in enumerate(notes, start=len(lines) + 3):
        page.write_string(number, 0, words)
        page.write_string(number, 1, value)
    page.autofit()
    book.close()
    file.seek(0)
    return file
