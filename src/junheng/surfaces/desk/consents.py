"""Whose consent is still missing: by class for one purpose, and by name within one class."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.pupils.models import Consent, Pupil
from junheng.domains.pupils.queries import LISTED, consent_age, missing_by_class, without_answer
from junheng.domains.pupils.terms import Purpose
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import nothing_here
from junheng.platform.registers import Register, register_of
from junheng.platform.registers.asker import Asker, absent, asker_of
from junheng.platform.registers.keys import mask, named


@login_required
@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    """The classes within one's scope, the worst first; the names of one class, where there is only one or it is chosen."""
    asker = asker_of(request)
    purpose = purpose_of(request.GET.get("purpose", ""))
    pupils = pupils_of(asker)
    chosen = request.GET.get("class", "")
    if chosen:
        pupils = (
            pupils.filter(school_class=int(chosen))
            if chosen.isascii() and chosen.isdigit() and len(chosen) < 19
            else pupils.none()
        )
        if not pupils.exists():
            raise absent()
    classes, count, total = missing_by_class(pupils, purpose, on=asker.today)
    names = []
    if chosen or len(classes) == 1:
        here = without_answer(pupils, purpose, on=asker.today).order_by("pk")
        names = [(row, named(row), mask(row.code)) for row in here[:LISTED]]
    context = {
        "purposes": Purpose.choices,
        "purpose": purpose,
        "age": consent_age(asker.today),
        "classes": classes,
        "count": count,
        "total": total,
        "chosen": chosen,
        "names": names,
        "can_record": asker.may("change", consent_register()),
    }
    return render(request, "desk/consents.html", context)


def consent_register() -> Register[Any]:
    """The register of answers."""
    found = register_of(Consent)
    assert found is not None
    return found


def pupils_of(asker: Asker) -> "QuerySet[Pupil]":
    """The pupils within the scope of somebody who sees answers; for others the page is not there."""
    register = register_of(Pupil)
    if register is None or not asker.may("view", consent_register()):
        raise nothing_here()
    return asker.within(Pupil.objects.all(), register, "view")


def purpose_of(text: str) -> Purpose:
    """The purpose asked for; the first where none is."""
    try:
        return Purpose(text) if text else Purpose.PHOTO
    except ValueError:
        raise Refusal("bad-purpose", "没有「{text}」这个用途。请重新选择。", text=text[:20]) from None


def sees_consents(request: HttpRequest) -> bool:
    """Whether the menu offers the page."""
    return asker_of(request).may("view", consent_register())
