"""One school through all rounds: by what it was last judged for each purpose, and what is still open of it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.checklists.terms import Subject
from junheng.domains.findings.terms import FindingState
from junheng.domains.safety.desk.rounds import inspector
from junheng.domains.safety.models import Answer, Sheet
from junheng.domains.safety.policies import readable
from junheng.domains.safety.queries.levels import levels_of
from junheng.domains.schools.models import School
from junheng.kernel.errors import NotFound

SHOWN = 12
"""Sheets of one purpose that are listed."""


@login_required
@require_safe
def evaluations(request: HttpRequest, pk: int) -> HttpResponse:
    """The last inspections of a school for each purpose (safety, standardisation, moral education)."""
    asker = inspector(request)
    school = School.objects.filter(pk=pk).first() if pk < 2**63 else None
    rows = readable(asker, Sheet.objects.filter(school=school)) if school else Sheet.objects.none()
    sheets = list(
        rows.select_related("round__plan__checklist", "by_area").order_by("-done_on", "-sent_at", "-pk")
    )
    if not sheets:
        raise NotFound("never-inspected", "这所学校还没有您可以查看的检查表，或者它不在您的权限范围内。")
    answers = Answer.objects.filter(sheet__in=[one.pk for one in sheets], finding__isnull=False)
    answers = answers.exclude(finding__state=FindingState.CLOSED).select_related("item", "finding", "sheet")
    assert school is not None
    context = {
        "school": school,
        "acceptances": levels_of(school, asker),
        "subjects": by_subject(sheets, list(answers.order_by("finding__due_on", "pk"))),
    }
    return render(request, "safety/evaluations.html", context)


def by_subject(sheets: list[Sheet], answers: list[Answer]) -> list[dict[str, Any]]:
    """Sheets and open items for each purpose that there are any of."""
    of = {one.pk: one.round.plan.checklist.subject for one in sheets}
    found = []
    for subject in Subject:
        those = [one for one in sheets if of[one.pk] == subject]
        if those:
            open_ones = [one for one in answers if of[one.sheet_id] == subject]
            found.append(
                {"label": subject.label, "code": subject.value, "sheets": those[:SHOWN], "open": open_ones}
            )
    return found
