"""Asking about works that are alike: within a scheme and with earlier ones. A question, answered by who reviews."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import WORKS
from junheng.domains.areas.policies import check_may
from junheng.domains.schemes.models import SchemeApplication, SchemeCriterion
from junheng.domains.schemes.terms import WRITABLE
from junheng.domains.works.actions.attaching import marks_in
from junheng.domains.works.models import Attachment, Likeness
from junheng.domains.works.queries.files import words_of
from junheng.domains.works.terms import JUDGED, Alike, Asked, Form
from junheng.kernel.errors import Conflict
from junheng.kernel.passages import covered, marks_of, shared
from junheng.kernel.pictures import apart
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row

FLAT = frozenset({"0" * 16, "f" * 16})
"""Fingerprints of pictures without any change from left to right: alike by nature, so nobody is asked."""


def ask_about(application: SchemeApplication, *, by: Any, at: datetime, why: str) -> list[Likeness]:
    """Compare what is judged of an application with what others handed in before; ask once about each pair."""
    today = timezone.localdate(at)
    found = []
    for one in Attachment.objects.filter(application=application, purpose__in=JUDGED).order_by("number"):
        earlier = others(one)
        asked = set(Likeness.objects.filter(one=one).values_list("other", flat=True))
        for alike in (
            *the_same(one, earlier),
            *worded_alike(one, earlier, on=today),
            *drawn_alike(one, earlier, on=today),
        ):
            if alike.other_id in asked:
                continue
            asked.add(alike.other_id)
            alike.one, alike.area_id, alike.found_on = one, one.area_id, today
            save_row(alike, by=by, at=at, why=why, verb=Verb.DEED.value)
            found.append(alike)
    return found


def others(one: Attachment) -> list[Attachment]:
    """Works of the same form that other applications handed in, this year or before; drafts are nobody's business."""
    rows = Attachment.objects.filter(form=one.form, purpose__in=JUDGED).exclude(seal="")
    rows = rows.exclude(application=one.application_id).exclude(application__stage__in=WRITABLE)
    return list(rows.order_by("pk"))


def the_same(one: Attachment, earlier: list[Attachment]) -> Iterator[Likeness]:
    """The very same file."""
    for other in earlier:
        if other.digest == one.digest:
            yield Likeness(other=other, alike=Alike.SAME, share=1_000, letters=one.letters)


def worded_alike(one: Attachment, earlier: list[Attachment], *, on: date) -> Iterator[Likeness]:
    """Essays with a passage in common; what the scheme itself says, everybody may repeat."""
    if one.form != Form.TEXT:
        return
    least, mine = WORKS.passage_least.on(on).value, marks_in(one.marks) - given_words(one.application)
    words = words_of(one)
    for other in earlier:
        if other.digest == one.digest or mine.isdisjoint(marks_in(other.marks)):
            continue
        passages = shared(words, words_of(other), least=least)
        if passages:
            longest = max(each.letters for each in passages)
            yield Likeness(other=other, alike=Alike.WORDS, letters=longest, share=covered(passages, words))


def given_words(application: SchemeApplication) -> frozenset[int]:
    """The marks of what the scheme says: its title and its criteria."""
    scheme = application.scheme
    criteria = (
        SchemeCriterion.objects.filter(scheme=scheme).order_by("number").values_list("words", flat=True)
    )
    return frozenset(mark for text in (scheme.title, *criteria) for mark in marks_of(text))


def drawn_alike(one: Attachment, earlier: list[Attachment], *, on: date) -> Iterator[Likeness]:
    """Pictures that look alike."""
    if not one.shape or one.shape in FLAT:
        return
    most = WORKS.near_signs.on(on).value
    for other in earlier:
        if other.digest == one.digest or not other.shape or other.shape in FLAT:
            continue
        if (signs := apart(one.shape, other.shape)) <= most:
            yield Likeness(other=other, alike=Alike.PICTURE, signs=signs)


@transaction.atomic
def answer(likeness: Likeness, *, words: str, by: Any, at: datetime, why: str) -> Likeness:
    """Write down what a reviewer found about two works that are alike. It changes nothing else by itself."""
    likeness = Likeness.objects.select_for_update(of=("self",)).get(pk=likeness.pk)
    check_may(_("核对相似疑问"), likeness, by=by, at=at)
    if likeness.state != Asked.OPEN:
        raise Conflict("likeness-answered", "这个相似疑问已由他人核对。没有改动。")
    likeness.state, likeness.answer = Asked.TOLD, words.strip()
    likeness.answered_by, likeness.answered_on = name_of(by), timezone.localdate(at)
    save_row(likeness, by=by, at=at, why=why, verb=Verb.DEED.value)
    return likeness
