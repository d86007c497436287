"""A letter and one class: the link for the parents, who is still missing, the slips of paper, and what came in."""

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from junheng.domains.familyletters.actions import answering
from junheng.domains.familyletters.models import FamilyLetter, LetterReceipt
from junheng.domains.familyletters.policies import ROOMS, letter_seen, reader_of, room_seen
from junheng.domains.familyletters.queries.codes import code_of
from junheng.domains.familyletters.queries.roll import answered_in, correction_of, missing_in
from junheng.domains.familyletters.terms import Way
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.audit.append import record_table
from junheng.platform.audit.models import Verb
from junheng.platform.registers.asker import Asker, absent, forbidden

SEEN = "班级核对回执签名"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The class of a letter. With ``?all=1`` every slip is ticked, so that only the missing ones are unticked."""
    asker = reader_of(request)
    letter, school_class = letter_seen(asker, pk), room_seen(asker, number)
    answering.check_reached(letter, school_class, asker.day)
    error, refused, status, signed = "", "", 200, False
    if request.method == "POST":
        try:
            if request.POST.get("deed") == "signatures":
                note_reading(asker, letter, school_class)
                signed = True
            else:
                messages.success(request, done(request, asker, letter, school_class))
                return redirect("familyletters:class", pk, number)
        except Refusal as refusal:
            error, refused, status = sentence_of(refusal), refusal.code, refusal.status
    missing = list(missing_in(letter, school_class, day=asker.day))
    receipts = list(answered_in(letter, school_class, day=asker.day))
    path = reverse("familyletters:read", args=[code_of(letter.pk, school_class.pk)])
    link = request.build_absolute_uri(path)
    correction = correction_of(letter)
    context = {
        "letter": letter, "room": school_class, "missing": missing, "receipts": receipts, "link": link, "path": path,
        "qr": picture(link),
        "asked": len(missing) + len(receipts), "all": request.GET.get("all") == "1", "error": error, "signed": signed,
        "phone": sum(one.way == Way.PHONE for one in receipts), "correction": correction, "day": asker.day,
        "open": correction is None and asker.day <= letter.closes_on, "unmasks": asker.may("unmask", ROOMS),
    }  # fmt: skip
    response = render(request, "familyletters/class.html", context, status=status)
    if refused:
        response["X-Refusal"] = refused
    return response


def done(request: HttpRequest, asker: Asker, letter: FamilyLetter, school_class: SchoolClass) -> str:
    """What the class teacher asked for, as it is told afterwards."""
    asked = request.POST.get("deed", "")
    if asked == "paper":
        chosen = [int(one) for one in request.POST.getlist("pupil") if one.isascii() and one.isdigit()]
        count = answering.tick_paper(
            letter, school_class, pupils=chosen, on=asker.day, by=asker.user, at=asker.at, why=answering.SLIPS
        )
        return _("已登记 %(count)s 份纸质回执。") % {"count": count}
    if asked == "back":
        number = request.POST.get("receipt", "")
        if not number.isascii() or not number.isdigit():
            raise absent()
        answering.take_back(
            letter, school_class, receipt=int(number[:18]), on=asker.day, by=asker.user, at=asker.at,
            why=request.POST.get("why", "")[:300],
        )  # fmt: skip
        return _("已撤回，这名学生又在未交名单里。")
    raise Refusal("nothing-asked", "没有选择要办理的事项。没有改动。")


def note_reading(asker: Asker, letter: FamilyLetter, school_class: SchoolClass) -> None:
    """Write down that the signatures of a class were opened."""
    if not asker.may("unmask", ROOMS):
        raise forbidden()
    record_table(
        LetterReceipt, Verb.READ.value, by=asker.user, at=asker.at, why=SEEN,
        after={"letter": letter.pk, "school_class": school_class.pk, "fields": ["signed_by"]},
    )  # fmt: skip


def picture(address: str) -> SafeString:
    """The square code of a link."""
    svg = segno.make_qr(address, error="m").svg_inline(
        border=2, omitsize=True, svgclass=None, lineclass=None, light="#fff"
    )
    return mark_safe(svg)  # noqa: S308 — segno draws squares only
