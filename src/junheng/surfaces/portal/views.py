"""The front page of the public side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.platform.figures import queries
from junheng.surfaces.portal.articles import latest
from junheng.surfaces.portal.chapters import CHAPTERS
from junheng.surfaces.portal.figures import withheld

SHOWN = (
    "kg-public-share",
    "kg-coverage",
    "schools-done-82",
    "afterclass-322600",
    "waters-174",
    "entrants-92000",
)


def front(request: HttpRequest) -> HttpResponse:
    """The last report, a few figures that everybody asks for, and the chapters."""
    known = {figure.id: figure for figure in queries.figures()} if queries.current() else {}
    return render(
        request,
        "portal/front.html",
        {
            "article": latest(),
            "figures": [known[one] for one in SHOWN if one in known and not withheld(known[one])],
            "chapters": CHAPTERS.values(),
        },
    )
