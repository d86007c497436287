"""Pages to read: all registers, one list, one row, its history."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.kernel.errors import NotFound
from junheng.platform.registers import listing
from junheng.platform.registers.actions import can_retire
from junheng.platform.registers.addresses import address_of
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.chapters import CHAPTERS, registers_by_chapter
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.filters import Box, boxes_of
from junheng.platform.registers.flags import FILTER, SENSITIVE
from junheng.platform.registers.forms import can_begin, editable
from junheng.platform.registers.keys import named
from junheng.platform.registers.known import as_known, read_known
from junheng.platform.registers.onlookers import may_oversee
from junheng.platform.registers.reasons import why_can
from junheng.platform.registers.registry import every_register, register_called
from junheng.platform.registers.search import HIDDEN, LONGEST_TEXT, looked_up_by, unnamed
from junheng.platform.registers.stories import story_of
from junheng.platform.registers.values import cell, is_number

KEPT = "number"
"""The field of the form that keeps a number that was looked up before, while its box is empty."""


def seen(slug: str, asker: Asker) -> Register[Any]:
    """The register at an address, if this person sees anything of it; else it is as if it were not there."""
    register = register_called(slug)
    if not asker.may("view", register):
        raise NotFound("unknown-register", "没有名为「{slug}」的名录。请从目录中选择。", slug=slug)
    return register


def default_day(asker: Asker) -> date:
    """The day a list is of when nobody says: the installation's own day (settings.JUNHENG_AS_OF), else today."""
    return asker.day


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All registers that somebody sees, by chapter."""
    chapters = registers_by_chapter(asker_of(request))
    return render(request, "registers/index.html", {"chapters": chapters})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show_list(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of a register: the whole page for a browser, its results only for htmx.

    What may be an identity number is sent in the body of the request; the address that answers does not carry it.
    """
    asker = asker_of(request)
    register = seen(slug, asker)
    address = nameless_address(register, request)
    part = getattr(request, "htmx", None) and not request.headers.get("HX-Boosted")
    if address and not part:
        return redirect(address)
    if address:
        request.GET = QueryDict(urlsplit(address).query)
    response = list_page(request, register, asker, part=bool(part))
    if address:
        response["HX-Push-Url"] = address
    return response


def nameless_address(register: Register[Any], request: HttpRequest) -> str:
    """The address of the list that was asked for, with nobody's number in it; empty where it was asked for by that."""
    asked = (request.POST if request.method == "POST" else request.GET).copy()
    asked.pop("csrfmiddlewaretoken", None)
    if not asked.get("q", "").strip() and (kept := asked.get(KEPT)):
        asked["q"] = kept
    asked.pop(KEPT, None)
    text = asked.get("q", "").strip()[:LONGEST_TEXT]
    if request.method != "POST" and unnamed(register, text) == text:
        return ""
    if text:
        asked["q"] = unnamed(register, text)
    for name in [name for name, values in asked.lists() if not any(values)]:
        asked.pop(name)
    here = reverse("registers:list", args=[register.slug])
    return f"{here}?{asked.urlencode()}" if asked else here


def list_page(request: HttpRequest, register: Register[Any], asker: Asker, *, part: bool) -> HttpResponse:
    """The page of a list, or its results alone."""
    parameters = request.GET.dict()
    query = listing.read_query(register, parameters, default_day=default_day(asker))
    with as_known(register, query.known, asker=asker):
        context = list_context(request, register, asker, query)
    whole = request.headers.get("HX-History-Restore-Request") or not part
    return render(request, "registers/list.html" if whole else "registers/list.html#results", context)


def list_context(
    request: HttpRequest, register: Register[Any], asker: Asker, query: listing.Query
) -> dict[str, Any]:
    """What the page of a list shows. Nobody writes while looking at what was known on an earlier day."""
    page = listing.page_of(listing.rows_for(register, asker, query), query.page)
    fields = listing.chosen_columns(register, request.GET)
    now = query.known is None
    return {
        "register": register,
        "chapter": CHAPTERS[register.chapter],
        "query": query,
        "dated": bool(register.since or register.until),
        "default_day": default_day(asker),
        "page": page,
        "numbers": page_numbers(page),
        "columns": [column_for(register, field, query, page) for field in fields],
        "lines": [line_for(register, fields, row, query.known) for row in page.rows],
        "choices": [(field.name, register.label_of(field), field in fields) for field in register.fields],
        "chosen": request.GET.getlist(listing.COLUMN),
        "carried": [
            (name, value)
            for name, value in request.GET.items()
            if name not in {listing.COLUMN, "page"} and value
        ],
        "boxes": boxes_for(register, asker, query, page),
        "searched": listing.can_search(register, asker),
        "by_number": bool(looked_up_by(register)),
        "hidden_number": query.text if HIDDEN.fullmatch(query.text) else "",
        "narrowed": bool(query.text or query.filters),
        "can_add": now and asker.may("change", register) and can_begin(register),
        "can_import": now and asker.may("import", register) and bool(editable(register)),
        "can_export": asker.may("export", register),
        "can_clear": now and asker.may("unmask", register) and bool(register.flagged(SENSITIVE)),
    }


