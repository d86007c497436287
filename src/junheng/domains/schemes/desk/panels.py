"""What stands beside a scheme, an application, a list and a certificate."""

from typing import Any

from django.http import HttpRequest

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
)
from junheng.domains.schemes.queries.checks import checks_for, evidence_of
from junheng.domains.schemes.queries.showing import state_of
from junheng.domains.schemes.queries.standing import reviews_shown
from junheng.domains.schemes.terms import MAY_READ, WRITABLE, Answer, SchemeState, Stage
from junheng.platform.registers import Register
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel

WAY = (Stage.DRAFT, Stage.COUNTY, Stage.CITY, Stage.PASSED, Stage.SHOWN, Stage.RECOGNISED)
"""The straight way of an application."""


@panel("detail", order=5)
def of_a_scheme(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a scheme: what it asks, how places are shared out, who scores, and what may be checked."""
    if register.model is not AwardScheme:
        return None
    quotas = SchemeQuota.objects.filter(category__scheme=row).select_related("area", "category")
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
        "steps": [(one.label, one == row.stage) for one in WAY],
        "aside": row.stage not in WAY,
        "evidence": evidence,
        "now": row.stage in WRITABLE,
        "invites": row.kindergarten_id is not None
        and row.stage in WRITABLE
        and asker.may("change", register),
        "reviews": reviews_shown(row, asker.user, on=asker.today),
    }
    return Panel("schemes/_application.html", context)


@panel("detail", order=5)
def of_a_list(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a list: its lines, where each stands, and the objections that wait."""
    if register.model is not Publicity:
        return None
    lines = PublicityLine.objects.filter(publicity=row).select_related("application").order_by("place")
    waiting = SchemeObjection.objects.filter(publicity=row, state=Answer.OPEN).count()
    return Panel("schemes/_list.html", {"publicity": row, "lines": lines, "waiting": waiting})


@panel("detail", order=5)
def of_a_certificate(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a certificate: what it is worth today, and where anybody can verify it."""
    if register.model is not Certificate:
        return None
    return Panel(
        "schemes/_certificate.html", {"one": row, "state": state_of(row, on=asker_of(request).today)}
    )
