"""Writing a letter to parents, sending it, and counting anew whom it asks."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from junheng.domains.familyletters.models import FamilyLetter, LetterSchool
from junheng.domains.familyletters.policies import check_writer
from junheng.domains.familyletters.queries.digests import digest_of
from junheng.domains.familyletters.queries.roll import by_school, correction_of
from junheng.domains.schools.models import School, SchoolClass
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.access.scope import within_area
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.audit.together import save_together
from junheng.platform.spans import holds


@transaction.atomic
def write(letter: FamilyLetter, *, on: date, by: Any, at: datetime, why: str) -> FamilyLetter:
    """Keep a letter as a draft. What was sent is not changed any more."""
    if letter.pk is not None:
        check_draft(FamilyLetter.objects.select_for_update().get(pk=letter.pk))
    check_writer(letter, by=by, at=at)
    check_due(letter, on)
    schools_of(letter, on)
    save_row(letter, by=by, at=at, why=why, verb=Verb.DEED.value)
    return letter


@transaction.atomic
def send(letter: FamilyLetter, *, digest: str, on: date, by: Any, at: datetime, why: str) -> int:
    """Send what was read: the letter is fixed and reaches every school at once. Answers with how many schools."""
    letter = FamilyLetter.objects.select_for_update(of=("self",)).select_related("area", "school", "corrects").get(pk=letter.pk)  # fmt: skip
    check_draft(letter)
    check_writer(letter, by=by, at=at)
    check_due(letter, on)
    if digest != digest_of(letter):
        raise Conflict("family-letter-changed", "这封告家长书刚刚被改过，没有发出。请重新看一遍再发。")
    if letter.corrects and correction_of(letter.corrects):
        raise Conflict("corrected-already", "原来那封已经有更正发出。请更正最新的一封。没有发出。")
    schools = list(schools_of(letter, on).values_list("pk", "area_id"))
    if not schools:
        raise Refusal("no-school-reached", "没有符合条件的学校，没有发出。请检查发给哪个学段、哪些学校。")
    letter.sent_on, letter.sent_by, letter.digest = on, by.get_username(), digest
    save_row(letter, by=by, at=at, why=why, verb=Verb.DEED.value)
    counted = by_school(letter, [pk for pk, _area in schools], day=on)
    rows = [
        LetterSchool(letter=letter, school_id=pk, area_id=area, asked=counted[pk].asked)
        for pk, area in schools
    ]
    save_together(LetterSchool, rows, source=letter.title, by=by, at=at, why=why)
    return len(rows)


def schools_of(letter: FamilyLetter, on: date) -> "QuerySet[School]":
    """The schools that a letter goes to: one's own, those that it names, or all in the place; with a class that is asked."""
    rooms = SchoolClass.objects.filter(holds(on), stage__in=letter.stages).values("school")
    schools = School.objects.filter(holds(on), pk__in=rooms).order_by("pk")
    if letter.school_id is not None:
        return schools.filter(pk=letter.school_id)
    schools = schools.filter(within_area("area", letter.area_id))
    codes = list(dict.fromkeys(letter.only.split()))
    if not codes:
        return schools
    named = schools.filter(code__in=codes)
    unknown = set(codes) - set(named.values_list("code", flat=True))
    if unknown:
        raise Refusal(
            "school-not-reached",
            "本辖区没有这些学校，或者学段不符：{codes}。请核对学校标识码。没有保存。",
            codes="、".join(sorted(unknown)),
        )
    return named


def check_draft(letter: FamilyLetter) -> None:
    """Refuse to touch what was sent."""
    if letter.sent_on is not None:
        raise Conflict(
            "family-letter-sent", "这封告家长书已经发出，不能再改。要改的，请另发一封更正。没有做任何改动。"
        )


def check_due(letter: FamilyLetter, on: date) -> None:
    """Refuse an answer day that has gone by."""
    if letter.due_on < on:
        raise Refusal(
            "due-before-sent", "回执截止日 {due} 已经过了。请写今天或以后的日期。", due=letter.due_on
        )


def recount(letters: "QuerySet[FamilyLetter]", *, on: date) -> int:
    """Count anew, by rolls and receipts, whom letters ask and who has answered; answers with how many schools changed.

    These two numbers are derived and belong to no deed: they can be made again at any time.
    """
    changed = 0
    for letter in letters.order_by("pk"):
        rows = list(LetterSchool.objects.filter(letter=letter).order_by("pk"))
        counted = by_school(letter, [one.school_id for one in rows], day=on)
        moved = []
        for row in rows:
            tally = counted[row.school_id]
            if (row.asked, row.answered) != (tally.asked, tally.answered):
                row.asked, row.answered = tally.asked, tally.answered
                moved.append(row)
        LetterSchool.objects.bulk_update(moved, ["asked", "answered"], batch_size=500)
        changed += len(moved)
    return changed
