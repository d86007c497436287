"""Ways into the house beside the password, and what stands between a right password and the first page.

Access lies below the mechanism of second factors and does not know it: what is above registers itself here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class Way:
    """Another way to log in: the words on its button, and its address, to which a form is sent or a link leads."""

    word: str
    address: str
    sends: bool = True


Entrance = Callable[[HttpRequest, Any, str, str], HttpResponse]
"""Lets somebody in whose password was right: told the request, the user, the backend and where to go then."""
Ways = Callable[[HttpRequest], Iterable[Way]]


@dataclass(slots=True)
class Hall:
    """What the mechanisms above have offered."""

    ways: list[Ways]
    entrance: Entrance | None = None


HALL = Hall(ways=[])


def ways_in(request: HttpRequest) -> list[Way]:
    """The ways beside the password, in the order they were offered."""
    return [way for source in HALL.ways for way in source(request)]
