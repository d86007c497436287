"""The figures of the year, and the page on which one of them proves itself."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.platform.figures import queries
from junheng.platform.registers.asker import asker_of
from junheng.surfaces.desk.overview import largest
from junheng.surfaces.desk.places import area_name
from junheng.surfaces.portal.asking import question
from junheng.surfaces.portal.chapters import CHAPTERS
from junheng.surfaces.portal.figures import public_figure
from junheng.surfaces.portal.trends import trend

PAGE = 20


@login_required
def figures(request: HttpRequest) -> HttpResponse:
    """All figures by chapter, narrowed by words, chapter, day and window."""
    asked = question(request)
    found = [
        figure
        for figure in queries.figures(as_of=asked.as_of, window=asked.window, chapter=asked.chapter or None)
        if not asked.q or asked.q.lower() in f"{figure.title} {figure.printed} {figure.id}".lower()
    ]
    groups = [
        (chapter, inside)
        for chapter in CHAPTERS.values()
        if (inside := [figure for figure in found if figure.chapter == chapter.code])
    ]
    rest = [figure for figure in found if figure.chapter not in CHAPTERS]
    context = {"asked": asked, "groups": groups, "rest": rest, "count": len(found)}
    name = "desk/figures.html#results" if request.htmx else "desk/figures.html"  # type: ignore[attr-defined]
    return render(request, name, context)


def figure(request: HttpRequest, id: str) -> HttpResponse:
    """One figure and its proof: with records for people with a login, without them for the public."""
    if not request.user.is_authenticated:
        return public_figure(request, id)
    asked = question(request)
    trace = queries.trace(
        id,
        as_of=asked.as_of,
        window=asked.window,
        reading=asked.reading or None,
        page=asked.page,
        size=PAGE,
        area=asked.area,
        viewer=asker_of(request),
    )
    cells = queries.by_county(id, as_of=asked.as_of, window=asked.window)
    context = {
        "asked": asked,
        "area": area_name(asked.area) if asked.area else "",
        "trace": trace,
        "figure": trace.figure,
        "cells": cells,
        "largest": largest(cells),
        "series": trend(trace.figure),
    }
    return render(request, "desk/figure.html#records" if request.htmx else "desk/figure.html", context)  # type: ignore[attr-defined]
