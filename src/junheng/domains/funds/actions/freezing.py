"""Freezing the roll of a term: counted once, kept with its digest, and never counted again."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.funds.models import RollFreeze, RollLine
from junheng.domains.funds.queries.rolls import latest_roll, roll_on
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.audit.append import name_of, record_batch
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, save_row


@transaction.atomic
def freeze_roll(term: SchoolTerm, *, day: date, by: Any, at: datetime, why: str) -> RollFreeze:
    """Count the roll of a day of the term and keep it. Counted again later, with corrections, it gets another number.

    Whoever stands on two rolls that day counts at neither; boarders without a bed get no supplement.
    """
    if day > timezone.localdate(at):
        raise Refusal(
            "roll-of-a-day-to-come", "名册日 {day} 还没有到，不能冻结。请在当天或以后冻结。", day=day
        )
    if SchoolTerm.containing(day) != term:
        raise Refusal(
            "day-outside-term",
            "名册日 {day} 不在{term}内。请填写该学期内的日期。",
            day=day,
            term=term.label,
        )
    lines = list(roll_on(day))
    if not lines:
        raise Refusal("nobody-on-roll", "{day} 没有小学或初中在籍学生，没有可冻结的名册。", day=day)
    before = latest_roll(str(term))
    number = before.number + 1 if before else 1
    digest = digest_of_rows(facts_of(lines))
    if before and before.digest == digest and before.day == day:
        raise Conflict(
            "roll-unchanged",
            "名册与 {before} 完全相同，没有再次冻结。学籍更正后再冻结。",
            before=before.code,
        )
    roll = RollFreeze(
        code=f"MC{term}-{number}", term=str(term), number=number, area_id=settings.JUNHENG_CITY, day=day,
        heads=sum(one.heads for one in lines), held=sum(one.held for one in lines),
        without_bed=sum(one.boarders - one.bedded for one in lines), digest=digest, frozen_at=at,
        frozen_by=name_of(by),
    )  # fmt: skip
    save_row(roll, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("冻结名册"), roll, by=by, at=at)
    for one in lines:
        one.roll = roll
    insert_rows(RollLine, lines)
    record_batch(
        RollLine, first_row=lines[0].pk, last_row=lines[-1].pk, count=len(lines),
        digest=digest_of_rows(columns_of(one) for one in lines), source=roll.code, by=by, at=at, why=why,
    )  # fmt: skip
    return roll


def facts_of(lines: list[RollLine]) -> Any:
    """What of the lines is the roll, whichever freeze they belong to.

    That beds were counted one by one is told only where they were: what was frozen before keeps its digest.
    """
    own = {"id", "roll_id"}
    for one in lines:
        kept = own if one.by_beds else own | {"by_beds"}
        yield {name: value for name, value in columns_of(one).items() if name not in kept}
