"""The whole city on one page: key figures, a map of its units by a chosen figure, and the same as bars."""

from collections.abc import Sequence
from fractions import Fraction

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.kernel.errors import NotFound
from junheng.platform.figures import queries
from junheng.platform.figures.answers import CountyCell
from junheng.surfaces.desk.tiles import HALF_WIDTH, RADIUS, ROW, legend, outline, tiles
from junheng.surfaces.portal.asking import question
from junheng.surfaces.portal.trends import trend

KEY_FIGURES = (
    "kg-public-share",
    "kg-coverage",
    "kg-inclusive-share-rising",
    "schools-done-rate",
    "afterclass-322600",
    "home-visits-153600",
    "aid-170000",
    "waters-174",
)
ON_THE_MAP = (
    "kg-public-share",
    "kg-coverage",
    "kg-inclusive-434",
    "kg-public-70",
    "schools-done-82",
    "weak-255",
    "afterclass-322600",
    "psy-members-20600",
    "home-visits-153600",
    "waters-174",
    "unlicensed-198",
    "aid-170000",
    "entrants-92000",
    "migrants-4544",
)


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Key figures as cards, then one of them over the eleven units: as a map, as bars, as numbers."""
    asked = question(request)
    shown = {*KEY_FIGURES, *ON_THE_MAP}
    known = {one.id: one for one in queries.figures(as_of=asked.as_of, window=asked.window, only=shown)}
    choices = [known[one] for one in ON_THE_MAP if one in known]
    wanted = request.GET.get("figure") or choices[0].id
    chosen = next((figure for figure in choices if figure.id == wanted), None)
    if chosen is None:
        raise NotFound("not-on-the-map", "这项数据不能按县（市、区）展示。请在“全市概览”的列表中选择一项。")
    cells = queries.by_county(chosen.id, as_of=asked.as_of, window=asked.window)
    context = {
        "asked": asked,
        "cards": [(known[one], trend(known[one])) for one in KEY_FIGURES if one in known],
        "choices": choices,
        "chosen": chosen,
        "tiles": tiles(cells),
        "legend": legend(cells),
        "outline": outline(),
        "map_width": 9 * HALF_WIDTH + 8,
        "map_height": 2 * RADIUS + 2 * ROW + 8,
        "cells": sorted(cells, key=lambda cell: (cell.value is None, -(Fraction(cell.value or 0)))),
        "largest": largest(cells),
    }
    return render(request, "desk/overview.html#units" if request.htmx else "desk/overview.html", context)  # type: ignore[attr-defined]


def largest(cells: Sequence[CountyCell]) -> Fraction:
    """What a full bar stands for: one for shares, the largest unit for everything else."""
    if any(cell.denominator for cell in cells):
        return Fraction(1)
    return max(
        (Fraction(cell.value) for cell in cells if cell.value is not None), default=Fraction(1)
    ) or Fraction(1)
