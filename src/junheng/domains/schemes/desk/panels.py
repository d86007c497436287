"""What stands beside a scheme, an application, a list and a certificate."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest

from junheng.domains.kindergartens.policies import own_kindergartens
from junheng.domains.schemes.actions.yearly import checklist
from junheng.domains.schemes.models import (
    AwardScheme,
    Certificate,
    Publicity,
    PublicityLine,
    SchemeApplication,
    SchemeCriterion,
    SchemeEvidence,
    SchemeJuror,
    SchemeObjection,
    SchemeQuota,
    SchemeReview,
)
from junheng.domains.schemes.queries.checks import checks_for, evidence_of
from junheng.domains.schemes.queries.showing import state_of
from junheng.domains.schemes.queries.standing import reviews_shown
from junheng.domains.schemes.terms import (
    MAY_READ,
    WRITABLE,
    Answer,
    Decider,
    ReviewLevel,
    SchemeState,
    Stage,
    Subject,
    Verdict,
)
from junheng.platform.registers import Register
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel

WAY = (Stage.DRAFT, Stage.COUNTY, Stage.CITY, Stage.PASSED, Stage.SHOWN, Stage.RECOGNISED)
"""The straight way of an application."""
AT_FIRST = (Stage.DRAFT, Stage.SCHOOL, Stage.CHOSEN, Stage.POSTED)


def way_of(application: SchemeApplication) -> list[Stage]:
    """The straight way of one: through its school where the scheme says so, to the province where that decides."""
    found = list(WAY)
    if application.scheme.school_days:
        found[:1] = AT_FIRST
    if application.given() == Subject.COUNTY:
        found.remove(Stage.COUNTY)
    if application.scheme.decider == Decider.PROVINCE:
        found.insert(-1, Stage.RECOMMENDED)
    return found


@panel("detail", order=5)
def of_a_scheme(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a scheme: what it asks, how places are shared out, who scores, and what may be checked."""
    if register.model is not AwardScheme:
        return None
    quotas = SchemeQuota.objects.filter(category__scheme=row, school=None).select_related("area", "category")
    context = {
        "scheme": row,
        "criteria": SchemeCriterion.objects.filter(scheme=row).order_by("number"),
        "quotas": quotas.order_by("category__code", "area"),
        "jurors": SchemeJuror.objects.filter(scheme=row).order_by("pk"),
        "checks": [(one, MAY_READ[one.register]) for one in checks_for(row.subject)],
        "draft": row.state == SchemeState.DRAFT,
    }
    return Panel("schemes/_scheme.html", context)


@panel("detail", order=5)
def of_an_application(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of an application: its way, what the registers say, and the reviews that this person may see."""
    if register.model is not SchemeApplication:
        return None
    asker = asker_of(request)
    if row.stage in WRITABLE:
        criteria = list(SchemeCriterion.objects.filter(scheme=row.scheme).order_by("number"))
        evidence = [(one, found.met, found.said) for one, found in evidence_of(row, criteria, on=asker.today)]
    else:
        kept = SchemeEvidence.objects.filter(application=row).select_related("criterion")
        evidence = [(one.criterion, one.met, one.said) for one in kept.order_by("criterion__number")]
    context = {
        "application": row,
        "steps": [(one.label, one == row.stage) for one in way_of(row)],
        "aside": row.stage not in way_of(row),
        "evidence": evidence,
        "now": row.stage in WRITABLE,
        "invites": row.kindergarten_id is not None
        and row.stage in WRITABLE
        and asker.may("change", register)
        and not own_kindergartens(register, asker),
        "reviews": reviews_shown(row, asker.user, on=asker.today),
    }
    return Panel("schemes/_application.html", context)


@panel("detail", order=5)
def of_a_list(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a list: its lines, where each stands, and the objections that wait."""
    if register.model is not Publicity:
        return None
    lines = list(
        PublicityLine.objects.filter(publicity=row)
        .select_related("application__category__scheme")
        .order_by("place")
    )
    waiting = SchemeObjection.objects.filter(publicity=row, state=Answer.OPEN).count()
    paths = paths_of([one.application_id for one in lines])
    context = {
        "publicity": row,
        "lines": [(one, paths.get(one.application_id, [])) for one in lines],
        "waiting": waiting,
        "prints": row.decided_on is not None and row.school_id is None,
    }
    return Panel("schemes/_list.html", context)


def paths_of(applications: list[int]) -> dict[int, list[SchemeReview]]:
    """For each application the levels that passed it, in their order: the path by which it came here."""
    found: dict[int, list[SchemeReview]] = defaultdict(list)
    levels = (ReviewLevel.SCHOOL, ReviewLevel.COUNTY, ReviewLevel.CITY)
    rows = SchemeReview.objects.filter(application__in=applications, level__in=levels, verdict=Verdict.PASS)
    for one in rows.order_by("pk"):
        found[one.application_id].append(one)
    return found


@panel("detail", order=5)
def of_a_certificate(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a certificate: what it is worth today, and where anybody can verify it."""
    if register.model is not Certificate:
        return None
    today = asker_of(request).today
    state = state_of(row, on=today)
    again = checklist(row, on=today) if state == "valid" and row.application.scheme.checked_yearly else []
    context = {
        "one": row,
        "state": state,
        "now": True,
        "evidence": [(one, found.met, found.said) for one, found in again],
    }
    return Panel("schemes/_certificate.html", context)
