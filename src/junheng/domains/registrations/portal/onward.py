"""The next page of a family's way: in the answer itself where the open page asks for it, else by way of its address."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

PLACE = "main"
"""The part of an open page that is replaced; head, menu and style sheets stay as they are."""


def in_place(request: HttpRequest) -> bool:
    """Whether the page that is open asks for its middle only. Browsers without scripts never do."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and htmx.target == PLACE


def stands_at(response: HttpResponse, number: int, *, before: int | None = None) -> HttpResponse:
    """Have an answer in place known by the address of its step, so that reloading and going back find it."""
    header = "HX-Replace-Url" if number == before else "HX-Push-Url"
    response[header] = reverse("registrations:step", args=[number])
    return response


def elsewhere(request: HttpRequest, way: HttpResponseRedirect) -> HttpResponse:
    """A way to a page of another kind: the whole window goes there."""
    return HttpResponse(status=204, headers={"HX-Redirect": way.url}) if in_place(request) else way
