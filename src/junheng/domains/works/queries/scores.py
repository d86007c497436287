"""What jurors gave: criterion by criterion, as the protocol has it, and as one juror may see it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from junheng.domains.schemes.models import SchemeApplication, SchemeCategory, SchemeCriterion, SchemeReview
from junheng.domains.schemes.terms import Asked, ReviewLevel, Verdict
from junheng.domains.works.models import Work, WorkPoint


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one juror gave for one work."""

    login: str
    points: tuple[int, ...]
    total: int
    words: str


def criteria_of(category: SchemeCategory) -> list[SchemeCriterion]:
    """What is scored, in its order."""
    return list(
        SchemeCriterion.objects.filter(scheme=category.scheme_id, asked=Asked.SCORE).order_by("number")
    )


def sheets_of(
    applications: Iterable[SchemeApplication], criteria: Sequence[SchemeCriterion]
) -> dict[int, list[Sheet]]:
    """The sheets of each application since it was handed in last, in the order in which they came."""
    rows = {one.pk: one for one in applications}
    reviews = [
        one
        for one in SchemeReview.objects.filter(application__in=rows, level=ReviewLevel.SCORE)
        .exclude(verdict=Verdict.RECUSE)
        .order_by("pk")
        if one.turn == rows[one.application_id].turn
    ]
    given: dict[int, dict[int, int]] = defaultdict(dict)
    points = WorkPoint.objects.filter(review__in=[one.pk for one in reviews])
    for review, criterion, each in points.values_list("review", "criterion", "points"):
        given[review][criterion] = each
    found: dict[int, list[Sheet]] = defaultdict(list)
    for one in reviews:
        told = tuple(given[one.pk].get(criterion.pk, 0) for criterion in criteria)
        found[one.application_id].append(
            Sheet(one.login, told, one.points or 0, one.words.partition("。")[2])
        )
    return found


def sums_of(sheets: Iterable[Sheet]) -> tuple[int, ...]:
    """The sum of each criterion over all jurors."""
    return tuple(sum(column) for column in zip(*(one.points for one in sheets), strict=True))


@dataclass(frozen=True, slots=True)
class Line:
    """One work of a protocol."""

    application: SchemeApplication
    work: Work | None
    sheets: list[Sheet]


def protocol_of(
    category: SchemeCategory,
    applications: Sequence[SchemeApplication],
    criteria: Sequence[SchemeCriterion] | None = None,
) -> list[Line]:
    """Every work of a category with all its sheets, the first place first."""
    sheets = sheets_of(applications, criteria_of(category) if criteria is None else criteria)
    works = {one.application_id: one for one in Work.objects.filter(application__in=applications)}
    lines = [Line(one, works.get(one.pk), sheets.get(one.pk, [])) for one in applications]
    return sorted(lines, key=lambda one: (place(one), one.application.number or ""))


def place(line: Line) -> int:
    """For the order: what has no place stands last."""
    return line.work.place if line.work is not None and line.work.place is not None else 1 << 30


def digest_of(lines: Iterable[Line]) -> str:
    """A digest over what the jurors gave and what followed from it."""
    said = [
        [
            one.application.number,
            [[sheet.login, *sheet.points] for sheet in one.sheets],
            [one.work.total, one.work.place, one.work.prize, one.work.forwarded] if one.work else None,
        ]
        for one in sorted(lines, key=lambda one: one.application.number or "")
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
