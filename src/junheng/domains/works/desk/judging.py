"""For jurors: works without names, and after one's own scores what the others gave."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from junheng.domains.schemes.models import SchemeApplication, SchemeReview
from junheng.domains.schemes.terms import ReviewLevel, Verdict
from junheng.domains.works.desk.handing_in import noted
from junheng.domains.works.models import Attachment, Work
from junheng.domains.works.policies import may_judge
from junheng.domains.works.queries.asked import judged_files
from junheng.domains.works.queries.files import words_of
from junheng.domains.works.queries.scores import Sheet, criteria_of, sheets_of, sums_of
from junheng.domains.works.queries.serving import served
from junheng.domains.works.terms import JUDGED, Form
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.registers.asker import Asker, absent, asker_of

MOST = 200


def judged_context(request: HttpRequest, application: SchemeApplication) -> dict[str, Any]:
    """What a juror sees of a work: title, group, words, pictures and films; nothing that says whose it is."""
    files = judged_files(application)
    texts = [one for one in files if one.form == Form.TEXT]
    if texts:
        asker = asker_of(request)
        told = {"digests": [one.digest for one in texts]}
        record(application, Verb.READ.value, by=asker.user, at=asker.at, why="评审作品", after=told)
    return {
        "work": Work.objects.filter(application=application).first(),
        "files": files,
        "texts": [words_of(one) for one in texts],
        "number": application.number,
    }


@login_required
@require_safe
def blind_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """A picture or film for a juror of its scheme who has no tie to it."""
    asker = asker_of(request)
    row = (
        Attachment.objects.filter(pk=number, purpose__in=JUDGED, form__in=(Form.PICTURE, Form.FILM))
        .select_related("application__category__scheme")
        .first()
        if number < 2**63
        else None
    )
    if row is None or not may_judge(row.application, asker):
        raise absent()
    noted(request, row, asker, why="评审作品")
    return served(request, row)


@login_required
@require_safe
def judged(request: HttpRequest) -> HttpResponse:
    """The works that one has scored, each with one's own sum and those of the others."""
    asker = asker_of(request)
    mine = scored_by(asker)[:MOST]
    sheets = sheets_of(mine, [])
    works = {one.application_id: one for one in Work.objects.filter(application__in=mine)}
    rows = [(one, works.get(one.pk), *own_and_others(sheets.get(one.pk, []), asker)) for one in mine]
    return render(request, "works/judged.html", {"rows": rows})


def scored_by(asker: Asker) -> list[SchemeApplication]:
    """The applications that somebody has scored, the latest first."""
    given = SchemeReview.objects.filter(login=asker.user.get_username(), level=ReviewLevel.SCORE)
    given = given.exclude(verdict=Verdict.RECUSE)
    rows = SchemeApplication.objects.filter(pk__in=given.values("application")).select_related(
        "category__scheme"
    )
    return list(rows.order_by("-category__scheme__year", "category", "number"))


def own_and_others(sheets: list[Sheet], asker: Asker) -> tuple[Sheet | None, list[Sheet]]:
    """One's own sheet, and the others'; before one's own there are none to see."""
    login = asker.user.get_username()
    own = next((one for one in sheets if one.login == login), None)
    return own, [one for one in sheets if one.login != login] if own else []


@login_required
@require_safe
def comparison(request: HttpRequest, number: int) -> HttpResponse:
    """One work that one has scored: every juror's points, criterion by criterion, by numbers and not by names."""
    asker = asker_of(request)
    row = next((one for one in scored_by(asker) if one.pk == number), None)
    if row is None:
        raise absent()
    criteria = criteria_of(row.category)
    sheets = sheets_of([row], criteria).get(row.pk, [])
    own, others = own_and_others(sheets, asker)
    if own is None:
        raise absent()
    told = [
        (_("我"), own),
        *((_("评委 %(number)s") % {"number": place}, one) for place, one in enumerate(others, 1)),
    ]
    context = {
        "piece": judged_context(request, row),
        "application": row,
        "criteria": criteria,
        "lines": [(who, zip_points(criteria, one), one) for who, one in told],
        "sums": sums_of(sheets),
        "whole": sum(one.total for one in sheets),
    }
    return render(request, "works/comparison.html", context)


def zip_points(criteria: list[Any], sheet: Sheet) -> list[tuple[Any, int]]:
    """Each criterion with what it was given."""
    return list(zip(criteria, sheet.points, strict=True))
