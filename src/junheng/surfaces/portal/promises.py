"""A promise as the public sees it: the sentence, how it is checked, whether it holds; no records."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.platform.figures import queries
from junheng.surfaces.portal.asking import question


def public_promise(request: HttpRequest, id: str) -> HttpResponse:
    """The public proof of one promise; of a sealed one not even how many exceptions there are."""
    asked = question(request)
    state = queries.promise(id, as_of=asked.as_of, size=1).state
    figures = [queries.figure(one, as_of=asked.as_of) for one in state.figures]
    return render(request, "portal/promise.html", {"state": state, "figures": figures})
