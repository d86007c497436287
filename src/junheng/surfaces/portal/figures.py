"""Figures as the public sees them: definition, rules and units, but no records and no small numbers of people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.platform.figures import queries, workshop
from junheng.platform.figures.answers import FigureAnswer
from junheng.surfaces.portal.asking import question
from junheng.surfaces.portal.chapters import CHAPTERS
from junheng.surfaces.portal.trends import trend


def public_figures(request: HttpRequest) -> HttpResponse:
    """All figures that may be published, by chapter."""
    found = [figure for figure in queries.figures() if not withheld(figure)]
    groups = [
        (chapter, inside)
        for chapter in CHAPTERS.values()
        if (inside := [figure for figure in found if figure.chapter == chapter.code])
    ]
    return render(request, "portal/figures.html", {"groups": groups, "count": len(found)})


def public_figure(request: HttpRequest, id: str) -> HttpResponse:
    """The public proof of one figure."""
    asked = question(request)
    trace = queries.trace(id, as_of=asked.as_of, window=asked.window, size=1)
    figure = trace.figure
    hidden = withheld(figure)
    return render(
        request,
        "portal/figure.html",
        {
            "figure": figure,
            "trace": trace,
            "withheld": hidden,
            "cells": ()
            if hidden
            else queries.by_county(id, as_of=asked.as_of, window=asked.window, public=True),
            "series": [] if hidden else trend(figure),
        },
    )


def withheld(figure: FigureAnswer) -> bool:
    """Whether so few people are counted that they could be known."""
    if not figure.sensitive or not isinstance(figure.value, int):
        return False
    least = int(workshop.rulebook()["duties.small_count"].on(figure.as_of).value)
    return 0 < figure.value < least
