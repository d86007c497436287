"""What a family sees: the letter of its child's class, and the receipt below it. No list of children is ever shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from junheng.domains.familyletters.actions import answering
from junheng.domains.familyletters.forms import ReceiptForm
from junheng.domains.familyletters.models import FamilyLetter
from junheng.domains.familyletters.queries.codes import code_of, opened
from junheng.domains.familyletters.queries.roll import correction_of
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import Refusal
from junheng.platform.access.address import address_of
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.tries import counted
from junheng.platform.registers.asker import asker_of

MOST_TRIES = 8
"""Wrong names of one address at one link; and wrong links of one address."""
MOST_OF_A_LINK = 60
"""Wrong names at one link from anywhere: who tries a list of names from many phones gets no further."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, code: str) -> HttpResponse:
    """The letter, and the receipt; afterwards that it came in."""
    letter, room = found(request, code)
    day = asker_of(request).day
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    status, refused, told, twice = 422 if form.is_bound else 200, "", None, False
    if form.is_valid():
        try:
            told = pupil_named(request, letter, room, form)
            twice = not answering.sign(
                letter, told, signed_by=form.cleaned_data["signed_by"], on=day, at=timezone.now()
            )
            status = 200
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            told, status, refused = None, refusal.status, refusal.code
    later = correction_of(letter)
    context = {
        "letter": letter, "room": room, "form": form, "told": told.name if told else "", "twice": twice, "day": day,
        "later": code_of(later.pk, room.pk) if later else "", "closed": day > letter.closes_on,
        "ask_birthday": refused == "same-name" or bool(request.POST.get("born_on")),
    }  # fmt: skip
    response = render(request, "familyletters/read.html", context, status=status)
    if refused:
        response["X-Refusal"] = refused
    return response


def found(request: HttpRequest, code: str) -> tuple[FamilyLetter, SchoolClass]:
    """Letter and class of a link; wrong links are counted by address."""
    with counted({f"family-link:{address_of(request)}": MOST_TRIES}, at=timezone.now()):
        return opened(code)


def pupil_named(request: HttpRequest, letter: FamilyLetter, room: SchoolClass, form: ReceiptForm) -> Pupil:
    """The child whose name was typed; wrong names are counted by address and by link."""
    link = f"family-letter:{letter.pk}.{room.pk}"
    limits = {f"{link}:{address_of(request)}": MOST_TRIES, link: MOST_OF_A_LINK}
    with counted(limits, at=timezone.now()):
        return answering.named(
            letter, room, name=form.cleaned_data["name"], born_on=form.cleaned_data["born_on"],
            day=asker_of(request).day,
        )  # fmt: skip
