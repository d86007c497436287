"""The first page: what is due today, for whoever has logged in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from junheng.platform.access.scope import grants_of
from junheng.platform.changes.queries import count_for
from junheng.platform.figures import queries
from junheng.platform.figures.answers import FigureAnswer
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.todo import todo_of
from junheng.surfaces.desk.due import due_today
from junheng.surfaces.desk.overview import KEY_FIGURES
from junheng.surfaces.desk.places import area_name
from junheng.surfaces.field.offering import goes_out
from junheng.surfaces.portal.articles import latest
from junheng.surfaces.portal.chapters import CHAPTERS
from junheng.surfaces.portal.views import front

SHOWN = 6
"""How many broken promises, figures and registers the first page names; their own pages name all."""


def home(request: HttpRequest) -> HttpResponse:
    """The front of the house: the public page for strangers, the working page for people with a login."""
    return workplace(request) if request.user.is_authenticated else front(request)


@login_required
def workplace(request: HttpRequest) -> HttpResponse:
    """Broken promises with name and date, one's own registers, the last report, the day of the data."""
    asker = asker_of(request)
    grants = grants_of(request.user, on=asker.today)
    due, kept = due_today(asker, [grant.area for grant in grants]) if queries.current() else ([], 0)
    news, news_more = count_for(asker)
    own = [one for one in every_register().values() if asker.may("view", one)]
    return render(
        request,
        "desk/home.html",
        {
            "now": timezone.localtime(asker.at),
            "own_day": asker.day if asker.day != asker.today else None,
            "places": [(grant.get_role_display(), area_name(grant.area)) for grant in grants],
            "waiting": todo_of(asker),
            "due": due[:SHOWN],
            "due_count": len(due),
            "kept_count": kept,
            "figures": key_figures(),
            "own": sorted(own, key=lambda one: not asker.may("change", one))[:SHOWN],
            "own_count": len(own),
            "chapters": CHAPTERS.values(),
            "article": latest(),
            "field": goes_out(request),
            "news": news,
            "news_more": news_more,
        },
    )


def key_figures() -> list[FigureAnswer]:
    """The figures by which everybody knows the city, as far as they were computed."""
    if queries.current() is None:
        return []
    known = {figure.id: figure for figure in queries.figures(only=KEY_FIGURES[:SHOWN])}
    return [known[one] for one in KEY_FIGURES[:SHOWN] if one in known]
