"""Letters at the desk: all that one sees, a new one, and one with its numbers from wherever one stands."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.areas.models import Area
from junheng.domains.familyletters.actions import writing
from junheng.domains.familyletters.forms import LetterForm
from junheng.domains.familyletters.models import FamilyLetter
from junheng.domains.familyletters.policies import (
    REACHED,
    letter_seen,
    letters_seen,
    may_write,
    reached_by,
    reader_of,
    rooms_of,
    writes_as,
)
from junheng.domains.familyletters.queries.digests import digest_of
from junheng.domains.familyletters.queries.levels import Line, county_lines, least_on, school_lines
from junheng.domains.familyletters.queries.roll import Tally, by_class, correction_of, rooms_on
from junheng.domains.schools.models import School
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.scope import within_area
from junheng.platform.registers.asker import Asker, absent

A_PAGE = 20
WRITTEN, SENT = "起草告家长书", "发出告家长书"


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Letters, the newest first; a class teacher sees at once which class lacks whom."""
    asker = reader_of(request)
    later = FamilyLetter.objects.filter(corrects=OuterRef("pk"), sent_on__isnull=False)
    rows = letters_seen(asker).annotate(replaced=Exists(later), draft=Q(sent_on=None))
    page = Paginator(rows.order_by("-draft", "-sent_on", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "day": asker.day, "writes": writes_as(asker) is not None}
    return render(request, "familyletters/mine.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new letter of one's office or school; a correction begins with the words of the one that it names."""
    asker = reader_of(request)
    grant = writes_as(asker)
    if grant is None:
        raise absent()
    area = grant.area
    if grant.school is not None:
        area = School.objects.values_list("area_id", flat=True).get(pk=grant.school)
    letter = FamilyLetter(area_id=area, school_id=grant.school)
    number = request.GET.get("corrects", "")
    if number.isascii() and number.isdigit():
        old = letter_seen(asker, int(number[:18]))
        if not may_write(asker, old) or old.sent_on is None:
            raise absent()
        for name in ("area_id", "school_id", "title", "topic", "audience", "only", "text", "due_on"):
            setattr(letter, name, getattr(old, name))
        letter.corrects = old
    return written(request, asker, letter)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft once more."""
    asker = reader_of(request)
    letter = letter_seen(asker, pk)
    if not may_write(asker, letter) or letter.sent_on is not None:
        raise absent()
    return written(request, asker, letter)


def written(request: HttpRequest, asker: Asker, letter: FamilyLetter) -> HttpResponse:
    """The form of a letter, and the draft that came of it."""
    form = LetterForm(request.POST if request.method == "POST" else None, instance=letter)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            row = writing.write(
                form.save(commit=False), on=asker.day, by=asker.user, at=asker.at, why=WRITTEN
            )
            return redirect("familyletters:letter", row.pk)
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status = refusal.status
    context = {"form": form, "letter": letter, "corrects": letter.corrects}
    return render(request, "familyletters/write.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter: its words, its digest, and how many have answered; a draft is sent from here."""
    asker = reader_of(request)
    row = letter_seen(asker, pk)
    error, refused, status = "", "", 200
    if request.method != "POST" and not asker.may("view", REACHED):
        rooms = list(rooms_of(asker).filter(rooms_on(row, asker.day)).values_list("pk", flat=True)[:2])
        if len(rooms) == 1:  # a class teacher is led to the class
            return redirect("familyletters:class", pk, rooms[0])
    if request.method == "POST":
        try:
            count = writing.send(
                row, digest=request.POST.get("digest", ""), on=asker.day, by=asker.user, at=asker.at, why=SENT
            )
            messages.success(
                request, _("已发给 %(count)s 所学校，班主任现在就能转给家长。") % {"count": count}
            )
            return redirect("familyletters:letter", pk)
        except Refusal as refusal:
            error, refused, status = sentence_of(refusal), refusal.code, refusal.status
    context = {"letter": row, "error": error, "own": may_write(asker, row), "day": asker.day}
    if row.sent_on is None:
        context |= {"digest": digest_of(row)}
    else:
        context |= {"digest": row.digest, "correction": correction_of(row)} | numbers(request, asker, row)
    response = render(request, "familyletters/letter.html", context, status=status)
    if refused:
        response["X-Refusal"] = refused
    return response


def numbers(request: HttpRequest, asker: Asker, row: FamilyLetter) -> dict[str, Any]:
    """Classes of one's own live; schools and counties as they were counted: by county first for who has several."""
    rooms = list(
        rooms_of(asker)
        .filter(rooms_on(row, asker.day))
        .select_related("school")
        .order_by("school", "grade", "number")
    )
    tallies = by_class(row, rooms, day=asker.day) if rooms else {}
    reached = reached_by(asker).filter(letter=row)
    counties: list[Line] = []
    schools: list[Line] = []
    area = None
    if not rooms:
        counties = county_lines(reached, asker.day)
        code = request.GET.get("area", counties[0].key if len(counties) == 1 else "")
        if code in {one.key for one in counties}:
            area = Area.objects.get(pk=code)
            schools = school_lines(reached.filter(within_area("area", code)), asker.day)
    every = list(tallies.values()) or [Tally(one.asked, one.answered) for one in counties]
    total = Tally(sum(one.asked for one in every), sum(one.answered for one in every))
    return {
        "rooms": [(one, tallies[one.pk]) for one in rooms], "counties": counties, "schools": schools, "area": area,
        "total": total, "few": not rooms and 0 < total.missing < least_on(asker.day),
    }  # fmt: skip
