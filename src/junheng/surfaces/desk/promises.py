"""The wall of promises, and the page of one: its sentence, its rule, and what stands against it."""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.platform.figures import queries
from junheng.platform.registers.asker import asker_of
from junheng.surfaces.portal.asking import question
from junheng.surfaces.portal.chapters import CHAPTERS
from junheng.surfaces.portal.promises import public_promise

PAGE = 20


@login_required
def promises(request: HttpRequest) -> HttpResponse:
    """Every promise, the broken ones first; ``state`` and ``chapter`` in the address narrow them."""
    asked = question(request)
    every = queries.promises(as_of=asked.as_of)
    state = request.GET.get("state", "")
    shown = [
        one
        for one in every
        if (not asked.chapter or one.chapter == asked.chapter)
        and (state not in {"broken", "kept"} or one.holds == (state == "kept"))
    ]
    counts = Counter(one.holds for one in every)
    return render(
        request,
        "desk/promises.html",
        {
            "asked": asked,
            "state": state,
            "shown": sorted(shown, key=lambda one: one.holds),
            "kept": counts[True],
            "broken": counts[False],
            "chapters": CHAPTERS.values(),
        },
    )


def promise(request: HttpRequest, id: str) -> HttpResponse:
    """One promise with each counter-example: name, owner, since when, and a way to the record; none for the public."""
    if not request.user.is_authenticated:
        return public_promise(request, id)
    asked = question(request)
    page = queries.promise(id, as_of=asked.as_of, page=asked.page, size=PAGE, viewer=asker_of(request))
    figures = [queries.figure(one, as_of=asked.as_of) for one in page.state.figures]
    context = {"asked": asked, "page": page, "state": page.state, "figures": figures}
    name = "desk/promise.html#records" if request.htmx else "desk/promise.html"  # type: ignore[attr-defined]
    return render(request, name, context)
