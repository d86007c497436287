"""Schemes as everybody may read them, lists while they are shown and after, and objections against a line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.areas.models import Area
from junheng.domains.schemes.actions.publishing import object_to
from junheng.domains.schemes.forms import ObjectionForm
from junheng.domains.schemes.models import (
    AwardScheme,
    Publicity,
    PublicityLine,
    SchemeCategory,
    SchemeCriterion,
    SchemeObjection,
    SchemeQuota,
)
from junheng.domains.schemes.queries.beside import links_on
from junheng.domains.schemes.queries.showing import shown
from junheng.domains.schemes.terms import SchemeState, Weigh
from junheng.kernel.apportionment import faults
from junheng.kernel.apportionment.problem import Shares
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.address import address_of
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.tries import check_tries, note_wrong, wrong_so_far
from junheng.platform.sealing.codes import tidy

MOST = 60
"""Lines of one page."""
MOST_OBJECTIONS, MOST_TRIES = 6, 20
"""From one address in a quarter of an hour."""


@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    """Every scheme that is published, and every list."""
    rows = (
        AwardScheme.objects.exclude(state=SchemeState.DRAFT).select_related("area").order_by("-year", "code")
    )
    lists = Publicity.objects.select_related("scheme", "area", "school").order_by("-opened_on", "-pk")
    context = {
        "schemes": rows[:MOST],
        "lists": lists.filter(school=None)[:MOST],
        "at_schools": lists.exclude(school=None)[:MOST],
        "today": timezone.localdate(),
        "links": links_on("public"),
    }
    return render(request, "schemes/schemes.html", context)


@require_safe
def scheme(request: HttpRequest, code: str) -> HttpResponse:
    """One scheme: its criteria with the register each is checked in, its places with what checks them, its lists."""
    one = (
        AwardScheme.objects.exclude(state=SchemeState.DRAFT).filter(code=code).select_related("area").first()
    )
    if one is None:
        raise NotFound("unknown-scheme", "没有这个评选认定方案，或者它还没有发布。请从「评选认定」页进入。")
    categories = list(SchemeCategory.objects.filter(scheme=one).order_by("code"))
    quotas = list(
        SchemeQuota.objects.filter(category__scheme=one, school=None).select_related("area").order_by("area")
    )
    tables = [
        table_of(each, [row for row in quotas if row.category_id == each.pk])
        for each in categories
        if each.weigh != Weigh.NONE
    ]
    to_schools = SchemeQuota.objects.filter(category__scheme=one, school__isnull=False)
    context = {
        "scheme": one,
        "categories": categories,
        "criteria": SchemeCriterion.objects.filter(scheme=one).order_by("number"),
        "tables": tables,
        "shared": {area[:6] for area in to_schools.values_list("area", flat=True).distinct()},
        "lists": Publicity.objects.filter(scheme=one).select_related("school").order_by("-opened_on")[:MOST],
    }
    return render(request, "schemes/scheme.html", context)


@require_safe
def quotas(request: HttpRequest, code: str, area: str) -> HttpResponse:
    """How a county shared its places out among its schools, checked again as it is shown."""
    rows = list(
        SchemeQuota.objects.filter(
            category__scheme__code=code, school__isnull=False, area__code__startswith=area[:6]
        )
        .exclude(category__scheme__state=SchemeState.DRAFT)
        .select_related("category__scheme", "school")
        .order_by("category__code", "school__code")
    )
    place = Area.objects.filter(code=area).first()
    if not rows or place is None:
        raise NotFound("no-such-shares", "没有这个县（市、区）的学校名额表。请从方案页进入。")
    given = SchemeQuota.objects.filter(category__scheme__code=code, area=area, school=None)
    places = dict(given.values_list("category", "places"))
    found = {one.category_id: one.category for one in rows}
    tables = [
        table_of(category, [row for row in rows if row.category_id == pk], places=places.get(pk, 0))
        for pk, category in found.items()
    ]
    context = {"scheme": rows[0].category.scheme, "area": place, "tables": tables}
    return render(request, "schemes/quotas.html", context)


def table_of(
    category: SchemeCategory, rows: list[SchemeQuota], *, places: int | None = None
) -> dict[str, object]:
    """The table of a category, or of one county's part of it, checked again as it is shown."""
    given = (category.places or 0) if places is None else places
    shares = Shares(
        (category.code,),
        (given,),
        tuple(row.school.code if row.school else row.area_id for row in rows),
        tuple(row.weight for row in rows),
    )
    wrong = faults(shares, [[row.places for row in rows]])
    return {
        "category": category,
        "rows": rows,
        "faults": wrong,
        "whole": sum(row.weight for row in rows),
        "places": given,
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publicity(request: HttpRequest, code: str) -> HttpResponse:
    """One list. While its days run anybody may object, without a login and without a name."""
    one = Publicity.objects.filter(code=code).select_related("scheme", "area", "school").first()
    if one is None:
        raise NotFound("unknown-list", "没有这次公示。请从「评选认定」页进入。")
    now = timezone.now()
    rows = PublicityLine.objects.filter(publicity=one).select_related("application__pupil").order_by("place")
    running = one.decided_on is None and timezone.localdate(now) <= one.until
    form = ObjectionForm(request.POST if request.method == "POST" else None, lines=rows)
    context = {"publicity": one, "running": running, "form": form}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            key = f"objection:{address_of(request)}"
            try:
                if wrong_so_far(key, at=now) >= MOST_OBJECTIONS:
                    raise Refusal("too-many-objections", "从这里提交的异议过多，请 15 分钟后再试。没有提交。")
                made = object_to(form.cleaned_data["line"], words=form.cleaned_data["words"], at=now)
                note_wrong(key, at=now)
                context["receipt"], status = made.receipt, 200
            except Refusal as refusal:
                form.add_error(None, sentence_of(refusal))
                status = refusal.status
    context["lines"] = shown(list(rows), on=timezone.localdate(now))
    return render(request, "schemes/publicity.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """What became of an objection, for who has its receipt. Wrong tries are counted."""
    given, error, found, status = "", "", None, 200
    if request.method == "POST":
        now, given = timezone.now(), tidy(request.POST.get("receipt", "")[:20])
        key = f"receipt:{address_of(request)}"
        try:
            check_tries(key, most=MOST_TRIES, at=now)
            found = SchemeObjection.objects.filter(receipt=given).select_related("publicity").first()
            if found is None:
                note_wrong(key, at=now)
                raise NotFound("no-such-receipt", "没有这个回执号。请核对后再试。")
        except Refusal as refusal:
            error, status = sentence_of(refusal), refusal.status
    return render(
        request, "schemes/receipt.html", {"given": given, "error": error, "one": found}, status=status
    )
