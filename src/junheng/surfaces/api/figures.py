"""Figures and promises for programs: what the public may know, in the shape of the command line's JSON."""

from collections.abc import Set
from typing import Any

from django.http import HttpRequest, HttpResponse

from junheng.kernel.errors import Refusal
from junheng.platform.figures import queries, workshop
from junheng.platform.figures.answers import FigureAnswer, PromiseState
from junheng.platform.registers.asker import Asker
from junheng.surfaces.api.door import door, parameters, tagged
from junheng.surfaces.cli.commands.figures import figure_json
from junheng.surfaces.cli.output import as_json
from junheng.surfaces.portal.asking import Question, question
from junheng.surfaces.portal.figures import withheld

MOMENT = frozenset({"as_of", "first", "last"})
HIDDEN = ("value", "fen", "numerator", "denominator", "holds", "rows", "address")
"""What tells a number that may not be told. The address is a digest over the rows, not over the number: hidden too,
because it changes with them."""


def asked_of(request: HttpRequest, names: Set[str]) -> Question:
    """The question of an address; a parameter that means nothing there is refused, not ignored."""
    if unknown := sorted(set(parameters(request)) - names):
        raise Refusal("bad-filter", "这里不能按「{name}」查询。请去掉这个条件后重试。", name=unknown[0][:40])
    return question(request)


@door("GET", "HEAD")
def figures(request: HttpRequest, _asker: Asker) -> HttpResponse:
    """All figures of a moment, or those of a chapter."""
    asked = asked_of(request, MOMENT | {"chapter"})
    found = queries.figures(as_of=asked.as_of, window=asked.window, chapter=asked.chapter or None)
    return tagged(request, {"figures": [public_figure(one) for one in found]})


@door("GET", "HEAD")
def figure(request: HttpRequest, _asker: Asker, id: str) -> HttpResponse:
    """One figure with its part in each county-level unit."""
    asked = asked_of(request, MOMENT | {"reading"})
    found = queries.figure(id, as_of=asked.as_of, window=asked.window, reading=asked.reading or None)
    hidden = is_small(found)
    cells = () if hidden else queries.by_county(id, as_of=asked.as_of, window=asked.window, public=True)
    return tagged(request, public_figure(found) | {"by_county": [cell_json(cell) for cell in cells]})


@door("GET", "HEAD")
def trace(request: HttpRequest, _asker: Asker, id: str) -> HttpResponse:
    """What a figure stands on, and its records where their register is public."""
    asked = asked_of(request, MOMENT | {"reading", "page", "area"})
    found = queries.trace(
        id,
        as_of=asked.as_of,
        window=asked.window,
        reading=asked.reading or None,
        page=asked.page,
        area=asked.area,
    )
    hidden = is_small(found.figure)
    return tagged(
        request,
        {
            "figure": public_figure(found.figure),
            "why": found.why,
            "definition": found.definition,
            "author": found.author,
            "checker": found.checker,
            "rules": as_json(found.rules),
            "sql": found.sql,
            "snapshot": found.figure.snapshot,
            "rows": None if hidden or found.figure.sensitive else found.rows,
            "register": found.register,
            "page": found.page,
            "pages": found.pages,
            "records": [] if hidden or found.figure.sensitive else as_json(found.records),
        },
    )


@door("GET", "HEAD")
def promises(request: HttpRequest, _asker: Asker) -> HttpResponse:
    """All promises, or those of a chapter: which hold, and what may be said."""
    asked = asked_of(request, {"as_of", "chapter"})
    states = queries.promises(as_of=asked.as_of, chapter=asked.chapter or None)
    return tagged(request, {"promises": [public_promise(one) for one in states]})


@door("GET", "HEAD")
def promise(request: HttpRequest, _asker: Asker, id: str) -> HttpResponse:
    """One promise."""
    asked = asked_of(request, {"as_of"})
    return tagged(request, public_promise(queries.promise(id, as_of=asked.as_of, size=1).state))


def is_small(found: FigureAnswer) -> bool:
    """Whether so few people are counted, or counted among, that they could be known."""
    if not found.sensitive:
        return False
    least = int(workshop.rulebook()["duties.small_count"].on(found.as_of).value)
    return withheld(found) or any(
        number is not None and 0 < number < least for number in (found.numerator, found.denominator)
    )


def public_figure(found: FigureAnswer) -> dict[str, Any]:
    """A figure as the public may know it: one that counts few people is withheld, and says so."""
    told = figure_json(found)
    hidden = is_small(found)
    if hidden:
        told |= {name: None for name in HIDDEN if name in told} | {"printed": ""}
    elif found.sensitive:
        told["rows"] = None
    return told | {"withheld": hidden}


def cell_json(cell: Any) -> dict[str, Any]:
    """One county-level unit's part; nothing of it where it is withheld."""
    told: dict[str, Any] = as_json(cell)
    return told | {"numerator": None, "denominator": None} if cell.withheld else told


def public_promise(state: PromiseState) -> dict[str, Any]:
    """A promise as the public may know it: of a sealed one never how many stand against it."""
    told: dict[str, Any] = as_json(state)
    return told | {"exceptions": None, "among": None, "since": None} if state.sealed else told
