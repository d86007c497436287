"""Measures of a plan: only those the law names, only by whom it names, and another's act only with its number."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.guidance.actions.planning import still_open
from junheng.domains.guidance.models import CareCase, CareMeasure
from junheng.domains.guidance.terms import MEASURES, Outcome, Rhythm, Taker
from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def take_measure(
    case: CareCase,
    *,
    kind: str,
    taker: Taker,
    rhythm: Rhythm,
    since: date,
    document: str = "",
    by: Any,
    at: datetime,
    why: str,
) -> CareMeasure:
    """Write a measure into the plan of a case."""
    case = still_open(case, deed=_("登记措施"), by=by, at=at)
    lawful = MEASURES[kind]
    if taker not in lawful.by:
        raise Refusal(
            "care-measure-not-theirs",
            "“{measure}”不能由{taker}采取（{cites}）。可以采取的是：{allowed}。没有登记。",
            measure=str(lawful.label),
            taker=taker.label,
            cites=str(lawful.cites),
            allowed="、".join(str(one.label) for one in Taker if one in lawful.by),
        )
    document = document.strip()
    if lawful.document:
        check_has_come(since, at=at)
        if not document:
            raise Refusal(
                "care-police-without-document",
                "“{measure}”是公安机关的决定，学校不能自行作出，须填写公安机关的文书编号。没有登记。",
                measure=str(lawful.label),
            )
    elif document:
        raise Refusal(
            "care-document-not-asked",
            "“{measure}”不需要公安机关文书编号。请清空这一栏，不要在这里写其他内容。",
            measure=str(lawful.label),
        )
    if since < case.opened_on:
        raise Refusal(
            "care-measure-before-case",
            "措施开始日 {since} 早于建档日 {opened_on}。请核对日期。",
            since=since,
            opened_on=case.opened_on,
        )
    measure = CareMeasure(case=case, kind=kind, taker=taker, rhythm=rhythm, since=since, document=document)
    save_row(measure, by=by, at=at, why=why, verb=Verb.DEED.value)
    return measure


@transaction.atomic
def end_measure(
    case: CareCase, *, measure: int, on: date, outcome: Outcome, by: Any, at: datetime, why: str
) -> CareMeasure:
    """Write down what came of a measure."""
    case = still_open(case, deed=_("登记措施效果"), by=by, at=at)
    check_has_come(on, at=at)
    found = case.measures.filter(pk=measure).first()
    if found is None:
        raise NotFound("no-such-measure", "这份台账没有这项措施。请返回台账页面重新选择。")
    if found.until is not None:
        raise Conflict("care-measure-ended", "这项措施已于 {until} 结束，没有再次办理。", until=found.until)
    if on < found.since:
        raise Refusal(
            "care-measure-ended-before",
            "结束日 {on} 早于开始日 {since}。请核对日期。",
            on=on,
            since=found.since,
        )
    found.until, found.outcome = on, outcome
    save_row(found, by=by, at=at, why=why, verb=Verb.DEED.value)
    return found
