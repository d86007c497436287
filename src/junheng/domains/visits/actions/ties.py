"""回避申报: declared by the inspector or the own bureau; and what happens where one was hidden and comes out."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.domains.areas.models import Area
from junheng.domains.institutions.models import Institution
from junheng.domains.schools.models import School
from junheng.domains.visits.models import Inspector, Recusal, SiteVisit
from junheng.domains.visits.policies.scope import check_plans, may_plan
from junheng.domains.visits.terms import TieReason
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.scope import within_area
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import require_nameless


@transaction.atomic
def declare_tie(
    inspector: Inspector,
    *,
    reason: TieReason,
    school: School | None = None,
    institution: Institution | None = None,
    county: Area | None = None,
    words: str = "",
    by: Any,
    at: datetime,
    why: str,
) -> Recusal:
    """Say from what an inspector stays away. It holds for every team from now on; nobody takes it back."""
    own = name_of(by) == inspector.login
    if not own and not may_plan(inspector.area_id, by=by, at=at):
        raise NotAllowed(
            "ties-of-another", "只能申报本人的回避关系，或由本人所在县（市、区）教育局、市局科室代为申报。"
        )
    tie = new_tie(inspector, reason, school, institution, county, words, by=by, at=at)
    save_row(tie, by=by, at=at, why=why, verb=Verb.DEED.value)
    return tie


def new_tie(
    inspector: Inspector,
    reason: TieReason,
    school: School | None,
    institution: Institution | None,
    county: Area | None,
    words: str,
    *,
    by: Any,
    at: datetime,
) -> Recusal:
    """A tie that is not written yet; refused where it names nothing, two things, or what is declared already."""
    if [school is None, institution is None, county is None].count(False) != 1:
        raise Refusal("tie-to-one", "请写明回避哪一个：一所学校、一家培训机构，或一个县（市、区）。")
    require_nameless(words)
    same = Recusal.objects.filter(inspector=inspector, school=school, institution=institution, county=county)
    if same.exists():
        raise Conflict("tie-declared", "这项回避关系已经申报过，一直有效，不必重复申报。")
    return Recusal(
        inspector=inspector, school=school, institution=institution, county=county, reason=TieReason(reason),
        words=words.strip()[:200], declared_on=timezone.localdate(at), declared_by=name_of(by),
    )  # fmt: skip


@transaction.atomic
def report_hidden(
    inspector: Inspector,
    *,
    reason: TieReason,
    school: School | None = None,
    institution: Institution | None = None,
    county: Area | None = None,
    words: str,
    by: Any,
    at: datetime,
    why: str,
) -> list[SiteVisit]:
    """Write down a tie that an inspector had hidden: what he or she checked there is in doubt, by name, from now on."""
    check_plans(inspector.area_id, by=by, at=at)
    if not words.strip():
        raise Refusal("hidden-without-words", "请写明隐瞒了什么、怎样发现的。它会写在存疑的检查上。")
    tie = new_tie(inspector, reason, school, institution, county, words, by=by, at=at)
    tie.found_on = tie.declared_on
    save_row(tie, by=by, at=at, why=why, verb=Verb.DEED.value)
    visits = SiteVisit.objects.filter(errand__members__inspector=inspector)
    if county is not None:
        visits = visits.filter(within_area("area", county.pk))
    else:
        visits = visits.filter(school=school) if school else visits.filter(institution=institution)
    found = list(visits.order_by("pk"))
    for one in found:
        one.doubt = (
            f"{inspector.name}：{tie.get_reason_display()}，{tie.found_on} 发现，此前未申报，须重查。"[:200]
        )
        save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    return found
