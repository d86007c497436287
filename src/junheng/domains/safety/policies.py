"""Who fills in which sheet, who reads it before others have sent theirs, and what stays as it is while a round runs."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet

from junheng.domains.safety.models import Inspection, ResultNotice, Round, RoundPlan, Sheet
from junheng.domains.safety.terms import CheckLevel, RoundState, SheetState
from junheng.kernel.errors import Conflict, NotAllowed, NotFound
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import grants_of
from junheng.platform.audit.save import columns_of
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.gates import Intent

INSPECTORS = frozenset({Role.COUNTY_OFFICER, Role.INSPECTOR})
OVERSEEN_BY = frozenset({Role.CITY_LEADER, Role.CITY_OFFICE, Role.AUDITOR})
WRITERS = INSPECTORS | {Role.PRINCIPAL, Role.CITY_SECTION}

Filler = Callable[[Sheet, Any, datetime], bool]
FILLERS: list[Filler] = []
"""Asked who else fills in a sheet: a room above adds the inspectors whom it sends."""


class SheetScope(Register[Sheet]):
    """Rights over sheets by place. They have pages of their own and are no register of the house."""

    slug = "sheets"
    chapter = "safety"
    model = Sheet
    area = "area"
    school = "school"
    readers = WRITERS | OVERSEEN_BY
    writers = WRITERS


class NoticeScope(Register[ResultNotice]):
    """Rights over what a county was told: that county, and the city. Schools read their own sheets."""

    slug = "notices"
    chapter = "safety"
    model = ResultNotice
    area = "area"
    readers = OVERSEEN_BY | {Role.COUNTY_OFFICER, Role.CITY_SECTION}
    writers = frozenset({Role.COUNTY_OFFICER})


SHEETS, NOTICES = SheetScope(), NoticeScope()


def sees_rounds(request: Any) -> bool:
    """Whether the menu leads somebody to rounds of inspection."""
    return asker_of(request).may("view", SHEETS)


def may_fill(sheet: Sheet, *, by: Any, at: datetime) -> bool:
    """Whether somebody fills in this sheet: the school its own, a county those of its schools or of its team, the city its sample."""
    if any(one(sheet, by, at) for one in FILLERS):
        return True
    return any(fills(sheet, grant) for grant in grants_of(by, on=Asker(by, at).today))


def fills(sheet: Sheet, grant: Any) -> bool:
    """Whether one grant lets somebody fill in a sheet."""
    if sheet.level == CheckLevel.SELF:
        return bool(grant.role == Role.PRINCIPAL and grant.school == sheet.school_id)
    if grant.school is not None or not grant.area:
        return False
    of_city = grant.area == settings.JUNHENG_CITY
    if sheet.level == CheckLevel.CITY:
        return of_city and grant.role in {Role.CITY_SECTION, Role.INSPECTOR}
    place = sheet.by_area_id if sheet.level == CheckLevel.CROSS else sheet.area_id
    return not of_city and grant.role in INSPECTORS and str(place or "").startswith(grant.area)


def check_may_fill(sheet: Sheet, *, by: Any, at: datetime) -> None:
    """Refuse with who fills in a sheet of this level."""
    if may_fill(sheet, by=by, at=at):
        return
    raise NotAllowed(
        "sheet-not-yours",
        "{school}的“{level}”检查表不由您填写，没有保存。自查由本校填写，排查由本县（市、区）填写，交叉检查由派出检查的县填写，抽查由市级检查人员填写。",
        school=sheet.school.name,
        level=sheet.get_level_display(),
    )


def readable(asker: Asker, rows: "QuerySet[Sheet] | None" = None) -> "QuerySet[Sheet]":
    """The sent sheets that somebody reads: their own, and others once these are disclosed.

    The city, which compares, reads what was sent. Whoever inspects the school too reads nothing before their own is
    sent: what a school says of itself is disclosed by that, or by the end of the round.
    """
    rows = Sheet.objects.all() if rows is None else rows
    within = asker.within(rows, SHEETS, "view").filter(state=SheetState.SENT)
    grants = asker.granting(SHEETS, "view")
    if any(grant.area == settings.JUNHENG_CITY and grant.school is None for grant in grants):
        return within
    schools = [grant.school for grant in grants if grant.school is not None]
    return within.filter(Q(disclosed_at__isnull=False) | Q(level=CheckLevel.SELF, school__in=schools))


def sheet_of(pk: int, *, asker: Asker) -> tuple[Sheet, bool]:
    """A sheet that somebody fills in or reads, and whether they fill it in. Any other looks absent."""
    rows = Sheet.objects.select_related("round__plan__checklist", "school", "area", "by_area")
    sheet = rows.filter(pk=pk).first() if 0 < pk < 2**63 else None
    if sheet is not None:
        if may_fill(sheet, by=asker.user, at=asker.at):
            return sheet, True
        if readable(asker, Sheet.objects.filter(pk=pk)).exists():
            return sheet, False
    raise NotFound(
        "no-such-sheet",
        "没有找到这份检查表，或者现在还不能看。别人的检查表在您提交自己的之后公开，这样几级的结果才能比较。",
    )


class RunningRounds:
    """Refuses what would change a round under those who inspect by it, and what a sheet has found."""

    def divert(
        self, register: Register[Any], intents: list[Intent], *, asker: Asker, why: str, source: str
    ) -> None:
        changed = [one for one in intents if one.before is not None and columns_of(one.row) != one.before]
        if register.model is Round and changed:
            self.keep_rounds(changed)
        if register.model is Inspection and changed:
            self.keep_inspections(changed)

    def keep_rounds(self, changed: list[Intent]) -> None:
        """A round whose plan was opened changes by its deeds alone."""
        plans = RoundPlan.objects.exclude(state=RoundState.DRAFT).select_related("round")
        plan = plans.filter(round__in=[one.row.pk for one in changed]).first()
        if plan is not None:
            raise Conflict(
                "round-is-open",
                "「{round}」现为“{state}”，编号、区划和日期不再改动，没有保存。结束检查请办理“结束轮次”；要另作安排的请新建一轮。",
                round=plan.round.title,
                state=plan.get_state_display(),
            )

    def keep_inspections(self, changed: list[Intent]) -> None:
        """What was found item by item is changed in the sheet; what is put right follows the findings."""
        sheet = Sheet.objects.filter(inspection__in=[one.row.pk for one in changed]).first()
        if sheet is not None:
            raise Conflict(
                "inspection-has-sheet",
                "这条记录由检查表（{sheet}）得出，不能直接改，没有保存。请在检查表上更正；已整改数随问题销号变化。",
                sheet=str(sheet),
            )

    def notes(self, register: Register[Any], row: Model | None, *, asker: Asker) -> Mapping[str, str]:
        return {}
