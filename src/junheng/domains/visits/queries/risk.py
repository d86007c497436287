"""Risk: from what the house knows of a unit to a whole weight between 1 and 15, by a formula that is published.

weight = 1
  + open findings: 1 for a general one, 2 for a serious one, 4 for a major one, together at most 6
  + leniency: what the round before showed of whoever checked it, at most 4
  + age: a point for every full year since the county or the city last looked, at most 4; never looked: 4
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import FindingState, Severity
from junheng.domains.institutions.models import Institution
from junheng.domains.safety.models import Inspection, Round
from junheng.domains.safety.queries import schools_in, weights_of
from junheng.domains.safety.terms import InspectionLevel
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import SchoolKind
from junheng.domains.visits.models import SiteVisit
from junheng.platform.access.scope import within_area
from junheng.platform.spans import holds

POINTS = {Severity.GENERAL: 1, Severity.SERIOUS: 2, Severity.MAJOR: 4}
MOST_FINDINGS, MOST_LENIENCY, MOST_AGE = 6, 4, 4
YEAR = 365
MIXED = "mixed"
"""Stages of a county that are too few by themselves."""
HIGH, MIDDLE = 8, 4
"""From this weight on a unit is of high, of middle risk."""
FEWEST = 5
"""A band of fewer units joins the next lower one: a stratum of two would be drawn nearly whole every time."""
STAGES = {
    SchoolKind.PRIMARY: "primary", SchoolKind.JUNIOR: "junior", SchoolKind.NINE_YEAR: "junior",
    SchoolKind.TWELVE_YEAR: "senior", SchoolKind.SENIOR: "senior", SchoolKind.VOCATIONAL: "vocational",
    SchoolKind.SPECIAL: "special",
}  # fmt: skip


WORDS = {
    "primary": _("小学"), "junior": _("初中"), "senior": _("高中"), "vocational": _("中等职业"),
    "special": _("特殊教育"), MIXED: _("各学段"), "subject": _("学科类"), "non_subject": _("非学科类"),
    "r1": _("一般风险"), "r2": _("较高风险"), "r3": _("高风险"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rated:
    """A unit with its weight and what that is made of."""

    code: str
    county: str
    stage: str
    findings: int
    leniency: int
    age: int
    school: School | None = None
    institution: Institution | None = None

    @property
    def weight(self) -> int:
        """The sum of its parts."""
        return 1 + self.findings + self.leniency + self.age

    def facts(self) -> dict[str, int]:
        """The parts, as they are kept and shown."""
        return {"findings": self.findings, "leniency": self.leniency, "age": self.age}


def age_points(last: date | None, on: date) -> int:
    """Full years since somebody looked.

    >>> age_points(date(2022, 3, 1), date(2023, 12, 31)), age_points(None, date(2023, 12, 31))
    (1, 4)
    """
    return MOST_AGE if last is None else min(MOST_AGE, max(0, (on - last).days) // YEAR)


def rated_schools(one: Round | None, county: str, *, on: date) -> list[Rated]:
    """The schools of a round, or all there are, within an area, by code, each with its risk as of a day."""
    begun = one.opened_on if one else on
    schools = [school for school in schools_of(one, on=begun) if school.area_id.startswith(county)]
    before = Round.objects.filter(opened_on__lt=begun).order_by("-opened_on", "-pk").first()
    lenient = weights_of(before, on=on) if before else {}
    points: Counter[int] = Counter()
    opened = Finding.objects.filter(school__isnull=False, found_on__lte=on).exclude(state=FindingState.CLOSED)
    for school, severity in opened.values_list("school", "severity"):
        points[school] += POINTS[Severity(severity)]
    looked = last_looks(on)
    return [
        Rated(
            code=school.code,
            county=school.area_id[:6],
            stage=STAGES[SchoolKind(school.kind)],
            findings=min(MOST_FINDINGS, points[school.pk]),
            leniency=min(MOST_LENIENCY, max(0, lenient.get(school.pk, 1) - 1)),
            age=age_points(looked.get(school.pk), on),
            school=school,
        )
        for school in sorted(schools, key=lambda each: each.code)
    ]


def schools_of(one: Round | None, *, on: date) -> list[School]:
    """The schools of a round; without one, or of an old one that has no plan, all that there were on the day."""
    found = list(schools_in(one)) if one else []
    return found or list(School.objects.filter(holds(on)))


def last_looks(on: date) -> Mapping[int, date]:
    """When the county or the city last looked at each school."""
    seen = Inspection.objects.filter(done_on__lte=on).exclude(level=InspectionLevel.SELF)
    return dict(seen.values("school").annotate(last=Max("done_on")).values_list("school", "last"))


def rated_institutions(county: str, *, on: date) -> list[Rated]:
    """The licensed institutions within an area: three points a breach found before, and the age of the last visit."""
    rows = Institution.objects.filter(holds(on), within_area("area", county))
    visits = SiteVisit.objects.filter(institution__isnull=False, arrived_on__lte=on)
    known = {
        row["institution"]: row
        for row in visits.values("institution").annotate(
            last=Max("arrived_on"), broke=Count("pk", filter=Q(breach=True))
        )
    }
    found = []
    for row in rows.order_by("code", "pk"):
        seen = known.get(row.pk)
        found.append(
            Rated(
                code=row.code if row.code.isascii() else f"inst-{row.pk}",
                county=row.area_id[:6],
                stage=row.kind,
                findings=min(MOST_FINDINGS, 3 * seen["broke"]) if seen else 0,
                leniency=0,
                age=age_points(seen["last"] if seen else None, on),
                institution=row,
            )
        )
    return found


def banded(units: Iterable[Rated]) -> dict[str, list[Rated]]:
    """The units by stratum: county, stage, and band of risk.

    Stages of too few units in a county are one stratum together, and bands of too few join the next lower one: who is
    alone in a stratum would be drawn for certain, and could prepare.
    """
    counties: dict[str, dict[str, list[Rated]]] = {}
    for one in units:
        counties.setdefault(one.county, {}).setdefault(one.stage, []).append(one)
    found: dict[str, list[Rated]] = {}
    for county, stages in sorted(counties.items()):
        for stage, inside in sorted(pooled(stages).items()):
            for place, band in enumerate(bands_of(inside), 1):
                if band:
                    found[f"{county}-{stage}-r{place}"] = sorted(band, key=lambda one: one.code)
    return found


def pooled(stages: Mapping[str, list[Rated]]) -> dict[str, list[Rated]]:
    """The stages of a county, the small ones together; where these are still too few the smallest other one joins."""
    large = {stage: inside for stage, inside in stages.items() if len(inside) >= FEWEST}
    small = [one for stage, inside in sorted(stages.items()) if stage not in large for one in inside]
    if small and len(small) < FEWEST and large:
        least = min(large, key=lambda stage: (len(large[stage]), stage))
        small += large.pop(least)
    return large | ({MIXED: small} if small else {})


def bands_of(inside: Iterable[Rated]) -> list[list[Rated]]:
    """Units of ordinary, middle and high risk; a band of too few joins the next lower one, the lowest the next higher."""
    bands: list[list[Rated]] = [[], [], []]
    for one in inside:
        bands[2 if one.weight >= HIGH else 1 if one.weight >= MIDDLE else 0].append(one)
    for place in (2, 1):
        if len(bands[place]) < FEWEST:
            bands[place - 1] += bands[place]
            bands[place] = []
    if len(bands[0]) < FEWEST:
        other = 1 if bands[1] else 2
        bands[other], bands[0] = bands[0] + bands[other], []
        if not any(bands[1:]):
            bands[0], bands[other] = bands[other], []
    return bands


def suggested(strata: Mapping[str, list[Rated]], total: int) -> dict[str, int]:
    """How many of each stratum: one at least, so that nobody is certain to be left out; the rest by weight.

    >>> suggested({}, 5)
    {}
    """
    sizes = dict.fromkeys(strata, 1)
    mass = {code: sum(one.weight for one in inside) for code, inside in strata.items()}
    for _turn in range(total - len(strata)):
        room = [code for code in sorted(strata) if sizes[code] < len(strata[code])]
        if not room:
            break
        # the stratum that is furthest below its share (Webster), compared without fractions
        best = room[0]
        for code in room[1:]:
            if mass[code] * (2 * sizes[best] + 1) > mass[best] * (2 * sizes[code] + 1):
                best = code
        sizes[best] += 1
    return sizes


def label_of(code: str, names: Mapping[str, str]) -> str:
    """What a stratum is called: county, stage, risk."""
    county, stage, band = code.split("-")
    return f"{names.get(county, county)} {WORDS[stage]} {WORDS[band]}"
