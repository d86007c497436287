"""Planning and opening a round, and beginning a sheet. What a round rests on is frozen when it is opened."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.models import Area
from junheng.domains.areas.policies import check_may
from junheng.domains.checklists.models import Checklist
from junheng.domains.checklists.terms import ChecklistState
from junheng.domains.safety.models import Round, RoundPlan, Sheet
from junheng.domains.safety.policies import check_may_fill
from junheng.domains.safety.queries.progress import COUNTY
from junheng.domains.safety.queries.rounds import planned_schools, window_state
from junheng.domains.safety.terms import CheckLevel, RoundState, SheetState
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import SchoolKind
from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of, save_row

Windows = Mapping[str, tuple[date | None, date | None]]
"""For each level its first and last day."""


@transaction.atomic
def plan_round(
    one: Round,
    *,
    checklist: Checklist,
    kinds: Iterable[str],
    windows: Windows,
    by: Any,
    at: datetime,
    why: str,
) -> RoundPlan:
    """Set down by which list a round inspects, which schools, and when; until it is opened as often as wanted."""
    one = Round.objects.select_for_update().get(pk=one.pk)
    check_may(_("设定检查方案"), one, by=by, at=at)
    if one.closed_on is not None:
        raise Conflict(
            "round-was-closed", "「{round}」已于 {on} 结束，不能再设方案。", round=one.title, on=one.closed_on
        )
    plan = RoundPlan.objects.filter(round=one).first() or RoundPlan(round=one)
    if plan.state != RoundState.DRAFT:
        raise Conflict(
            "plan-is-open",
            "「{round}」已经开始，清单、学校类型和各级时间不再改动，没有保存。要另作安排的请新建一轮。",
            round=one.title,
        )
    asked = [str(each) for each in kinds]
    if not asked or not set(asked) <= set(SchoolKind.values):
        raise Refusal("no-kinds", "请选择这一轮检查哪些类型的学校。")
    plan.checklist, plan.kinds = checklist, ",".join(each for each in SchoolKind.values if each in asked)
    for level in CheckLevel.values:
        first, last = windows.get(level, (None, None))
        check_window(one, level, first, last)
        setattr(plan, f"{level}_from", first)
        setattr(plan, f"{level}_until", last)
    try:
        plan.validate_constraints()
    except ValidationError as wrong:
        raise Refusal("bad-window", "{reason}没有保存。", reason=" ".join(wrong.messages)) from None
    save_row(plan, by=by, at=at, why=why, verb=Verb.DEED.value)
    return plan


def check_window(one: Round, level: str, first: date | None, last: date | None) -> None:
    """Refuse a level that begins before its round, or that has only a last day."""
    if (first is None and last is not None) or (first is not None and first < one.opened_on):
        raise Refusal(
            "window-before-round",
            "“{level}”的开始日须填写，且不早于轮次启动日 {opened}。不设这一级的，两项都不填。",
            level=CheckLevel(level).label,
            opened=one.opened_on,
        )


@transaction.atomic
def open_round(one: Round, *, by: Any, at: datetime, why: str) -> RoundPlan:
    """Open a round: every school gets a sheet to fill in about itself, and its county one about it."""
    one = Round.objects.select_for_update().get(pk=one.pk)
    check_may(_("开始轮次"), one, by=by, at=at)
    plan = RoundPlan.objects.select_related("checklist", "round").filter(round=one).first()
    if plan is None:
        raise Refusal("no-plan", "「{round}」还没有检查方案，不能开始。请先设定方案。", round=one.title)
    if plan.state != RoundState.DRAFT:
        raise Conflict("round-open-already", "「{round}」已经开始，没有改动。", round=one.title)
    if plan.checklist.state != ChecklistState.ISSUED:
        raise Refusal(
            "checklist-is-draft",
            "「{checklist}」还没有印发，检查不能依据可以改动的清单。请先印发清单，或改用已印发的版次。",
            checklist=plan.checklist.title,
        )
    if plan.self_from is None:
        raise Refusal("no-self-window", "三级检查从学校自查开始，请填写自查的起止时间。")
    schools = list(planned_schools(plan).order_by("code"))
    if not schools:
        raise Refusal(
            "no-schools", "{day} 没有一所这些类型的学校，轮次无法开始。请核对学校类型。", day=one.opened_on
        )
    rows = [
        new_sheet(one, school, level, str(school.area_id)[:COUNTY] if level == CheckLevel.COUNTY else None)
        for level in (CheckLevel.SELF, CheckLevel.COUNTY)
        if plan.window(level)[0] is not None
        for school in schools
    ]
    insert_rows(Sheet, rows)
    plan.state = RoundState.OPEN
    save_row(plan, by=by, at=at, why=why, verb=Verb.DEED.value)
    append_many(list(drafts_of(((row, None) for row in rows), by=by, at=at, why=why, verb=Verb.DEED.value)))
    return plan


def new_sheet(one: Round, school: School, level: str, by_area: str | None, *, draw: str = "") -> Sheet:
    """A sheet that is due and not written yet."""
    return Sheet(
        round=one, school=school, area_id=school.area_id, level=CheckLevel(level), by_area_id=by_area,
        kind=school.kind, boarding=school.boarding, draw=draw,
    )  # fmt: skip


@transaction.atomic
def begin_sheet(
    one: Round,
    school: School,
    level: str,
    *,
    by_area: Area | None = None,
    draw: str | None = None,
    by: Any,
    at: datetime,
    why: str,
) -> Sheet:
    """The sheet of a school at a level, begun: the one there is, or a new one for a school that was drawn or paired."""
    plan = running_plan(one, level, on=timezone.localdate(at))
    sheet = (
        Sheet.objects.select_for_update(of=("self",)).filter(round=one, school=school, level=level).first()
    )
    if sheet is None:
        sheet = drawn_sheet(plan, school, level, by_area, draw)
    check_may_fill(sheet, by=by, at=at)
    if sheet.pk is None:
        save_row(sheet, by=by, at=at, why=why, verb=Verb.DEED.value)
    return sheet


def drawn_sheet(plan: RoundPlan, school: School, level: str, by_area: Area | None, draw: str | None) -> Sheet:
    """A sheet for a school of the round that had none at this level; it judges the same items as the others there."""
    known = Sheet.objects.filter(round=plan.round, school=school).first()
    if known is None and not planned_schools(plan).filter(pk=school.pk).exists():
        raise NotFound(
            "school-not-in-round",
            "{school}不在「{round}」的检查范围内。请核对学校类型。",
            school=school.name,
            round=plan.round.title,
        )
    county = str(school.area_id)[:COUNTY]
    if level == CheckLevel.CROSS and (by_area is None or str(by_area.pk).startswith(county)):
        raise Refusal(
            "county-checks-itself",
            "交叉检查须由别的县（市、区）来查，{school}不能由本县检查。请按抽签结果安排。",
            school=school.name,
        )
    where = str(by_area.pk) if by_area else county if level == CheckLevel.COUNTY else None
    sheet = new_sheet(plan.round, school, level, where, draw=draw or "")
    if known is not None:
        sheet.kind, sheet.boarding = known.kind, known.boarding
    return sheet


def running_plan(one: Round, level: str, *, on: date) -> RoundPlan:
    """The plan of a round in which a level has its turn on a day; refused with the reason why it has not."""
    plan = RoundPlan.objects.select_related("checklist", "round").filter(round=one).first()
    if plan is None or plan.state == RoundState.DRAFT:
        raise Conflict("round-not-open", "「{round}」还没有开始，请等市里通知。", round=one.title)
    if plan.state == RoundState.CLOSED:
        raise Conflict(
            "round-closed",
            "「{round}」已于 {on} 结束，不能再填写或提交，没有保存。确有遗漏的请向市局安全科说明。",
            round=plan.round.title,
            on=plan.round.closed_on,
        )
    state, (first, last) = window_state(plan, level, on=on), plan.window(level)
    if state == "none":
        raise Conflict(
            "level-not-planned",
            "「{round}」没有安排“{level}”。",
            round=one.title,
            level=CheckLevel(level).label,
        )
    if state != "open":
        raise Conflict(
            "window-not-open",
            "“{level}”的时间是 {first} 至 {last}，现在不能填写或提交，没有保存。",
            level=CheckLevel(level).label,
            first=first,
            last=last or _("轮次结束"),
        )
    return plan


def held(sheet: Sheet) -> Sheet:
    """The sheet as it stands now, locked."""
    return (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("round", "school", "area", "by_area")
        .get(pk=sheet.pk)
    )


def check_not_sent(sheet: Sheet) -> None:
    """Refuse to fill in what was sent."""
    if sheet.state == SheetState.SENT:
        raise Conflict(
            "sheet-is-sent",
            "{school}的“{level}”检查表已由 {who} 提交，只提交一次。要改的请逐条更正，更正会留痕。",
            school=sheet.school.name,
            level=sheet.get_level_display(),
            who=sheet.sent_by,
        )
