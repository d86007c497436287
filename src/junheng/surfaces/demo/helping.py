"""Help in groups and pairs of the demonstration city: what was done this year, mostly confirmed, and what a weak school came to.

The rows are written as lists, with an entry for each. Nobody with a login wrote them: those who did are called by their school.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, Model, OuterRef

from junheng.content.rulebook import HELPING
from junheng.domains.groups.models import (
    GroupMember,
    HelpAction,
    KindergartenMember,
    Pair,
    SchoolGroup,
    WeakProgress,
    WeakSchool,
)
from junheng.domains.groups.queries import members_helped
from junheng.domains.groups.terms import GroupKind, GroupRole, HelpKind, HelpMode, HelpReason, HelpState
from junheng.domains.kindergartens.models import Kindergarten, Nature
from junheng.domains.kindergartens.terms import KindergartenNature
from junheng.domains.schools.models import School
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of
from junheng.platform.spans import holds
from junheng.surfaces.demo.city import SEED
from junheng.surfaces.demo.dice import Dice

DAY = date(2023, 12, 31)
AT = datetime(2023, 12, 29, 16, tzinfo=ZoneInfo("Asia/Shanghai"))
SPRING, AUTUMN = ("2023-03-06", "2023-06-20"), ("2023-10-23", "2023-12-15")
WHY = "按年度帮扶计划登记"
DONE = {
    HelpKind.TEACHERS: "派骨干教师到校任教（演示数据）",
    HelpKind.SHADOWING: "接收教师跟岗学习（演示数据）",
    HelpKind.RESEARCH: "同课异构联合教研（演示数据）",
    HelpKind.LESSONS: "送课到校（演示数据）",
    HelpKind.MANAGEMENT: "教学常规管理指导（演示数据）",
    HelpKind.RESOURCES: "开放备课资源（演示数据）",
}
KINDS = tuple(DONE)
SILENT = 9
"""One pair of so many has nothing confirmed this term."""


@transaction.atomic
def add_help() -> None:
    """What was done in every pair and for some members of every group, and what weak schools came to this term."""
    dice = Dice(SEED, "helping")
    rows = list(done(dice))
    insert_rows(HelpAction, rows)
    note(rows)
    nurseries = list(nursed(dice))
    insert_rows(KindergartenMember, nurseries)
    note(nurseries)
    progress = list(noted(dice))
    insert_rows(WeakProgress, progress)
    note(progress)


def note(rows: Sequence[Model]) -> None:
    """The entries of new rows, by the office of the city that brought the year's records together."""
    pairs = ((one, None) for one in rows)
    append_many(list(drafts_of(pairs, by="jijiao", at=AT, why=WHY, verb=Verb.CREATE.value)))


def done(dice: Dice) -> Iterator[HelpAction]:
    """Confirmed but for the last ones of the year; one is disputed, and one pair in some had nothing this term."""
    pairs = list(Pair.objects.filter(holds(DAY)).select_related("helper", "helped").order_by("pk"))
    for place, pair in enumerate(pairs):
        yield action(dice, pair.helper, pair.helped, SPRING, pair=pair)
        if place % SILENT:
            yield action(dice, pair.helper, pair.helped, AUTUMN, pair=pair)
    leads = {
        one.group_id: one.school
        for one in GroupMember.objects.filter(holds(DAY), role=GroupRole.LEAD).select_related("school")
    }
    last: dict[int, GroupMember] = {}
    for member in members_helped(DAY).select_related("school").order_by("pk"):
        if member.group_id in leads and member.since <= date(2023, 3, 1):
            last.setdefault(member.group_id, member)
            if dice.number(1, 3) == 1 or last[member.group_id] == member:
                yield action(dice, leads[member.group_id], member.school, AUTUMN, member=member)
    for place, (group, member) in enumerate(sorted(last.items())):
        if place % 6 == 0:
            yield unanswered(
                action(dice, leads[group], member.school, ("2023-12-18", "2023-12-28"), member=member)
            )
    if pairs:
        yield disputed(action(dice, pairs[-1].helper, pairs[-1].helped, AUTUMN, pair=pairs[-1]))


def action(
    dice: Dice, giver: School, taker: School, days: tuple[str, str], *, pair: Pair | None = None, member: GroupMember | None = None
) -> HelpAction:  # fmt: skip
    """One thing that was done on some day, and confirmed some days later."""
    on = date.fromisoformat(dice.day(*days))
    kind = dice.pick(KINDS)
    written = min(on + timedelta(days=dice.number(0, 3)), AT.date())
    return HelpAction(
        pair=pair, member=member, giver=giver, taker=taker, area_id=taker.area_id, kind=kind, on=on,
        people=dice.number(2, 40), what=DONE[kind], written_on=written, written_by=head_of(giver),
        answer_by=written + timedelta(days=HELPING.confirm_within.on(written).value), state=HelpState.CONFIRMED,
        answered_on=written + timedelta(days=dice.number(1, 9)), answered_by=head_of(taker),
    )  # fmt: skip


def head_of(school: School) -> str:
    """What somebody of a school without a login of the demonstration is called."""
    return f"xuexiao-{school.code}"


def unanswered(row: HelpAction) -> HelpAction:
    """The same before the helped school has said anything."""
    row.state, row.answered_on, row.answered_by = HelpState.OPEN, None, ""
    return row


def disputed(row: HelpAction) -> HelpAction:
    """The same, which the helped school remembers otherwise."""
    row.state, row.answer = HelpState.DISPUTED, "当天改期，实际没有进行（演示数据）"
    return row


def nursed(dice: Dice) -> Iterator[KindergartenMember]:
    """A public kindergarten that leads each group, and two members from the country."""
    public = Nature.objects.filter(holds(DAY), kindergarten=OuterRef("pk"), nature=KindergartenNature.PUBLIC)
    for group in SchoolGroup.objects.filter(holds(DAY), kind=GroupKind.KINDERGARTEN).order_by("pk"):
        here = Kindergarten.objects.filter(
            holds(DAY), holds(group.since), area__code__startswith=group.area_id
        ).order_by("pk")
        lead = here.filter(Exists(public.filter(holds(group.since)))).first()
        if lead is None:
            continue
        led = [one for one in here.exclude(location="urban") if one != lead][:2]
        for one in (lead, *led):
            leads = one == lead
            yield KindergartenMember(
                group=group, kindergarten=one, area_id=one.area_id, since=group.since,
                role=GroupRole.LEAD if leads else GroupRole.MEMBER, mode=dice.pick(HelpMode.values),
                reason="" if leads else HelpReason.CITY if lead.location == "urban" else HelpReason.STRONG,
            )  # fmt: skip


def noted(dice: Dice) -> Iterator[WeakProgress]:
    """One note for every third weak school, by the criterion for which it is listed."""
    for weak in WeakSchool.objects.filter(holds(DAY)).order_by("pk")[::3]:
        for criterion in weak.criteria[:1]:
            yield WeakProgress(
                weak=weak, area_id=weak.area_id, term="2023A", criterion=criterion, what="按帮扶计划改进（演示数据）",
                mended=dice.number(1, 4) == 1, noted_on=AT.date(),
            )  # fmt: skip
