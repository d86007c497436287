"""Disclosing sheets: what they found becomes an inspection in the books and findings to be put right.

Of what inspectors found that is at once. What a school says of itself waits until its county has sent its own, so that
the two can be compared, or until the round ends; but a major hazard never waits.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from junheng.domains.findings.actions import new_finding, new_step
from junheng.domains.findings.actions.opening import PHOTOS, next_code
from junheng.domains.findings.models import Finding, FindingStep
from junheng.domains.findings.terms import Severity, StepKind
from junheng.domains.safety.models import Answer, Inspection, Sheet, SheetPhoto
from junheng.domains.safety.terms import CheckLevel, InspectionLevel, Result
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of

IN_BOOKS = {
    CheckLevel.SELF: InspectionLevel.SELF,
    CheckLevel.COUNTY: InspectionLevel.COUNTY,
    CheckLevel.CROSS: InspectionLevel.COUNTY,
    CheckLevel.CITY: InspectionLevel.CITY,
}
"""Under which of the three levels of the books a sheet stands."""
SOURCE = "inspections"
AT_ONCE = 500


@transaction.atomic
def disclose(sheets: Sequence[Sheet], *, by: Any, at: datetime, why: str) -> Sequence[Sheet]:
    """Disclose sent sheets that were not: an inspection for each, and a finding for every item that failed."""
    facts = {"by": by, "at": at, "why": why, "verb": Verb.DEED.value}
    waiting = [one for one in sheets if one.disclosed_at is None]
    before = [columns_of(one) for one in waiting]
    inspections = [inspection_of(one) for one in waiting]
    insert_rows(Inspection, inspections)
    append_many(list(drafts_of(((one, None) for one in inspections), **facts)))
    for sheet, inspection in zip(waiting, inspections, strict=True):
        sheet.inspection, sheet.disclosed_at = inspection, at
    Sheet.objects.bulk_update(waiting, ["inspection", "disclosed_at"], batch_size=AT_ONCE)
    append_many(list(drafts_of(zip(waiting, before, strict=True), **facts)))
    failed = (
        Answer.objects.filter(sheet__in=[one.pk for one in waiting], result=Result.FAIL, finding=None)
        .select_related("item", "sheet__school", "sheet__area")
        .order_by("sheet_id", "item__position")
    )
    open_all(failed, at=at, facts=facts)
    return waiting


def inspection_of(sheet: Sheet) -> Inspection:
    """The row of the books about a sheet."""
    assert sheet.done_on is not None
    return Inspection(
        round_id=sheet.round_id,
        school_id=sheet.school_id,
        area_id=sheet.area_id,
        level=IN_BOOKS[CheckLevel(sheet.level)],
        by_area_id=sheet.by_area_id,
        draw=sheet.draw or None,
        done_on=sheet.done_on,
        findings=sheet.failed,
        remedied=0,
    )


def open_all(failed: Iterable[Answer], *, at: datetime, facts: dict[str, Any]) -> None:
    """A finding and its first step for each failed answer of disclosed sheets, numbered one after the other."""
    numbers: dict[int, int] = {}
    answers, findings = [], []
    waiting = list(failed)
    photos = digests_of(waiting)
    for answer in waiting:
        day = answer.sheet.done_on
        assert day is not None
        if day.year not in numbers:
            numbers[day.year] = int(next_code(day.year).rpartition("-")[2])
        code = f"YH{day.year}-{numbers[day.year]:06d}"
        findings.append(
            finding_of(answer, code=code, photos=photos.get((answer.sheet_id, answer.item_id), ()))
        )
        numbers[day.year] += 1
        answers.append(answer)
    if not findings:
        return
    insert_rows(Finding, findings)
    steps = [
        new_step(
            one, StepKind.FOUND, on=one.found_on, at=at, who=one.found_by, words=one.what, photos=one.photos
        )
        for one in findings
    ]
    insert_rows(FindingStep, steps)
    before = [columns_of(one) for one in answers]
    for answer, finding in zip(answers, findings, strict=True):
        answer.finding = finding
    Answer.objects.bulk_update(answers, ["finding"], batch_size=AT_ONCE)
    append_many([
        *drafts_of(((one, None) for one in findings), **facts),
        *drafts_of(((one, None) for one in steps), **facts),
        *drafts_of(zip(answers, before, strict=True), **facts),
    ])  # fmt: skip


def digests_of(answers: Sequence[Answer]) -> dict[tuple[int, int], list[str]]:
    """The digests of the photos of answers, by sheet and item. One question."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    rows = SheetPhoto.objects.filter(sheet__in={one.sheet_id for one in answers}).order_by("pk")
    for sheet, item, digest in rows.values_list("sheet", "item", "digest"):
        found[sheet, item].append(digest)
    return found


def finding_of(answer: Answer, *, code: str, photos: Sequence[str] = ()) -> Finding:
    """What a failed item is as a finding: the school puts it right, by the limit of its grade."""
    sheet, item = answer.sheet, answer.item
    assert sheet.done_on is not None
    assert sheet.inspection_id is not None
    return new_finding(
        code=code,
        source=SOURCE,
        source_row=sheet.inspection_id,
        what=f"{answer.note}（{item.number} {item.clause}）"
        if answer.note
        else f"{item.number} {item.clause}",
        severity=Severity(item.grade),
        area=sheet.area,
        school=sheet.school,
        owner=sheet.school.name,
        found_on=sheet.done_on,
        found_by=sheet.sent_by,
        place=item.section,
        cites=item.citation,
        photos=" ".join(photos[:PHOTOS]),
    )