def column_for(
    register: Register[Any], field: Any, query: listing.Query, page: listing.Page
) -> dict[str, Any]:
    """One heading of the list: its label, and how a click sorts."""
    direction = {field.name: "ascending", f"-{field.name}": "descending"}.get(query.order, "")
    return {
        "label": register.label_of(field),
        "name": field.name,
        "number": is_number(register, field),
        "sortable": listing.may_sort(register, field, page),
        "direction": direction,
        "next": f"-{field.name}" if direction == "ascending" else field.name,
    }


def line_for(
    register: Register[Any], fields: Iterable[F], row: Any, known: date | None = None
) -> dict[str, Any]:
    """One line of the list: where it leads, and its values."""
    address = address_of(register.slug, row.pk)
    return {
        "address": f"{address}?known={known.isoformat()}" if known else address,
        "cells": [cell(register, field, row) for field in fields],
    }


def boxes_for(register: Register[Any], asker: Asker, query: listing.Query, page: listing.Page) -> list[Box]:
    """The filters, with counts where the list is short enough to count."""
    if page.more:
        return boxes_of(register, query.filters, asker, None)
    scope = asker.within(register.model._default_manager.all(), register, "view")
    opens = listing.opened_rows(register, asker)

    def left(filters: Mapping[str, str]) -> Any:
        if page.count == 0 and filters == query.filters:
            return scope.none()  # the page has found nothing: there is nothing to count
        return listing.narrowed(register, scope, replace(query, filters=filters), opens=opens)

    return boxes_of(register, query.filters, asker, left)


def page_numbers(page: listing.Page) -> list[int | None]:
    """The page numbers to offer, with ``None`` for a gap."""
    wanted = sorted({1, page.last, *range(max(1, page.number - 2), min(page.last, page.number + 2) + 1)})
    numbers: list[int | None] = []
    for number in wanted:
        if numbers and numbers[-1] is not None and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


@login_required
@require_safe
def detail(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """One row: all its values, masked where sensitive, and what leads on from it."""
    asker = asker_of(request)
    register = seen(slug, asker)
    known = read_known(request.GET.get("known", ""))
    with as_known(register, known, asker=asker):
        row = asker.row(register, pk)
        return render_detail(request, register, row, asker, known=known)


def render_detail(
    request: HttpRequest,
    register: Register[Any],
    row: Any,
    asker: Asker,
    *,
    clear: bool = False,
    known: date | None = None,
) -> HttpResponse:
    """The page of a row; ``clear`` shows its sensitive values, once. Of an earlier day it is only to read."""
    if known is not None:
        return render(request, "registers/detail.html", then_context(register, row, asker, known))
    changeable = asker.reaches(row, register, "change")
    context = {
        "register": register,
        "chapter": CHAPTERS[register.chapter],
        "row": row,
        "name": named(row),
        "cells": [cell(register, field, row, clear=clear) for field in register.fields],
        "clear": clear,
        "can_change": changeable and bool(editable(register)),
        "can_retire": changeable and can_retire(register),
        "can_unmask": bool(register.flagged(SENSITIVE)) and asker.reaches(row, register, "unmask"),
        "why_can": why_can(asker, register, row),
        "can_oversee": may_oversee(asker),
        "leads": leads_from(register, row, asker),
    }
    response = render(request, "registers/detail.html", context)
    if clear:
        response["Cache-Control"] = "no-store"
    return response


def then_context(register: Register[Any], row: Any, asker: Asker, known: date) -> dict[str, Any]:
    """A row as it was known on an earlier day: its values, masked, and nothing to do."""
    return {
        "register": register,
        "chapter": CHAPTERS[register.chapter],
        "row": row,
        "name": named(row),
        "cells": [cell(register, field, row) for field in register.fields],
        "why_can": why_can(asker, register, row),
        "known": known,
    }


def leads_from(register: Register[Any], row: Any, asker: Asker) -> list[dict[str, str]]:
    """The lists of other registers whose rows name this one and can be narrowed down to it.

    A register that names it in two ways leads there twice, and each says as what.
    """
    leads = []
    for other in every_register().values():
        if not asker.may("view", other):
            continue
        naming = [
            one for one in other.flagged(FILTER) if other.model_field(one).related_model is register.model
        ]
        leads += [
            {
                "label": other.label if len(naming) == 1 else _("%(list)s（%(as)s）") % {"list": other.label, "as": other.label_of(one.name)},
                "address": f"{reverse('registers:list', args=[other.slug])}?{one.name}={row.pk}",
            }
            for one in naming
        ]  # fmt: skip
    return leads


@login_required
@require_safe
def history(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """Everything that happened to a row: who, when, why, from what to what."""
    asker = asker_of(request)
    register = seen(slug, asker)
    row = asker.row(register, pk)
    context = {
        "register": register,
        "chapter": CHAPTERS[register.chapter],
        "row": row,
        "name": named(row),
        "events": story_of(register, row),
    }
    return render(request, "registers/history.html", context)
