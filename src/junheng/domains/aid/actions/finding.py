"""Finding who is entitled by lists and roll, and confirming what was found in one go."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.aid.models import AidFinding, AidLine, Eligibility
from junheng.domains.aid.policies import check_officer
from junheng.domains.aid.queries.found import Entitled, entitled
from junheng.domains.aid.terms import FindingState
from junheng.domains.areas.models import Area
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.scope import within_area
from junheng.platform.audit.append import name_of
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.audit.together import save_together
from junheng.platform.spans import check_has_come


@transaction.atomic
def find(area: Area, *, term: SchoolTerm, day: date, by: Any, at: datetime, why: str) -> AidFinding:
    """Compare the lists with the roll of a day and propose whoever is entitled and not yet recognised.

    A proposal that nobody confirmed gives way to this one; what was confirmed stays.
    """
    Area.objects.select_for_update().get(pk=area.pk)
    check_officer(_("查找资助对象"), area.pk, by=by, at=at)
    check_has_come(day, at=at)
    if SchoolTerm.containing(day) != term:
        raise Refusal(
            "day-outside-term",
            "名册日 {day} 不在{term}内。请填写该学期内的日期。",
            day=day,
            term=term.label,
        )
    there = set(
        Eligibility.objects.filter(within_area("area", area.pk), term=str(term)).values_list(
            "pupil", "scheme"
        )
    )
    lines, held = entitled(term, day=day, area=area.pk)
    lines = [one for one in lines if (one.pupil, one.scheme) not in there]
    if not lines:
        raise Conflict(
            "nobody-new",
            "{area}{term}没有新的资助对象：名单里的都已认定（暂不认定 {held} 人次）。没有改动。",
            area=area.name,
            term=term.label,
            held=len(held),
        )
    earlier = AidFinding.objects.filter(area=area, term=str(term))
    for one in earlier.filter(state=FindingState.PROPOSED):
        one.state = FindingState.DROPPED
        save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    finding = AidFinding(
        area=area, term=str(term), number=earlier.count() + 1, day=day, lines=len(lines), held=len(held),
        digest=digest_of(lines), found_by=name_of(by),
    )  # fmt: skip
    save_row(finding, by=by, at=at, why=why, verb=Verb.DEED.value)
    rows = [
        AidLine(
            finding=finding, pupil_id=one.pupil, area_id=one.area, scheme=one.scheme, category=one.category,
            band=one.band, amount_fen=one.fen,
        )
        for one in lines
    ]  # fmt: skip
    save_together(AidLine, rows, source=str(finding.pk), by=by, at=at, why=why)
    return finding


@transaction.atomic
def confirm(finding: AidFinding, *, digest: str, by: Any, at: datetime, why: str) -> AidFinding:
    """Confirm a proposal as it was read: with the digest that stood on the page."""
    finding = AidFinding.objects.select_for_update(of=("self",)).select_related("area").get(pk=finding.pk)
    check_officer(_("确认资助对象"), finding.area_id, by=by, at=at)
    if finding.state != FindingState.PROPOSED:
        raise Conflict(
            "finding-not-open",
            "这份名单现为“{state}”，不能确认。没有改动；请打开最新的一份。",
            state=finding.get_state_display(),
        )
    lines = list(AidLine.objects.filter(finding=finding).order_by("pk"))
    if digest != finding.digest or digest_of(lines) != digest:
        raise Conflict("list-altered", "名单与您看到的不是同一份，没有确认。请重新打开页面核对后再确认。")
    there = set(
        Eligibility.objects.filter(within_area("area", finding.area_id), term=finding.term).values_list(
            "pupil", "scheme"
        )
    )
    today = timezone.localdate(at)
    rows = [
        Eligibility(
            pupil_id=one.pupil_id, area_id=one.area_id, scheme=one.scheme, term=finding.term, found_on=today,
            amount_fen=one.amount_fen,
        )
        for one in lines
        if (one.pupil_id, one.scheme) not in there
    ]  # fmt: skip
    save_together(Eligibility, rows, source=f"{finding.term}-{finding.number}", by=by, at=at, why=why)
    finding.state, finding.confirmed_on, finding.confirmed_by = FindingState.CONFIRMED, today, name_of(by)
    save_row(finding, by=by, at=at, why=why, verb=Verb.DEED.value)
    return finding


def digest_of(lines: "list[Entitled] | list[AidLine]") -> str:
    """What the lines say, whoever holds them: the same for a proposal and for what is stored of it."""
    return digest_of_rows(
        {
            "pupil": one.pupil_id if isinstance(one, AidLine) else one.pupil,
            "scheme": str(one.scheme),
            "category": str(one.category),
            "band": str(one.band),
            "fen": one.amount_fen if isinstance(one, AidLine) else one.fen,
        }
        for one in lines
    )
