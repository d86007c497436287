"""Aid of a term: all counties of an officer, one county's proposals and programmes, one proposal, and the rules."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.aid.actions import answering, finding
from junheng.domains.aid.forms import ConfirmForm, FindForm, WhyForm
from junheng.domains.aid.models import AidBatch, AidFinding, AidLetter, AidLine
from junheng.domains.aid.policies import area_seen, areas_of, officer_of
from junheng.domains.aid.queries.rules import every_rule
from junheng.domains.aid.queries.sums import county_rows, scheme_rows
from junheng.domains.aid.terms import FindingState, Scheme
from junheng.domains.areas.models import Area
from junheng.domains.schools.models import School
from junheng.kernel.errors import Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.scope import within_area
from junheng.platform.registers.asker import Asker, absent
from junheng.platform.registers.values import term_label

TERMS_SHOWN = 4


def term_of(request: HttpRequest, asker: Asker) -> tuple[SchoolTerm, list[tuple[str, str]]]:
    """The term that is asked for, else the one of the day; the last ones, and the next one once it was begun."""
    now = SchoolTerm.containing(asker.day)
    terms = [now]
    while len(terms) < TERMS_SHOWN:
        last = terms[-1]
        terms.append(SchoolTerm(last.year, "S") if last.season == "A" else SchoolTerm(last.year - 1, "A"))
    following = SchoolTerm(now.year, "A") if now.season == "S" else SchoolTerm(now.year + 1, "S")
    if AidFinding.objects.filter(term=str(following)).exists():
        terms.insert(0, following)
    asked = request.GET.get("term", "")
    chosen = next((one for one in terms if str(one) == asked), now)
    return chosen, [(str(one), one.label) for one in terms]


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The counties of an officer with their person-times; whoever has one county alone is led to it."""
    asker = officer_of(request)
    counties = areas_of(asker)
    term, terms = term_of(request, asker)
    if len(counties) == 1:
        return redirect(f"{reverse('aid:county', args=[counties[0].pk])}?term={term}")
    rows, total = county_rows(counties, str(term))
    context = {"term": str(term), "label": term.label, "terms": terms, "rows": rows, "total": total}
    return render(request, "aid/overview.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def county(request: HttpRequest, code: str) -> HttpResponse:
    """One county and term: what was found, programme by programme, letters and documents; a new search."""
    asker = officer_of(request)
    area = area_seen(asker, code)
    term, terms = term_of(request, asker)
    form = FindForm(
        request.POST if request.method == "POST" else None, initial={"day": first_day(asker, term)}
    )
    status, refused = 422 if form.is_bound else 200, ""
    if form.is_valid():
        asked = form.cleaned_data
        try:
            made = finding.find(
                area, term=term, day=asked["day"], by=asker.user, at=asker.at, why=asked["why"]
            )
            return redirect("aid:finding", made.pk)
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status, refused = refusal.status, refusal.code
    return answered(
        request,
        "aid/county.html",
        county_context(area, term) | {"terms": terms, "form": form},
        status,
        refused,
    )


def first_day(asker: Asker, term: SchoolTerm) -> date | None:
    """The day that a search offers: today, if it lies within the term."""
    return asker.day if SchoolTerm.containing(asker.day) == term else None


def county_context(area: Area, term: SchoolTerm) -> dict[str, Any]:
    """What the page of a county shows."""
    here = within_area("area", area.pk)
    letters = AidLetter.objects.filter(here, term=str(term)).aggregate(
        all=Count("pk"), agreed=Count("confirmed_on")
    )
    return {
        "area": area, "term": str(term), "label": term.label, "schemes": scheme_rows(area.pk, str(term)),
        "findings": AidFinding.objects.filter(area=area, term=str(term)).order_by("-number"),
        "batches": AidBatch.objects.filter(area=area, term=str(term)).order_by("-pk"),
        "letters": letters["all"], "confirmed": letters["agreed"],
        "why": WhyForm(),
    }  # fmt: skip


def answered(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200, refused: str = ""
) -> HttpResponse:
    """The page, with the code of a refusal where there was one."""
    response = render(request, template, context, status=status)
    if refused:
        response["X-Refusal"] = refused
    return response


def finding_seen(asker: Asker, pk: int) -> AidFinding:
    """One proposal within the counties of an officer."""
    found = AidFinding.objects.select_related("area").filter(pk=pk).first() if pk < 2**63 else None
    if found is None or found.area_id not in {one.pk for one in areas_of(asker)}:
        raise absent()
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal: by programme and by school, with its digest; confirmed in one go."""
    asker = officer_of(request)
    row = finding_seen(asker, pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None, initial={"digest": row.digest})
    status, refused = 422 if form.is_bound else 200, ""
    if form.is_valid():
        try:
            finding.confirm(row, by=asker.user, at=asker.at, **form.cleaned_data)
            messages.success(request, _("已确认 %(count)s 人次。") % {"count": row.lines})
            return redirect(f"{reverse('aid:county', args=[row.area_id])}?term={row.term}")
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status, refused = refusal.status, refusal.code
    lines = AidLine.objects.filter(finding=row)
    context = {
        "finding": row, "label": term_label(row.term), "form": form, "open": row.state == FindingState.PROPOSED,
        "schemes": [(Scheme(one).label, count, int(fen)) for one, count, fen in sums(lines, "scheme")],
        "schools": by_school(lines),
    }  # fmt: skip
    return answered(request, "aid/finding.html", context, status, refused)


def sums(lines: "QuerySet[AidLine]", column: str) -> "QuerySet[AidLine, tuple[Any, int, int]]":
    """Person-times and sums by a column."""
    counted = lines.order_by(column).values_list(column)
    return counted.annotate(count=Count("pk"), fen=Sum("amount_fen"))


def by_school(lines: "QuerySet[AidLine]") -> list[tuple[str, int, int]]:
    """Person-times and sums of each school, by name."""
    found = list(sums(lines, "pupil__school"))
    names = School.objects.in_bulk([one for one, _count, _fen in found])
    return [(names[one].name, count, int(fen)) for one, count, fen in found]


@login_required
@require_http_methods(["POST"])
def write_letters(request: HttpRequest, code: str) -> HttpResponse:
    """Letters for everybody who has none yet."""
    asker = officer_of(request)
    area = area_seen(asker, code)
    term, _terms = term_of(request, asker)
    form = WhyForm(request.POST)
    if form.is_valid():
        try:
            count = answering.write_letters(
                area, term=term, by=asker.user, at=asker.at, why=form.cleaned_data["why"]
            )
            messages.success(
                request, _("已生成 %(count)s 份告知书，请下载后装入信封交给家长。") % {"count": count}
            )
        except Refusal as refusal:
            messages.error(request, sentence_of(refusal))
    else:
        messages.error(request, _("请写明事由。没有生成。"))
    return redirect(f"{reverse('aid:county', args=[code])}?term={term}")


@login_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule of aid as it stands at the beginning of a term, with its clause."""
    asker = officer_of(request)
    term, terms = term_of(request, asker)
    return render(
        request,
        "aid/rules.html",
        {"term": str(term), "terms": terms, "rules": every_rule(term.first), "label": term.label},
    )
