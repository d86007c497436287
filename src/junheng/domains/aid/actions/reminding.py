"""Reminding borrowers of what a year asks: made once a contract and year, taken along as a list, noted when they were told."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import AID
from junheng.domains.aid.models import Loan, LoanReminder
from junheng.domains.aid.policies import check_officer
from junheng.domains.aid.queries.reminders import owing, taken_out, to_tell, unreminded
from junheng.domains.aid.queries.repayment import asked_in, day_in
from junheng.domains.aid.terms import Told
from junheng.domains.areas.models import Area
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.access.scope import within_area
from junheng.platform.audit.append import append_many
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of, save_row
from junheng.platform.audit.together import save_together


@transaction.atomic
def remind(area: Area, *, year: int, day: date, by: Any, at: datetime, why: str) -> int:
    """A reminder for every contract of which the year asks something and that has none yet. How many are new.

    ``day`` is the day of the house: it says whether the year is ripe.
    """
    Area.objects.select_for_update().get(pk=area.pk)
    check_officer(_("生成还款提醒"), area.pk, by=by, at=at)
    check_time(year, day)
    here = Loan.objects.filter(within_area("area", area.pk))
    found = unreminded(here, year).order_by("pk").values_list("pk", "area", "signed_on", "graduates_on")
    rows, today = [], timezone.localdate(at)
    for loan, code, signed, graduates in found:
        state, due = asked_in(year, signed, graduates)
        assert due is not None, "of what a year asks something there is a day"
        rows.append(
            LoanReminder(loan_id=loan, area_id=code, year=year, state=state, due_on=due, made_on=today)
        )
    if not rows and owing(here, year).exists():
        raise Conflict(
            "reminders-there",
            "{area}{year} 年应还款的合同都已经有提醒，没有重复生成。新导入合同或补填毕业日后可以再生成。",
            area=area.name,
            year=year,
        )
    if not rows:
        raise Refusal(
            "no-loans-due",
            "{area}{year} 年没有应还款的合同，没有生成提醒。请先在合同台账里补填预计毕业日。",
            area=area.name,
            year=year,
        )
    save_together(LoanReminder, rows, source=f"{area.pk}-{year}", by=by, at=at, why=why)
    return len(rows)


def check_time(year: int, day: date) -> None:
    """Refuse what is too early to be certain of, and what is over."""
    first = day_in(AID.loan_reminders_from, year)
    if day < first:
        raise Refusal(
            "reminders-too-early",
            "{year} 年的还款提醒从 {first} 起才能生成：之前毕业日和结清情况还会变。没有生成。",
            year=year,
            first=first,
        )
    if day.year > year:
        raise Refusal(
            "reminders-too-late",
            "{year} 年已经过去，不能再生成那一年的还款提醒。请选今年。没有生成。",
            year=year,
        )


@transaction.atomic
def take_out(area: Area, *, year: int, by: Any, at: datetime, why: str) -> list[LoanReminder]:
    """The list of whoever is to be told, marked as taken along."""
    Area.objects.select_for_update().get(pk=area.pk)
    check_officer(_("导出通知名单"), area.pk, by=by, at=at)
    rows = list(to_tell(area.pk, year))
    if not rows:
        raise Refusal(
            "nobody-to-tell",
            "{area}{year} 年没有待通知的还款提醒，没有导出。请先生成提醒。",
            area=area.name,
            year=year,
        )
    change(rows, by=by, at=at, why=why, exported_on=timezone.localdate(at))
    return rows


@transaction.atomic
def note_told(row: LoanReminder, *, outcome: str, by: Any, at: datetime, why: str) -> LoanReminder:
    """Whether one borrower was told."""
    row = LoanReminder.objects.select_for_update(of=("self",)).select_related("loan").get(pk=row.pk)
    check_officer(_("登记通知结果"), row.area_id, by=by, at=at)
    if row.loan.settled_on or row.loan.cancelled_on:
        raise Conflict("reminder-over", "这份合同已结清或作废，不用再通知。没有登记。")
    if row.outcome == outcome:
        raise Conflict(
            "told-already",
            "这份提醒已经登记为“{outcome}”，没有再次登记。",
            outcome=row.get_outcome_display(),
        )
    row.outcome, row.noted_on = Told(outcome), timezone.localdate(at)
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row


@transaction.atomic
def note_all(area: Area, *, year: int, outcome: str, by: Any, at: datetime, why: str) -> int:
    """The same of everybody on the list that was taken along, except those about whom it was said already."""
    Area.objects.select_for_update().get(pk=area.pk)
    check_officer(_("登记通知结果"), area.pk, by=by, at=at)
    rows = list(taken_out(area.pk, year))
    if not rows:
        raise Refusal("nobody-on-the-list", "没有已导出而还没有登记结果的提醒。请先导出通知名单。没有登记。")
    change(rows, by=by, at=at, why=why, outcome=Told(outcome), noted_on=timezone.localdate(at))
    return len(rows)


def change(rows: Iterable[LoanReminder], *, by: Any, at: datetime, why: str, **facts: Any) -> None:
    """The same new facts in all of these, each with its entry."""
    pairs = [(one, columns_of(one)) for one in rows]
    for one, _was in pairs:
        for name, value in facts.items():
            setattr(one, name, value)
    LoanReminder.objects.bulk_update([one for one, _was in pairs], list(facts), batch_size=500)
    append_many(list(drafts_of(pairs, by=by, at=at, why=why, verb=Verb.DEED.value)))
