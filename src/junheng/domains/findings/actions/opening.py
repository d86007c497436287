"""Opening a finding: what a check, an inspection, a visit or a tip has brought to light."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from junheng.content.rulebook import SAFETY
from junheng.domains.areas.models import Area
from junheng.domains.findings.models import Finding, FindingStep
from junheng.domains.findings.queries import due_on
from junheng.domains.findings.terms import Effort, Severity, StepKind
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.schools.models import School
from junheng.domains.waters.models import Water
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import require_nameless
from junheng.platform.spans import check_has_come

PHOTOS = 6
"""Digests of photographs that one step keeps."""


@transaction.atomic
def open_finding(
    *,
    source: str,
    source_row: int,
    what: str,
    severity: Severity,
    area: Area,
    school: School | None = None,
    kindergarten: Kindergarten | None = None,
    water: Water | None = None,
    owner: str,
    found_on: date,
    found_by: str,
    place: str = "",
    cites: str = "",
    photos: str = "",
    effort: Effort = Effort.USUAL,
    measures: str = "",
    due: date | None = None,
    by: Any,
    at: datetime,
    why: str,
) -> Finding:
    """Enter a hazard that a row of another register has brought to light; that row's deed has asked who may.

    Where a school, a kindergarten or a water is named, the finding lies where that lies. ``owner`` is who has to
    remedy it: a unit, or a person by name. ``due`` is a day that a review has set, with the ``measures``; else the
    limit of the severity holds.
    """
    check_has_come(found_on, at=at)
    finding = new_finding(
        code=next_code(found_on.year), source=source, source_row=source_row, what=what, severity=severity,
        area=area, school=school, kindergarten=kindergarten, water=water, owner=owner, found_on=found_on,
        found_by=found_by, place=place, cites=cites, photos=photos, effort=effort,
    )  # fmt: skip
    if due is not None:
        settle(finding, measures=measures, due=due, at=at)
    save_row(finding, by=by, at=at, why=why, verb=Verb.DEED.value)
    take_step(finding, StepKind.FOUND, on=found_on, words=finding.what, photos=photos, by=by, at=at, why=why)
    return finding


def settle(finding: Finding, *, measures: str, due: date, at: datetime) -> None:
    """What a review has settled already: what is done, and until when. A major hazard has a plan of its own instead."""
    require_nameless(measures)
    if not measures.strip():
        raise Refusal("plan-without-measures", "请写明整改责任人和整改措施。")
    if finding.severity == Severity.MAJOR:
        raise Refusal(
            "measure-is-major",
            "重大隐患不能只定一项措施：须先管控、挂牌督办，并落实整改方案。请经检查表登记。",
        )
    longest = finding.found_on + timedelta(days=SAFETY.measure_longest.on(finding.found_on).value)
    if not finding.found_on <= due <= longest:
        raise Refusal(
            "measure-limit",
            "措施的完成期限须在 {found_on} 到 {longest} 之间（待确认）。请改正日期。",
            found_on=finding.found_on,
            longest=longest,
        )
    finding.measures, finding.due_on = measures.strip()[:300], due
    finding.planned_on = timezone.localdate(at)


def new_finding(
    *,
    code: str,
    source: str,
    source_row: int,
    what: str,
    severity: Severity,
    area: Area,
    owner: str,
    found_on: date,
    found_by: str,
    school: School | None = None,
    kindergarten: Kindergarten | None = None,
    water: Water | None = None,
    place: str = "",
    cites: str = "",
    photos: str = "",
    effort: Effort = Effort.USUAL,
) -> Finding:
    """A finding that is not written yet, with its limit by the rules of the day it was found on."""
    if not (said := what.strip()):
        raise Refusal("finding-without-words", "请写明发现了什么问题、在什么部位，整改的人才知道改什么。")
    if not owner.strip():
        raise Refusal("finding-without-owner", "请写明由谁整改。没有责任人的隐患没有人会改。")
    require_nameless(said)
    severity = Severity(severity)
    there = school or kindergarten or water
    return Finding(
        code=code,
        source=source,
        source_row=source_row,
        what=said[:300],
        severity=severity,
        area_id=there.area_id if there else area.pk,
        school=school,
        kindergarten=kindergarten,
        water=water,
        place=place.strip()[:60],
        cites=cites.strip()[:120],
        photos=checked_photos(photos),
        owner=owner.strip()[:80],
        found_on=found_on,
        found_by=found_by[:60],
        due_on=due_on(severity, found_on=found_on, effort=effort),
    )


def new_step(
    finding: Finding, kind: StepKind, *, on: date, at: datetime, who: str, words: str, **given: str
) -> FindingStep:
    """A step that is not written yet."""
    return FindingStep(finding=finding, kind=kind, on=on, at=at, who=who, words=words[:400], **given)


def take_step(
    finding: Finding,
    kind: StepKind,
    *,
    on: date,
    words: str,
    proof: str = "",
    photos: str = "",
    by: Any,
    at: datetime,
    why: str,
) -> FindingStep:
    """Write a step down, with its entry."""
    for text in (words, proof):
        require_nameless(text)
    step = new_step(
        finding, kind, on=on, at=at, who=name_of(by), words=words.strip(), proof=proof.strip()[:200],
        photos=checked_photos(photos),
    )  # fmt: skip
    save_row(step, by=by, at=at, why=why, verb=Verb.DEED.value)
    return step


def held(finding: Finding) -> Finding:
    """The finding as it stands now, locked."""
    return Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)


def next_code(year: int) -> str:
    """The next number of a year. Two who open at the same moment wait for one another at the city's row."""
    city = Area.objects.select_for_update(no_key=True, of=("self",)).filter(pk=settings.JUNHENG_CITY)
    list(city.values_list("pk"))
    start = f"YH{year}-"
    last = (
        Finding.objects.filter(code__startswith=start)
        .order_by("-code")
        .values_list("code", flat=True)
        .first()
    )
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:06d}"


def checked_photos(photos: str) -> str:
    """The digests of photographs, each of 64 signs, with blanks between."""
    digests = photos.split()
    if len(digests) > PHOTOS or any(len(one) != 64 or set(one) - set("0123456789abcdef") for one in digests):
        raise Refusal(
            "bad-photo-digests",
            "照片摘要须是 {most} 个以内的 SHA-256（64 位）。请重新上传照片。",
            most=PHOTOS,
        )
    return " ".join(digests)


def in_state(finding: Finding, *states: str, deed: str) -> None:
    """Refuse a deed that does not fit how far a finding is."""
    if finding.state not in states:
        raise Conflict(
            "finding-elsewhere",
            "{finding}现为“{state}”，不能{deed}。可能已由他人办理，请返回查看。",
            finding=finding.code,
            state=finding.get_state_display(),
            deed=deed,
        )


def not_before_found(finding: Finding, on: date) -> None:
    """Refuse a day before the hazard was found."""
    if on < finding.found_on:
        raise Refusal(
            "step-before-finding",
            "{on} 早于发现日 {found_on}。请核对日期。",
            on=on,
            found_on=finding.found_on,
        )
