"""One box for everything: rows of registers within the scope, figures, promises, and the registers themselves."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from junheng.kernel.values.identity import conceal, number_in
from junheng.platform.figures import queries
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import asker_of
from junheng.platform.searching.find import find, words_of
from junheng.surfaces.portal.asking import question

LISTED = 12
"""Figures and promises that one answer names."""


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """What carries the words in its name, by kind; for htmx the answer alone, so that it follows the typing."""
    asked = question(request).q.strip()
    if number_in(asked):
        return without_number(request, asked)
    words = words_of(asked)
    asker = asker_of(request)
    found = find(asked, asker)
    readable = [one for one in every_register().values() if asker.may("view", one)]
    figures = carrying(words, queries.figures() if words and queries.current() else (), "title", "printed")
    promises = carrying(words, queries.promises() if words and queries.current() else (), "title", "sentence")
    registers = carrying(words, readable, "label")
    context = {
        "words": asked,
        "groups": found.groups,
        "guessed": found.guessed,
        "figures": figures,
        "promises": promises,
        "registers": registers,
        "nothing": bool(words) and not (found.groups or figures or promises or registers),
    }
    part = request.htmx and not request.headers.get("HX-Boosted")  # type: ignore[attr-defined]
    return render(request, "desk/search.html#found" if part else "desk/search.html", context)


def without_number(request: HttpRequest, asked: str) -> HttpResponse:
    """Go on without an identity number: it finds nobody here, and must not stay in an address."""
    address = f"{reverse('desk:search')}?{urlencode({'q': conceal(asked)})}"
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)  # type: ignore[attr-defined]


def carrying(words: Sequence[str], things: Iterable[Any], *names: str) -> list[Any]:
    """The things in whose words, taken together, every word of the question stands."""
    if not words:
        return []
    return [
        one
        for one in things
        if all(word in " ".join(str(getattr(one, name)) for name in names).lower() for word in words)
    ][:LISTED]
