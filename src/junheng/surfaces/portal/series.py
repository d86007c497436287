"""A figure over the years as it was published and restated: one page, for the public and for people with a login."""

from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.platform.figures.series import Series, series
from junheng.surfaces.portal.asking import question


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a small drawing."""

    label: str
    printed: str
    value: int | Fraction | None


def figure_series(request: HttpRequest, id: str) -> HttpResponse:
    """Both columns, the reasons where they differ, and the units."""
    asked = question(request)
    inside = request.user.is_authenticated
    found = series(id, as_of=asked.as_of, public=not inside)
    context = {
        "base": "ui/base.html" if inside else "ui/public.html",
        "inside": inside,
        "series": found,
        "published": points(found, restated=False),
        "restated": points(found, restated=True),
        "days": [row.day for row in found.rows],
    }
    return render(request, "portal/series.html", context)


def points(found: Series, *, restated: bool) -> list[Point]:
    """One column as a drawing."""
    columns = [(row.day, row.restated if restated else row.published) for row in found.rows]
    return [Point(str(day.year), one.printed, one.value) for day, one in columns if one.value is not None]
