"""What is due, paid and in arrears: of all counties, of one county's schools, and of one school line by line."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from junheng.domains.areas.models import Area
from junheng.domains.funds.models import (
    Derivation,
    DifferenceNote,
    Entitlement,
    FundPayment,
    Instalment,
    RollFreeze,
)
from junheng.domains.funds.queries import (
    Account,
    account_of,
    accounts,
    current,
    lines_of_school,
    sums,
    terms_derived,
)
from junheng.domains.funds.queries.budgets import budgets_of
from junheng.domains.funds.queries.rates import to_be_confirmed
from junheng.domains.schools.models import School
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, absent, asker_of, viewer_of
from junheng.platform.registers.policies import Level
from junheng.platform.registers.values import term_label


def sees_funds(request: HttpRequest) -> bool:
    """Whether the menu offers the page: to whoever sees what schools are due."""
    return bool(asker_of(request).granting(register_called("entitlements"), "view"))


def viewer(request: HttpRequest) -> Asker:
    """The person behind a request, if they see anything of this money."""
    return viewer_of(request, register_called("entitlements"))


def schools_of(asker: Asker) -> "QuerySet[School]":
    """The schools whose money somebody sees."""
    mine = asker.within(Entitlement.objects.all(), register_called("entitlements"), "view")
    return School.objects.filter(pk__in=mine.order_by().values("school"))


def term_of(request: HttpRequest) -> tuple[str, list[tuple[str, str]]]:
    """The term that is asked for, else the newest that was reckoned; and all that were."""
    terms = terms_derived()
    asked = request.GET.get("term", "")
    chosen = asked if asked in terms else (terms[0] if terms else "")
    return chosen, [(one, term_label(one)) for one in terms]


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All counties within one's scope; whoever has one school alone is led to it."""
    asker = viewer(request)
    if asker.stands_at(Level.SCHOOL):
        own = list(schools_of(asker).values_list("pk", flat=True)[:2])
        if len(own) == 1:
            return redirect("funds:school", own[0])
    term, terms = term_of(request)
    schools = schools_of(asker)
    found = accounts(term, schools)
    counties = sums(found, dict(School.objects.filter(pk__in=found).values_list("pk", "area_id")))
    names = dict(Area.objects.filter(kind="county").values_list("code", "name"))
    context = {
        "term": term,
        "terms": terms,
        "rows": [(code, names.get(code, code), account) for code, account in counties.items()],
        "total": sum(counties.values(), Account()),
        "derivations": Derivation.objects.filter(term=term).select_related("roll").order_by("-number"),
        "rolls": RollFreeze.objects.order_by("-pk")[:12],
        "may_freeze": asker.may("change", register_called("rollfreezes")) and asker.stands_at(Level.CITY),
        "can_export": asker.may("export", register_called("entitlements")),
        "unsure": to_be_confirmed(SchoolTerm.parse(term)) if term else [],
    }
    return render(request, "funds/overview.html", context)


def county_seen(asker: Asker, code: str) -> Area:
    """A county of whose schools somebody sees the money; else it is absent."""
    area = Area.objects.filter(pk=code, kind="county").first()
    if area is None or not schools_of(asker).filter(area__gte=code, area__lt=f"{code}~").exists():
        raise absent()
    return area


@login_required
@require_safe
def county(request: HttpRequest, code: str) -> HttpResponse:
    """The schools of one county: due, settled, paid, in arrears."""
    asker = viewer(request)
    area = county_seen(asker, code)
    term, terms = term_of(request)
    rows = rows_of_county(asker, area, term)
    context = {
        "area": area,
        "term": term,
        "label": term_label(term) if term else "",
        "terms": terms,
        "rows": rows,
        "total": sum((account for _school, account in rows), Account()),
        "may_pay": asker.may("change", register_called("instalments")) and not asker.stands_at(Level.SCHOOL),
        "instalments": asker.within(
            Instalment.objects.filter(area=area, term=term), register_called("instalments"), "view"
        ).order_by("paid_on", "pk"),
        "can_export": asker.may("export", register_called("entitlements")),
    }
    return render(request, "funds/county.html", context)


def rows_of_county(asker: Asker, area: Area, term: str) -> list[tuple[School, Account]]:
    """Every school of a county with its account, by code."""
    here = schools_of(asker).filter(area__gte=area.pk, area__lt=f"{area.pk}~")
    found = accounts(term, here)
    schools = School.objects.filter(pk__in=found).order_by("code")
    return [(one, found[one.pk]) for one in schools]


def school_seen(asker: Asker, pk: int) -> School:
    """A school whose money somebody sees; else it is absent."""
    found = School.objects.filter(pk=pk).select_related("area").first()
    if found is None:
        raise absent()
    probe = asker.within(Entitlement.objects.filter(school=found), register_called("entitlements"), "view")
    if not probe.exists():
        raise absent()
    return found


@login_required
@require_safe
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """One school: the terms beside each other, and of one of them why it is due what it is due."""
    asker = viewer(request)
    one = school_seen(asker, pk)
    term, terms = term_of(request)
    derivation = current(term) if term else None
    context: dict[str, Any] = {
        "school": one,
        "day": asker.day,
        "term": term,
        "label": term_label(term) if term else "",
        "terms": terms,
        "accounts": [
            (term_label(each), each, account) for each, account in account_of(one, [t for t, _w in terms])
        ],
        "derivation": derivation,
        "lines": list(lines_of_school(derivation, one)) if derivation else [],
        "rolled": list(derivation.roll.lines.filter(school=one).order_by("pk")) if derivation else [],
        "notes": DifferenceNote.objects.filter(school=one).select_related("derivation").order_by("-pk"),
        "payments": FundPayment.objects.filter(school=one, term=term)
        .select_related("instalment")
        .order_by("instalment__paid_on", "pk"),
        "can_export": asker.may("export", register_called("entitlements")),
        "county": Area.objects.filter(pk=one.area_id[:6]).first(),
        "budgets": budgets_of(one),
        "plans": asker.stands_at(Level.SCHOOL) and asker.may("change", register_called("fundbudgets")),
        "sees_beds": one.boarding and asker.may("view", register_called("bedassignments")),
    }
    context["line_total"] = sum(line.amount_fen for line in context["lines"])
    return render(request, "funds/school.html", context)
