"""Granting: a document names a title and a year, and every title of them gets what the rule says, no more and no less."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.awardfunds.models import AwardLine, AwardNotice
from junheng.domains.awardfunds.queries.rules import rule_of, standing, titles_of_year
from junheng.domains.titles.models import Grant
from junheng.domains.titles.terms import TitleLevel, TitleName
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.values import yuan
from junheng.platform.spans import check_has_come


@transaction.atomic
def notify(
    name: TitleName,
    level: TitleLevel,
    *,
    year: int,
    document: str,
    issuer: str,
    issued_on: date,
    total: int,
    by: Any,
    at: datetime,
    why: str,
) -> AwardNotice:
    """Enter a document that grants money for all titles of a kind that were awarded in a year and still stand.

    A grant that was entered by hand before its document came is joined to it, if it is of the same amount.
    """
    check_has_come(issued_on, at=at)
    if AwardNotice.objects.filter(code=document).exists():
        raise Conflict(
            "award-document-known", "文号“{document}”已经登记过，没有再次登记。", document=document
        )
    rule = rule_of(name, level, issued_on)
    if rule is None:
        raise Refusal(
            "award-without-rule",
            "{level}{name}没有奖补标准，不能下达。请核对称号和级别；确有标准的，先由市局写入规定。",
            level=level.label,
            name=name.label,
        )
    titles = list(
        standing(titles_of_year(name, level, year), issued_on).filter(grant__line=None).order_by("pk")
    )
    if not titles:
        raise Refusal(
            "award-no-titles",
            "{year} 年没有尚未下达奖补的{level}{name}。请核对年度、称号和级别。",
            year=str(year),
            level=level.label,
            name=name.label,
        )
    if total != rule.value * len(titles):
        raise Refusal(
            "award-sum-differs",
            "文件总额 {total} 元，而 {count} 个称号 × {rate} 元 = {right} 元，没有登记。请核对文件或先补齐称号台账。",
            total=yuan(total),
            count=str(len(titles)),
            rate=yuan(rule.value),
            right=yuan(rule.value * len(titles)),
        )
    notice = AwardNotice(
        code=document, issuer=issuer, title=name, level=level, area_id=settings.JUNHENG_CITY, issued_on=issued_on,
        titles=len(titles), rate_fen=rule.value, total_fen=total, clause=f"{rule.title} · {rule.cites}",
    )  # fmt: skip
    save_row(notice, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("登记下达文件"), notice, by=by, at=at)
    there = {one.title_id: one for one in Grant.objects.select_for_update().filter(title__in=titles)}
    for title in titles:
        grant = there.get(title.pk) or Grant(title=title, area_id=title.area_id, granted_on=issued_on)
        if grant.pk and grant.amount_fen != rule.value:
            raise Refusal(
                "award-grant-differs",
                "{title}已登记奖补 {amount} 元，与标准 {rate} 元不同，没有登记下达文件。请先更正奖补资金台账。",
                title=str(title),
                amount=yuan(grant.amount_fen),
                rate=yuan(rule.value),
            )
        if not grant.pk:
            grant.amount_fen = rule.value
            save_row(grant, by=by, at=at, why=why, verb=Verb.DEED.value)
        save_row(AwardLine(notice=notice, grant=grant), by=by, at=at, why=why, verb=Verb.DEED.value)
    return notice
