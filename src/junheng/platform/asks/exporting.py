"""The table that the asking section gets: a line a unit, a column a question, with number of rows and digest."""

import io
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.platform.asks.models import Answer, Collection, Question
from junheng.platform.asks.scopes import RESPONSES
from junheng.platform.asks.terms import Kind, Progress
from junheng.platform.asks.values import in_words, typed
from junheng.platform.audit.append import record
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.models import Verb
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.sheets import harmless


@dataclass(frozen=True, slots=True)
class Table:
    """The answers within somebody's scope: headings, and lines of plain text."""

    questions: list[Question]
    headings: list[str]
    lines: list[list[str]]

    @property
    def digest(self) -> str:
        """What fixes every cell."""
        return digest_of_rows([self.headings, *self.lines])


def table_of(collection: Collection, asker: Asker, *, exact: bool = True, most: int | None = None) -> Table:
    """The table; ``exact`` writes values as they would be typed, else as they are read. Three questions."""
    questions = list(collection.questions.all())
    responses = asker.within(collection.responses.filter(state=Progress.SENT), RESPONSES, "view")
    rows = list(responses.select_related("sent_by").order_by("area", "unit")[:most])
    answers: dict[int, dict[int, Answer]] = {}
    for answer in Answer.objects.filter(response__in=[row.pk for row in rows]):
        answers.setdefault(answer.response_id, {})[answer.question_id] = answer
    lines = []
    for row in rows:
        own = answers.get(row.pk, {})
        cells = [cell_of(one, own.get(one.pk), exact=exact) for one in questions]
        lines.append(
            [row.area, row.unit_name, timezone.localtime(row.sent_at).strftime("%Y-%m-%d %H:%M"), *cells]
        )
    headings = [_("区划代码"), _("单位"), _("提交时间"), *(heading_of(one) for one in questions)]
    return Table(questions, headings, lines)


def heading_of(question: Question) -> str:
    """The heading of a column, with the unit of its amounts."""
    unit = _("元") if question.kind == Kind.MONEY else question.unit
    return f"{question.label}（{unit}）" if unit else question.label


def cell_of(question: Question, answer: Answer | None, *, exact: bool) -> str:
    """One answer in the table."""
    if answer is None:
        return ""
    if question.linked_register:
        return answer.value
    if exact and question.kind in {Kind.MONEY, Kind.NUMBER}:
        return typed(question, answer.value)
    return in_words(question, answer.value)


def export(collection: Collection, *, asker: Asker, why: str) -> tuple[IO[bytes], str, dict[str, Any]]:
    """The table as a workbook, noted in the audit: how many rows, which digest."""
    table = table_of(collection, asker)
    facts = {"rows": len(table.lines), "digest": table.digest, "kind": "xlsx"}
    record(collection, Verb.EXPORT.value, by=asker.user, at=asker.at, why=why, after=facts)
    name = f"{collection.title}-{collection.term}.xlsx"
    return write_workbook(collection, table, asker), name, facts


def write_workbook(collection: Collection, table: Table, asker: Asker) -> IO[bytes]:
    """Answers on the first sheet, who took them out, when and how many on the last."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    sheet = book.add_worksheet(_("答案"))
    sheet.freeze_panes(1, 2)
    numbers = {
        3 + place for place, one in enumerate(table.questions) if one.kind in {Kind.NUMBER, Kind.MONEY}
    }
    for place, heading in enumerate(table.headings):
        sheet.set_column(place, place, max(12, min(36, 2 * len(heading) + 4)))
        sheet.write_string(0, place, heading, bold)
    for number, line in enumerate(table.lines, start=1):
        for place, cell in enumerate(line):
            if place in numbers and cell.replace(".", "", 1).lstrip("-").isdigit():
                sheet.write_number(number, place, float(cell))
            elif cell:
                sheet.write_string(number, place, harmless(cell))
    about = book.add_worksheet(_("说明"))
    about.set_column(0, 0, 12)
    about.set_column(1, 1, 70)
    for number, (label, text) in enumerate(notes(collection, table, asker)):
        about.write_string(number, 0, label, bold)
        about.write_string(number, 1, text)
    book.close()
    file.seek(0)
    return file


def notes(collection: Collection, table: Table, asker: Asker) -> list[tuple[str, str]]:
    """What the file says about itself; first of all whether it is made up."""
    mark = [(_("标识"), _("演示数据"))] if settings.DEMO else []
    return [
        *mark,
        (_("调查"), collection.title),
        (_("用途"), collection.purpose),
        (_("依据"), collection.basis),
        (_("导出人"), str(asker.user)),
        (_("导出时间"), timezone.localtime(asker.at).strftime("%Y-%m-%d %H:%M:%S")),
        (_("行数"), str(len(table.lines))),
        (_("校验值"), table.digest),
    ]
