"""One box for everything: figures, promises, registers, and rows of registers within the scope."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from junheng.platform.access.scope import may
from junheng.platform.figures import queries
from junheng.platform.registers import every_register
from junheng.surfaces.portal.asking import question


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """What carries the words in its title; rows are found inside their register, to which the page leads."""
    words = question(request).q.lower()
    today = timezone.localdate()
    readable = [one for one in every_register().values() if may(request.user, one, "view", on=today)]
    context = {
        "words": words,
        "figures": [one for one in queries.figures() if words in f"{one.title} {one.printed}".lower()]
        if words
        else [],
        "promises": [one for one in queries.promises() if words in f"{one.title} {one.sentence}".lower()]
        if words
        else [],
        "registers": [one for one in readable if words in one.label.lower()] if words else [],
        "readable": readable,
    }
    return render(request, "desk/search.html", context)
