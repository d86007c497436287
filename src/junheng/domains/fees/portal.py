"""What a parent looks up before paying: what a school may charge, by which document, and what it has posted."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from junheng.domains.areas.models import Area
from junheng.domains.fees.queries import items_of, lines_of, terms_of
from junheng.domains.schools.models import School
from junheng.kernel.errors import NotFound
from junheng.platform.registers.values import term_label
from junheng.platform.spans import holds

SHOWN = 40


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Schools by name or code, and by county."""
    day = settings.JUNHENG_AS_OF or timezone.localdate()
    wanted, area = request.GET.get("q", "").strip()[:40], request.GET.get("area", "")[:6]
    counties = list(
        Area.objects.filter(kind="county", until=None).order_by("code").values_list("code", "name")
    )
    rows = School.objects.filter(holds(day)).select_related("area").order_by("area_id", "code")
    asked = bool(wanted or area)
    if area:
        rows = rows.filter(area__gte=area, area__lt=f"{area}~")
    if wanted:
        rows = (
            rows.filter(code=wanted)
            if wanted.isdigit() and len(wanted) == 10
            else rows.filter(name__contains=wanted)
        )
    found = list(rows[: SHOWN + 1]) if asked else []
    context = {
        "schools": found[:SHOWN], "more": len(found) > SHOWN, "q": wanted, "area": area, "counties": counties, "asked": asked,
    }  # fmt: skip
    return render(request, "fees/find.html", context)


@require_safe
def school(request: HttpRequest, code: str) -> HttpResponse:
    """One school: the list that holds for it, and its notice of a term held against it."""
    day = settings.JUNHENG_AS_OF or timezone.localdate()
    one = School.objects.filter(code=code).select_related("area").first()
    if one is None:
        raise NotFound("unknown-school", "没有这所学校。请从“收费查询”按校名查找。")
    terms = terms_of(one)
    term = request.GET.get("term", "")
    term = term if term in terms else (terms[0] if terms else "")
    context = {
        "school": one, "items": list(items_of(one, on=day)), "term": term, "label": term_label(term),
        "terms": [(each, term_label(each)) for each in terms],
        "lines": lines_of(one, term) if term else [], "county": one.area_id[:6], "on": day,
    }  # fmt: skip
    return render(request, "fees/school.html", context)
