"""The sheet of an intake: all that a form is judged by, read once and kept until the plan or the days change."""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from junheng.domains.intakes.models import Catchment, Intake, Paper, PlanSchool, PlanVersion
from junheng.domains.intakes.policies.addresses import Point, is_inside
from junheng.domains.intakes.terms import IntakeState, Parity, VersionState
from junheng.kernel.errors import NotFound

Stamp = tuple[str, datetime, datetime, int | None, str]
"""State, first and last moment of an intake, its plan in force and what that says: while this is the same, so is the
sheet. Numbers of rows alone are not enough: a restored backup gives them to other rows."""
DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Offer:
    """One school of the plan."""

    id: int
    code: str
    name: str
    private: bool
    places: int
    address: str = ""
    zone: str = ""
    together: tuple[str, ...] = ()
    """The names of all schools that take in its catchment, where several share it (多校划片)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """House numbers of one street that belong to one school."""

    low: int | None
    high: int | None
    parity: str
    school: str

    def holds(self, number: int) -> bool:
        """Whether a house number lies in it."""
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            return False
        return self.parity == Parity.ALL or (number % 2 == 1) == (self.parity == Parity.ODD)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One intake with its plan in force."""

    intake: int
    code: str
    title: str
    area: str
    area_name: str
    season: str
    stage: str
    algorithm: str
    born_by: date | None
    max_choices: int
    max_private: int
    state: str
    opens_at: datetime
    closes_at: datetime
    version: int | None
    digest: str
    schools: dict[str, Offer]
    outlines: tuple[tuple[tuple[Point, ...], str], ...]
    """Catchments that are drawn on the map, each with the school."""
    streets: dict[str, tuple[Stretch, ...]]
    communities: dict[str, str]
    papers: dict[str, tuple[tuple[str, str], ...]]
    """By circumstance: what is shown, and the department whose data stand for it (empty: the family shows it)."""

    @property
    def stamp(self) -> Stamp:
        """What changes when the sheet is out of date."""
        return (self.state, self.opens_at, self.closes_at, self.version, self.digest)

    def catchment(
        self, street: str, number: int | None, community: str, point: Point | None = None
    ) -> Offer | None:
        """The school whose catchment an address lies in, by community, else by street and number, else on the map."""
        code = self.communities.get(community) if community else None
        if code is None and street and number is not None:
            code = next((one.school for one in self.streets.get(street, ()) if one.holds(number)), None)
        if code is None and point is not None:
            code = next((school for ring, school in self.outlines if is_inside(point, ring)), None)
        return self.schools.get(code) if code else None

    def shared(self, offer: Offer) -> list[Offer]:
        """The schools that take in the catchment of one: itself, or all that share it, by their codes."""
        if not offer.zone:
            return [offer]
        return [one for _code, one in sorted(self.schools.items()) if one.zone == offer.zone]

    def shown_papers(self, circumstance: str) -> list[str]:
        """The papers of which a family gives a photo; none where a department's data stand for all of them."""
        return [label for label, exchange in self.papers.get(circumstance, ()) if not exchange]


def stamps(intakes: set[int], *, lock: bool = False) -> dict[int, Stamp]:
    """How far intakes are and which plan is in force; with ``lock`` they stay so until the transaction ends."""
    rows = Intake.objects.filter(pk__in=intakes).order_by("pk")
    if lock:
        rows = rows.select_for_update(no_key=True)
    moments = list(rows.values_list("pk", "state", "opens_at", "closes_at"))  # locked before the plan is read
    current = PlanVersion.objects.filter(intake__in=intakes, state=VersionState.PUBLISHED)
    plans: dict[int, tuple[int | None, str]] = {
        intake: (pk, digest) for intake, pk, digest in current.values_list("intake", "pk", "digest")
    }
    return {pk: (state, opens, closes, *plans.get(pk, (None, ""))) for pk, state, opens, closes in moments}


