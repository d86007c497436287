"""An official paper of a row for who sees the row; and whether a statement is one, for everybody."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.platform.access.address import address_of
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.tries import note_wrong, wrong_so_far
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.papers.document import document
from junheng.platform.papers.models import IssuedStatement
from junheng.platform.papers.registry import KINDS
from junheng.platform.registers.asker import asker_of
from junheng.platform.sealing.codes import is_checked, tidy

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_TRIES = 20
"""Wrong codes from one address in a quarter of an hour."""


@login_required
@require_safe
def official(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The .docx; that it was taken leaves an entry."""
    kind = KINDS.get(slug)
    if kind is None:
        raise NotFound("no-such-paper", "没有这种公文。请从记录页面下载。")
    asker = asker_of(request)
    row = asker.row(kind.scope, number)
    if not kind.ready(row):
        raise Conflict(
            "paper-not-ready",
            "这条记录还不能出具「{paper}」。请先办完前面的步骤，再下载。",
            paper=str(kind.label),
        )
    with translation.override(settings.LANGUAGE_CODE):
        made = kind.make(row, asker)
        file = document(made)
    record(
        row,
        Verb.EXPORT.value,
        by=asker.user,
        at=asker.at,
        why=f"下载公文：{kind.label}",
        after={"paper": slug, "kind": "docx"},
    )
    response = HttpResponse(file, content_type=CONTENT_TYPE)
    name = f"{made.number} {made.title}".strip()[:80]
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.docx") or ""
    return response


@never_cache
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """What the house keeps of a statement with a code: compare it with what is on the paper. Wrong codes are counted."""
    given, error, found, status = request.GET.get("code", "").strip()[:40], "", None, 200
    if given:
        now, key = timezone.now(), f"statement:{address_of(request)}"
        try:
            found = looked_up(tidy(given), key, now)
        except Refusal as refusal:
            error, status = sentence_of(refusal), refusal.status
    return render(
        request,
        "papers/verify.html",
        {"given": given, "error": error, "one": found, "sums": sums_of(found)},
        status=status,
    )


def sums_of(one: IssuedStatement | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each sum by its words: its numbers with the headings of their columns."""
    if one is None or not one.totals:
        return []
    headings = one.totals[0][1:]
    return [(row[0], list(zip(headings, row[1:], strict=True))) for row in one.totals[1:]]


def looked_up(code: str, key: str, now: datetime) -> IssuedStatement:
    """The statement with a code."""
    if wrong_so_far(key, at=now) >= MOST_TRIES:
        raise Refusal("too-many-tries", "查询错误次数过多，请 15 分钟后再试。")
    if not is_checked(code):
        raise NotFound("miscopied-code", "核验码抄错了。核验码是 16 位，请对照结算单逐位核对。")
    found = IssuedStatement.objects.filter(code=code).first()
    if found is None:
        note_wrong(key, at=now)
        raise NotFound(
            "no-such-statement", "本系统没有出具过这个核验码的结算单。请向出具单位核实，不要据此付款。"
        )
    return found
