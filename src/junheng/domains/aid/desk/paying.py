"""Paying a programme of a county, what a document paid, and both ways of missing the aim."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.aid.actions import checking, paying
from junheng.domains.aid.desk.pages import answered, term_of
from junheng.domains.aid.forms import PayForm, ReasonForm
from junheng.domains.aid.models import AidBatch
from junheng.domains.aid.policies import area_seen, areas_of, officer_of
from junheng.domains.aid.queries.gaps import SHOWN, Gap, extra, missed, pupils_of
from junheng.domains.aid.queries.owed import owed_in
from junheng.domains.aid.queries.sums import school_rows
from junheng.domains.aid.terms import Scheme, Side
from junheng.domains.pupils.models import Pupil
from junheng.kernel.errors import Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import Asker, absent
from junheng.platform.registers.keys import mask
from junheng.platform.registers.values import term_label

WHY_A_REASON = "说明资助差异的原因"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, code: str) -> HttpResponse:
    """The form, with what is owed above it and who cannot be paid below."""
    asker = officer_of(request)
    area = area_seen(asker, code)
    term, _terms = term_of(request, asker)
    scheme = request.GET.get("scheme", "")
    if scheme not in Scheme.values:
        raise absent()
    form = PayForm(request.POST if request.method == "POST" else None, initial={"paid_on": asker.day})
    status, refused = 422 if form.is_bound else 200, ""
    if form.is_valid():
        try:
            batch = paying.pay(
                area, scheme=scheme, term=term, by=asker.user, at=asker.at, **form.cleaned_data
            )
            messages.success(request, _("已登记发放 %(count)s 人次。") % {"count": batch.count})
            return redirect("aid:batch", batch.pk)
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status, refused = refusal.status, refusal.code
    every = owed_in(area.pk, scheme, str(term), on=asker.day)
    held = [one for one in every if one.left and one.why]
    pupils = Pupil.objects.select_related("school").in_bulk([one.pupil for one in held[:SHOWN]])
    context = {
        "area": area, "term": str(term), "label": term.label, "scheme": Scheme(scheme), "form": form,
        "count": sum(1 for one in every if one.left and not one.why),
        "fen": sum(one.left for one in every if not one.why), "held_count": len(held),
        "held": [(pupils[one.pupil], mask(pupils[one.pupil].name), one.why) for one in held[:SHOWN]],
    }  # fmt: skip
    return answered(request, "aid/pay.html", context, status, refused)


def batch_seen(asker: Asker, pk: int) -> AidBatch:
    """One document within the counties of an officer."""
    found = AidBatch.objects.select_related("area").filter(pk=pk).first() if pk < 2**63 else None
    if found is None or found.area_id not in {one.pk for one in areas_of(asker)}:
        raise absent()
    return found


@login_required
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What one document paid, school by school; small counts are withheld."""
    row = batch_seen(officer_of(request), pk)
    context = {"batch": row, "label": term_label(row.term), "rows": school_rows(row.area_id, row.code)}
    return render(request, "aid/batch.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def gaps(request: HttpRequest, code: str) -> HttpResponse:
    """Entitled and not aided, aided and not entitled: each is empty or has a reason."""
    asker = officer_of(request)
    area = area_seen(asker, code)
    term, terms = term_of(request, asker)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    status, refused = 422 if form.is_bound else 200, ""
    if form.is_valid():
        try:
            give_reason(form, asker, term)
            messages.success(request, _("已保存原因。"))
            return redirect(f"{reverse('aid:gaps', args=[code])}?term={term}")
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status, refused = refusal.status, refusal.code
    sides = []
    for side, found in (
        (Side.MISSED, missed(term, day=day_of(asker, term), area=area.pk)),
        (Side.EXTRA, extra(term, area=area.pk)),
    ):
        sides.append((side, len(found), sum(1 for one in found if not one.words), rows_of(found)))
    context = {
        "area": area, "term": str(term), "label": term.label, "terms": terms, "sides": sides, "form": form,
        "shown": SHOWN,
    }  # fmt: skip
    return answered(request, "aid/gaps.html", context, status, refused)


def day_of(asker: Asker, term: SchoolTerm) -> date:
    """The day by which lists and roll are read: today, or the last day of a term that is over."""
    after = date(term.year, 9, 1) if term.season == "S" else date(term.year + 1, 2, 1)
    return min(asker.day, after - timedelta(days=1))


def rows_of(found: list[Gap]) -> list[tuple[Gap, Pupil, str]]:
    """The gaps that are shown, with their pupils; names are masked."""
    found = sorted(found, key=lambda one: bool(one.words))
    pupils = pupils_of(found)
    return [(one, pupils[one.pupil], mask(pupils[one.pupil].name)) for one in found[:SHOWN]]


def give_reason(form: ReasonForm, asker: Asker, term: SchoolTerm) -> None:
    """Keep what was said of one pupil; one who is elsewhere is absent."""
    asked = form.cleaned_data
    pupil = Pupil.objects.filter(pk=asked["pupil"]).first() if 0 < asked["pupil"] < 2**63 else None
    if pupil is None or not any(pupil.area_id.startswith(one.pk) for one in areas_of(asker)):
        raise absent()
    checking.give_reason(
        pupil, scheme=asked["scheme"], term=term, side=asked["side"], words=asked["words"], by=asker.user, at=asker.at,
        why=WHY_A_REASON,
    )  # fmt: skip
