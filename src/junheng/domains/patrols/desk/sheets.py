"""A week as .xlsx or .csv: the lines of the page and their sums, with what the file is."""

import csv
import hashlib
import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.patrols.queries.weeks import Line, totals
from junheng.domains.patrols.terms import Reading
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.exporting import CONTENT_TYPES, Export
from junheng.platform.registers.sheets import harmless

Cell = str | int


def headings() -> list[str]:
    """The first line."""
    return [
        _("周一"), _("责任层级"), _("人员编号"), _("责任人"), _("所属区划"), _("水域（处）"), _("负责天数"),
        _("应查次数"), _("已查次数"), _("漏查次数"), _("代理"), _("进度"),
    ]  # fmt: skip


def week_file(lines: Sequence[Line], kind: str, *, monday: date, reading: Reading, asker: Asker) -> Export:
    """The lines as a file."""
    rows = [cells(one) for one in lines]
    sums: list[list[Cell]] = [[_("合计"), word, "", people, "", "", "", each.owed, each.done, each.missed, "", ""]
            for word, people, each in totals(lines)]  # fmt: skip
    digest = hashlib.sha256("\n".join("\t".join(map(str, row)) for row in rows).encode()).hexdigest()
    facts = {"rows": len(rows), "digest": digest, "kind": kind, "week": str(monday), "reading": str(reading)}
    mark = [(_("标识"), _("演示数据"))] if settings.DEMO else []
    notes = [
        *mark,
        (_("口径"), str(reading.label)),
        (_("导出人"), str(asker.user)),
        (_("导出时间"), timezone.localtime(asker.at).strftime("%Y-%m-%d %H:%M:%S")),
        (_("校验值"), digest),
    ]
    write = workbook if kind == "xlsx" else text
    file = write([headings(), *rows, *sums], notes)
    return Export(file, f"{_('水域暗访周报')}-{monday:%Y%m%d}.{kind}", CONTENT_TYPES[kind], facts)


def cells(one: Line) -> list[Cell]:
    """One line."""
    deputies = [_("由%(name)s代理") % {"name": leave.deputy.name} for leave in one.away if leave.deputy]
    deputies += [_("代理%(name)s") % {"name": leave.person.name} for leave in one.stands_in]
    state = one.miss.get_state_display() if one.miss else ""
    return [
        str(one.monday), one.level_word, one.person.code, one.person.name, one.person.area.name, one.waters,
        one.days, one.total.owed, one.total.done, one.total.missed, "；".join(deputies), state,
    ]  # fmt: skip


def text(rows: Sequence[Sequence[Cell]], notes: Sequence[tuple[str, str]]) -> io.BytesIO:
    """A .csv in UTF-8 with a mark; what it is stands in the first line, after a #."""
    body = io.StringIO(newline="")
    head = " · ".join(f"{label}：{words}" for label, words in notes)
    body.write(f"\ufeff# {head}\r\n".replace(",", "，"))
    csv.writer(body).writerows(
        [harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return io.BytesIO(body.getvalue().encode())


def workbook(rows: Sequence[Sequence[Cell]], notes: Sequence[tuple[str, str]]) -> io.BytesIO:
    """A workbook: codes as text, counts as numbers, what it is on the last sheet."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet, about = book.add_worksheet(_("周报")), book.add_worksheet(_("说明"))
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell, None if number else bold)
    sheet.autofit()
    for number, (label, words) in enumerate(notes):
        about.write_string(number, 0, label, bold)
        about.write_string(number, 1, words)
    book.close()
    file.seek(0)
    return file
