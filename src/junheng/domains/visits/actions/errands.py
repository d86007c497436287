"""Planning a visit that nobody is told of, and withdrawing it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.domains.areas.models import Area
from junheng.domains.institutions.models import Institution
from junheng.domains.institutions.terms import InstitutionKind
from junheng.domains.schools.models import School
from junheng.domains.visits.actions.teams import check_team
from junheng.domains.visits.models import Errand, Inspector, TeamMember
from junheng.domains.visits.policies.scope import check_plans
from junheng.domains.visits.queries.hours import day_of
from junheng.domains.visits.queries.ties import Unit, least_team
from junheng.domains.visits.terms import ErrandKind, ErrandState
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import require_nameless


@transaction.atomic
def plan_errand(
    *,
    kind: ErrandKind,
    day: date,
    until: date | None = None,
    by_area: Area,
    purpose: str,
    inspectors: Sequence[Inspector],
    school: School | None = None,
    institution: Institution | None = None,
    place: str = "",
    address: str = "",
    area: Area | None = None,
    evening: bool = False,
    by: Any,
    at: datetime,
    why: str,
) -> Errand:
    """Plan a visit for an area: to a school, an institution, or a place without a licence. The first inspector leads.

    From now on those who plan for ``by_area`` and the team can see it, and nobody else before arrival.
    """
    check_plans(by_area, by=by, at=at)
    where = school or institution
    lies = where.area if where is not None else area
    if [school is not None, institution is not None, bool(place.strip())].count(True) != 1 or lies is None:
        raise Refusal(
            "visit-to-one-place",
            "请写明检查哪一个单位：一所学校、一家培训机构，或一处未许可的场所及其所在区划。",
        )
    if not lies.pk.startswith(by_area.pk):
        raise NotAllowed(
            "visit-outside",
            "「{place}」不在您安排检查的区划内。请由市局或所在县（市、区）安排。",
            place=str(where or place),
        )
    if not purpose.strip():
        raise Refusal("visit-without-purpose", "请写明检查事由。到达后它会出示给被检查单位。")
    require_nameless(purpose)
    errand = Errand(
        kind=ErrandKind(kind), by_area=by_area, school=school, institution=institution, place=place.strip(),
        address=address.strip(), area=lies, day=day, until=until or day, evening=evening, purpose=purpose.strip(),
        made_by=name_of(by), made_at=at,
    )  # fmt: skip
    check_days(errand, at=at)
    check_team(
        inspectors, Unit.of(errand), by_area=by_area.pk, kind=errand.kind, least=least_team(errand.day)
    )
    save_row(errand, by=by, at=at, why=why, verb=Verb.DEED.value)
    for rank, one in enumerate(inspectors, 1):
        member = TeamMember(errand=errand, inspector=one, rank=rank)
        save_row(member, by=by, at=at, why=why, verb=Verb.DEED.value)
    return errand


def check_days(errand: Errand, *, at: datetime) -> None:
    """Refuse days that are over, and days on which there is nothing to find: the calendar knows them."""
    if errand.day < timezone.localdate(at) or errand.until < errand.day:
        raise Refusal("visit-in-the-past", "检查日已经过去，或止日早于起日。请重新选择日期。")
    if errand.day != errand.until:
        return
    found = day_of(errand.day)
    if errand.school is not None and not found.trains_subjects:
        raise Refusal(
            "school-is-closed",
            "{day} 是{kind}，学校没有学生。请改在上课日检查。",
            day=str(errand.day),
            kind=found.label if not found.vacation else "寒暑假",
        )
    subject = errand.institution is not None and errand.institution.kind == InstitutionKind.SUBJECT
    if subject and found.trains_subjects and not errand.evening:
        raise Refusal(
            "no-rest-day",
            "{day} 是{kind}，学科类培训当天可以开展：节假日、休息日检查请选这些日子，查晚间超时请勾选“查晚间超时”。",
            day=str(errand.day),
            kind=found.label,
        )


@transaction.atomic
def withdraw(errand: Errand, *, by: Any, at: datetime, why: str) -> Errand:
    """Give up a planned visit before anybody went: it stays hidden, and says why."""
    row = Errand.objects.select_for_update().get(pk=errand.pk)
    check_plans(row.by_area_id, by=by, at=at)
    if row.state != ErrandState.PLANNED:
        raise Conflict("visit-begun", "这次检查已经开始、结束或撤销，不能再撤销。请刷新页面查看进度。")
    if not why.strip():
        raise Refusal("withdraw-without-reason", "请写明为什么撤销这次检查，撤销会留痕。")
    row.state = ErrandState.WITHDRAWN
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row