_KEPT: dict[int, Sheet] = {}
_LOOKED: dict[int, float] = {}
FRESH = [0.0]
"""Seconds for which a sheet is shown without asking whether it changed: none, unless a process serves crowds.

A page may be that old; what is written is compared with the plan in the transaction, whatever was shown.
"""


def sheet_of(intake: int) -> Sheet:
    """The sheet of an intake whose plan was published; read anew only where its stamp is another one."""
    if intake in _KEPT and time.monotonic() - _LOOKED.get(intake, 0.0) < FRESH[0]:
        return _KEPT[intake]
    stamp = stamps({intake}).get(intake)
    if stamp is None or stamp[0] == IntakeState.DRAFT or stamp[3] is None:
        raise NotFound(
            "no-intake", "没有找到这个招生批次，或者它的招生计划还没有公布。请返回报名首页重新选择。"
        )
    kept = _KEPT.get(intake)
    if kept is None or kept.stamp != stamp:
        kept = _KEPT[intake] = read_sheet(intake, stamp[3], stamp[4])
    _LOOKED[intake] = time.monotonic()
    return kept


def kept_sheet(intake: int) -> Sheet | None:
    """The sheet as it was read last, without asking the database: whoever writes by it compares the stamp."""
    return _KEPT.get(intake)


def read_sheet(intake: int, version: int, digest: str) -> Sheet:
    """Read one from the database."""
    row: Any = Intake.objects.select_related("area").get(pk=intake)
    plan = PlanSchool.objects.filter(version=version).select_related("school").order_by("school__name", "pk")
    schools = {
        one.school.code: Offer(
            one.school_id, one.school.code, one.school.name, one.school.nature == "private", one.places, one.school.address,
            one.zone, names_of(one.zone, plan),
        )
        for one in plan
    }  # fmt: skip
    streets: dict[str, list[Stretch]] = {}
    communities: dict[str, str] = {}
    outlines: list[tuple[tuple[Point, ...], str]] = []
    for one in (
        Catchment.objects.filter(plan_school__version=version)
        .order_by("pk")
        .select_related("plan_school__school")
    ):
        code = one.plan_school.school.code
        if one.community:
            communities.setdefault(one.community, code)
        elif one.street:
            streets.setdefault(one.street, []).append(Stretch(one.low, one.high, one.parity, code))
        if one.outline:
            outlines.append((tuple((x, y) for x, y in one.outline), code))
    papers: dict[str, list[tuple[str, str]]] = {}
    for paper in Paper.objects.filter(version=version).order_by("pk"):
        papers.setdefault(paper.circumstance, []).append((paper.label, paper.exchange))
    return Sheet(
        row.pk, row.code, row.title, row.area_id, row.area.name, str(row.year), row.stage, row.algorithm, row.born_by,
        row.max_choices, row.max_private, row.state, row.opens_at, row.closes_at, version, digest, schools, tuple(outlines),
        {name: tuple(found) for name, found in streets.items()}, communities,
        {name: tuple(found) for name, found in papers.items()},
    )  # fmt: skip


def names_of(zone: str, plan: Iterable[PlanSchool]) -> tuple[str, ...]:
    """The names of the schools that share a catchment, by their codes; none where it is shared with nobody."""
    if not zone:
        return ()
    every = sorted((one.school.code, one.school.name) for one in plan if one.zone == zone)
    return tuple(name for _code, name in every)


def offered(at: datetime) -> list[Intake]:
    """Intakes whose plan is published and that families may see: open ones first, then by their first moment."""
    public = Q(state__in=(IntakeState.PUBLISHED, IntakeState.CLOSED)) & Q(
        pk__in=PlanVersion.objects.filter(state=VersionState.PUBLISHED).values("intake")
    )
    rows = Intake.objects.filter(public).select_related("area").order_by("area_id", "stage", "pk")
    return sorted(rows, key=lambda one: (one.closes_at <= at, one.area_id, one.stage))
