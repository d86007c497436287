"""The page of a juror: applications by number, what they say, and one's own scores. Nobody else's are anywhere on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.schemes.actions.reviewing import recuse_from_scoring, score
from junheng.domains.schemes.forms import RecusalForm, ScoreForm
from junheng.domains.schemes.models import SchemeApplication, SchemeCriterion, SchemeEvidence
from junheng.domains.schemes.queries.beside import every_beside, links_on
from junheng.domains.schemes.queries.showing import blinded, person_of, unit_of
from junheng.domains.schemes.queries.standing import is_juror, to_score
from junheng.domains.schemes.terms import Asked
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import Asker, absent, asker_of

WHY = "评委评分"


@login_required
@require_safe
def jury(request: HttpRequest) -> HttpResponse:
    """What waits for this juror's scores."""
    asker = asker_of(request)
    return render(
        request,
        "schemes/jury.html",
        {"rows": to_score(asker.user, on=asker.today), "links": links_on("jury")},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """One application to be scored, or to be left to others."""
    asker = asker_of(request)
    row = found(asker, number)
    criteria = list(SchemeCriterion.objects.filter(scheme=row.scheme, asked=Asked.SCORE).order_by("number"))
    form, leaving = ScoreForm(criteria=criteria), RecusalForm()
    if request.method == "POST":
        form, leaving, refused = taken(request, row, criteria, asker)
        if refused is None:
            messages.success(request, _("已提交。"))
            return redirect("schemes:jury")
    evidence = list(
        SchemeEvidence.objects.filter(application=row)
        .select_related("criterion")
        .order_by("criterion__number")
    )
    for one in evidence if row.scheme.blind else []:
        one.said = blinded(one.said, row)
    context = {
        "application": row,
        "form": form,
        "leaving": leaving,
        "evidence": evidence,
        "pieces": [piece for room in every_beside() if (piece := room.on_sheet(request, row))],
        "who": "" if row.scheme.blind else f"{unit_of(row)} {person_of(row)}",
    }
    return render(request, "schemes/sheet.html", context, status=200 if request.method != "POST" else 422)


def found(asker: Asker, number: int) -> SchemeApplication:
    """The application, if this juror has to score it; else it is as if it were not there."""
    rows = {one.pk: one for one in to_score(asker.user, on=asker.today)}
    if number not in rows or not is_juror(rows[number].scheme, asker.user.get_username()):
        raise absent()
    return rows[number]


def taken(
    request: HttpRequest, row: SchemeApplication, criteria: list[SchemeCriterion], asker: Asker
) -> tuple[ScoreForm, RecusalForm, str | None]:
    """Take the sheet or the recusal; what is refused stands above the form."""
    facts: dict[str, Any] = {"by": asker.user, "at": asker.at, "why": WHY}
    leaves = "leave" in request.POST
    form = ScoreForm(None if leaves else request.POST, criteria=criteria)
    leaving = RecusalForm(request.POST if leaves else None)
    asked: Any = leaving if leaves else form
    if not asked.is_valid():
        return form, leaving, "form"
    try:
        if leaves:
            recuse_from_scoring(row, words=leaving.cleaned_data["words"], **facts)
        else:
            points = {one.pk: int(form.cleaned_data[f"points_{one.pk}"]) for one in criteria}
            score(row, points=points, words=form.cleaned_data["words"], **facts)
    except Refusal as refusal:
        asked.add_error(None, sentence_of(refusal))
        return form, leaving, refusal.code
    return form, leaving, None
