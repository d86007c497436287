"""A statement leaves the house as a workbook or a PDF: that it did is noted, under a code that anybody may ask about."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import FileResponse, HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

from junheng.kernel.errors import Refusal
from junheng.platform.papers.models import IssuedStatement
from junheng.platform.papers.printed import pdf_of
from junheng.platform.papers.statement import Issue, Statement, code_for
from junheng.platform.papers.workbook import workbook
from junheng.platform.registers import Register
from junheng.platform.registers.actions import check_may_export, note_export
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.exporting import CONTENT_TYPES

TYPES = {"xlsx": CONTENT_TYPES["xlsx"], "pdf": "application/pdf"}
MADE_UP = "演示数据"


def marks() -> tuple[str, ...]:
    """What stands on every paper of a house that is not a real one."""
    return (MADE_UP,) if settings.DEMO else ()


def answered(
    request: HttpRequest,
    register: Register[Any],
    state: Callable[[], Statement],
    *,
    asker: Asker,
    facts: dict[str, Any],
) -> FileResponse:
    """The file that was asked for: ``?as=pdf``, else a workbook. Its words are Chinese, whoever asks.

    Who may not export the register may not take it.
    """
    kind = request.GET.get("as", "xlsx")
    if kind not in TYPES:
        raise Refusal(
            "bad-statement-kind", "结算单只能导出为 .xlsx 或 .pdf，不能导出「{kind}」。", kind=kind[:20]
        )
    check_may_export(register, asker)
    with translation.override(settings.LANGUAGE_CODE):
        made = replace(state(), marks=marks())
        issue = issued(
            made,
            register,
            asker=asker,
            facts=facts | {"kind": kind},
            page=request.build_absolute_uri(reverse("papers:verify")),
        )
        file = workbook(made, issue) if kind == "xlsx" else io.BytesIO(pdf_of(made, issue))
    return FileResponse(file, as_attachment=True, filename=f"{made.title}.{kind}", content_type=TYPES[kind])


@transaction.atomic
def issued(
    statement: Statement, register: Register[Any], *, asker: Asker, facts: dict[str, Any], page: str
) -> Issue:
    """Keep what a statement says in all, and note that it left."""
    digest, day = statement.digest, timezone.localdate(asker.at)
    code = code_for(digest, day.isoformat())
    about = {
        "title": statement.title[:200], "unit": statement.unit[:80], "issued_on": day, "lines": len(statement.lines),
        "totals": statement.totals, "digest": digest,
    }  # fmt: skip
    IssuedStatement.objects.get_or_create(code=code, defaults=about)
    rows = len(statement.lines) + len(statement.sums)
    note_export(register, asker=asker, facts=facts | {"rows": rows, "digest": digest, "code": code}, why="")
    return Issue(str(asker.user), asker.at, asker.day, code, f"{page}?code={code}")
