"""Levels of standardisation: which one a sheet reaches, who has one, and what stands in the way."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from junheng.content.rulebook import SAFETY
from junheng.domains.checklists.terms import Grade, Subject
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import FindingState, Severity
from junheng.domains.safety.models import Acceptance, Answer, Sheet
from junheng.domains.safety.queries.progress import COUNTY
from junheng.domains.safety.terms import (
    BEST_FIRST,
    AcceptanceState,
    CheckLevel,
    Result,
    SafetyLevel,
    SheetState,
)
from junheng.domains.schools.models import School
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.spans import holds

SHOWN = 5
"""Acceptances of a school that its pages name; the register has all."""
LEAST = {
    SafetyLevel.FIRST: SAFETY.level_first,
    SafetyLevel.SECOND: SAFETY.level_second,
    SafetyLevel.THIRD: SAFETY.level_third,
}


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the items that apply a sheet found met, and how many major ones it found wanting."""

    met: int
    of: int
    major: int = 0

    def level(self, *, on: date) -> SafetyLevel | None:
        """The best level that is reached by the rules of a day; none where a major item fails."""
        if self.major or not self.of:
            return None
        reached = (one for one in SafetyLevel if self.met * 100 >= LEAST[one].on(on).value * self.of)
        return next(reached, None)


def score_of(sheet: Sheet) -> Score:
    """What a sent sheet comes to."""
    failed = Answer.objects.filter(sheet=sheet, result=Result.FAIL)
    of = sheet.items - sheet.left_out
    return Score(of - sheet.failed, of, failed.filter(item__grade=Grade.MAJOR).count())


def lowest(*levels: str) -> SafetyLevel:
    """The lowest of some levels.

    >>> lowest("first", "third", "second")
    SafetyLevel.THIRD
    """
    return SafetyLevel(max(levels, key=BEST_FIRST.index))


def sheets_asked_by(school: School) -> "QuerySet[Sheet]":
    """The self-checks by the standard that a school has sent."""
    return Sheet.objects.filter(
        school=school,
        level=CheckLevel.SELF,
        state=SheetState.SENT,
        round__plan__checklist__subject=Subject.STANDARD,
    )


def sheet_asked_by(school: School) -> Sheet | None:
    """The newest of them."""
    rows = sheets_asked_by(school).select_related("round")
    return rows.order_by("-done_on", "-pk").first()


def levels_of(school: School, asker: Asker) -> list[Acceptance]:
    """What became of the last times a school asked, for whoever may see it; the newest first."""
    rows = asker.within(Acceptance.objects.filter(school=school), register_called("acceptances"), "view")
    return list(rows.select_related("round").order_by("-pk")[:SHOWN])


def sheet_beside(acceptance: Acceptance, level: CheckLevel) -> Sheet | None:
    """What a level has sent about the same school in the same round."""
    return Sheet.objects.filter(
        school=acceptance.school_id, round=acceptance.round_id, level=level, state=SheetState.SENT
    ).first()


def open_major(school: School | int) -> "QuerySet[Finding]":
    """The major findings of a school that nobody has closed."""
    rows = Finding.objects.filter(school=school, severity=Severity.MAJOR)
    return rows.exclude(state=FindingState.CLOSED).order_by("due_on", "pk")


def with_major_overdue(on: date) -> "QuerySet[Finding]":
    """The major findings at schools that are not put right although their last day has passed."""
    return Finding.objects.filter(
        school__isnull=False, severity=Severity.MAJOR, state=FindingState.OPEN, due_on__lt=on
    )


@dataclass(frozen=True, slots=True)
class Share:
    """How many schools of one county have which level, of how many there are."""

    area: str
    schools: int
    first: int = 0
    second: int = 0
    third: int = 0
    suspended: int = 0
    running: int = 0

    @property
    def held(self) -> int:
        """With any level."""
        return self.first + self.second + self.third

    @property
    def none(self) -> int:
        """Without one."""
        return self.schools - self.held - self.suspended


def shares(schools: "QuerySet[School]", acceptances: "QuerySet[Acceptance]", *, on: date) -> list[Share]:
    """By county: the schools there are on a day, and what they were given. Two questions."""
    there = (
        schools.filter(holds(on)).order_by().annotate(county=Substr("area_id", 1, COUNTY)).values("county")
    )
    counted = {one["county"]: one["count"] for one in there.annotate(count=Count("pk"))}
    rows: QuerySet[Any, Any] = (
        acceptances.filter(holds(on, since="school__since", until="school__until"))
        .order_by()
        .annotate(county=Substr("area_id", 1, COUNTY))
        .values("county")
        .annotate(
            **{
                level.value: Count("pk", filter=Q(state=AcceptanceState.GRANTED, level=level))
                for level in SafetyLevel
            },
            suspended=Count("pk", filter=Q(state=AcceptanceState.SUSPENDED)),
            running=Count("pk", filter=Q(state__in=(AcceptanceState.ASKED, AcceptanceState.CHECKED))),
        )
    )
    given: dict[str, dict[str, int]] = {one.pop("county"): one for one in rows}
    return [Share(area, counted[area], **given.get(area, {})) for area in sorted(counted)]


def levels_certain(on: date) -> bool:
    """Whether nobody has to confirm the shares and years any more."""
    rules = (*LEAST.values(), SAFETY.level_years, SAFETY.level_answer)
    return not any(rule.on(on).certainty.to_be_confirmed for rule in rules)
