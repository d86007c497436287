"""Sending a sheet once, and correcting single answers afterwards while the level has its turn."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.domains.checklists.models import ChecklistItem
from junheng.domains.checklists.queries import items_for
from junheng.domains.checklists.terms import Grade
from junheng.domains.safety.actions.disclosing import disclose, open_all
from junheng.domains.safety.actions.filling import check_answers, write_answers
from junheng.domains.safety.actions.opening import check_not_sent, held, running_plan
from junheng.domains.safety.models import Answer, Inspection, RoundPlan, Sheet
from junheng.domains.safety.policies import check_may_fill
from junheng.domains.safety.terms import CheckLevel, Result, SheetState
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def send_sheet(sheet: Sheet, *, on: date, by: Any, at: datetime, why: str) -> Sheet:
    """Send a sheet in which every item is answered; what others were waiting for is disclosed with it."""
    sheet = held(sheet)
    check_may_fill(sheet, by=by, at=at)
    check_not_sent(sheet)
    today = timezone.localdate(at)
    plan = running_plan(sheet.round, sheet.level, on=today)
    check_has_come(on, at=at)
    first, _last = plan.window(sheet.level)
    if first is not None and on < first:
        raise Refusal(
            "done-before-window", "检查日 {on} 早于开始日 {first}。请核对日期。", on=on, first=first
        )
    items = items_for(plan.checklist, kind=sheet.kind, boarding=sheet.boarding)
    answers = {one.item_id: one for one in Answer.objects.filter(sheet=sheet)}
    check_complete(items, answers)
    sheet.state, sheet.done_on, sheet.sent_at, sheet.sent_by = SheetState.SENT, on, at, name_of(by)
    if sheet.begun_at is None:
        sheet.begun_at, sheet.begun_by = at, name_of(by)
    count(sheet, items, answers)
    save_row(sheet, by=by, at=at, why=why, verb=Verb.DEED.value)
    if told := disclosed_by(sheet, plan, items, answers):
        disclose(told, by=by, at=at, why=why)
    return held(sheet)


def check_complete(items: list[ChecklistItem], answers: dict[int, Answer]) -> None:
    """Refuse a sheet with gaps, and failures without a word about what is wrong."""
    if gaps := [one for one in items if one.pk not in answers]:
        raise Refusal(
            "not-all-answered",
            "还有 {count} 条没有填（{first} 起），没有提交；已填的都已保存。",
            count=len(gaps),
            first=gaps[0].number,
        )
    if bare := [one for one in items if answers[one.pk].result == Result.FAIL and not answers[one.pk].note]:
        raise Refusal(
            "failed-without-note",
            "{item} 等 {count} 条不符合，请写明具体是什么问题、在哪里，整改的人才知道改什么。没有提交。",
            item=bare[0].number,
            count=len(bare),
        )


def count(sheet: Sheet, items: list[ChecklistItem], answers: dict[int, Answer]) -> None:
    """Keep with the sheet how many items it judges, and how."""
    results = [answers[one.pk].result for one in items]
    sheet.items, sheet.failed = len(results), results.count(Result.FAIL)
    sheet.left_out = results.count(Result.NA)


def disclosed_by(
    sheet: Sheet, plan: RoundPlan, items: list[ChecklistItem], answers: dict[int, Answer]
) -> list[Sheet]:
    """The sheets that are disclosed when this one is sent."""
    if sheet.level != CheckLevel.SELF:
        own = Sheet.objects.select_related("school", "area").filter(
            round=sheet.round_id, school=sheet.school_id, level=CheckLevel.SELF,
            state=SheetState.SENT, disclosed_at=None,
        )  # fmt: skip
        return [sheet, *(own if sheet.level == CheckLevel.COUNTY else [])]
    major = any(one.grade == Grade.MAJOR and answers[one.pk].result == Result.FAIL for one in items)
    counties = Sheet.objects.filter(round=sheet.round_id, school=sheet.school_id, level=CheckLevel.COUNTY)
    waits = plan.county_from is not None and not counties.filter(state=SheetState.SENT).exists()
    return [sheet] if major or not waits else []


@transaction.atomic
def correct_answer(
    sheet: Sheet, item: ChecklistItem, *, result: str, note: str, by: Any, at: datetime, why: str
) -> Sheet:
    """Correct one answer of a sent sheet while its level has its turn; what was said before stays in the history.

    What became a finding is not corrected away: it is put right and checked again like any other.
    """
    sheet = held(sheet)
    check_may_fill(sheet, by=by, at=at)
    if sheet.state != SheetState.SENT:
        raise Conflict("sheet-not-sent", "这份检查表还没有提交，直接修改即可。")
    plan = running_plan(sheet.round, sheet.level, on=timezone.localdate(at))
    items = items_for(plan.checklist, kind=sheet.kind, boarding=sheet.boarding)
    check_answers(items, {item.pk: (result, note)})
    there = Answer.objects.get(sheet=sheet, item=item)
    if there.finding_id is not None and result != Result.FAIL:
        raise Conflict(
            "answer-is-finding",
            "{item} 已经立为问题隐患，不能改成“{result}”。请整改后报告，由另一人复查销号；确属误判的，复查时写明。",
            item=item.number,
            result=Result(result).label,
        )
    if result == Result.FAIL and not note.strip():
        raise Refusal("failed-without-note-one", "请写明具体是什么问题、在哪里。没有更正。")
    if not write_answers(sheet, {item.pk: (result, note)}, by=by, at=at, why=why):
        raise Conflict("answer-is-so", "内容没有变化，没有更正。")
    count(sheet, items, {one.item_id: one for one in Answer.objects.filter(sheet=sheet)})
    save_row(sheet, by=by, at=at, why=why, verb=Verb.DEED.value)
    if result == Result.FAIL and sheet.disclosed_at is not None:
        tell_books(sheet, item, by=by, at=at, why=why)
    elif result == Result.FAIL and item.grade == Grade.MAJOR:
        disclose([sheet], by=by, at=at, why=why)
    return held(sheet)


def tell_books(sheet: Sheet, item: ChecklistItem, *, by: Any, at: datetime, why: str) -> None:
    """What a correction found in a disclosed sheet becomes a finding, and the inspection counts it."""
    failed = Answer.objects.filter(sheet=sheet, item=item, finding=None)
    failed = failed.select_related("item", "sheet__school", "sheet__area")
    inspection = Inspection.objects.select_for_update(of=("self",)).get(sheet=sheet)
    inspection.findings = sheet.failed
    save_row(inspection, by=by, at=at, why=why, verb=Verb.DEED.value)
    open_all(failed, at=at, facts={"by": by, "at": at, "why": why, "verb": Verb.DEED.value})
