"""Asked once a page: what the parts of a page ask again and again is read from the database once.

A page that only reads sees one state of the house, and what it has read is forgotten with it: nothing is kept from one
request to the next, or from one person to another. A request that may write remembers nothing, for what it reads
afterwards may be what it wrote.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
R = TypeVar("R")
READING = frozenset({"GET", "HEAD"})
NOT_YET = object()
_PAGE: ContextVar[dict[Any, Any] | None] = ContextVar("page", default=None)


def once_a_page(question: Callable[P, R]) -> Callable[P, R]:
    """Remember the answers of a question for the page that is being made; beside a page it is asked every time.

    What it is told must be fit to be a key, and nobody may change what it answers.
    """

    @wraps(question)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        page = _PAGE.get()
        if page is None:
            return question(*args, **kwargs)
        key = (question, args, tuple(kwargs.items()))
        found: Any = page.get(key, NOT_YET)
        if found is NOT_YET:
            found = page[key] = question(*args, **kwargs)
        answer: R = found
        return answer

    return asked


@contextmanager
def fresh_page(*, remembers: bool = True) -> Iterator[None]:
    """Begin with nothing remembered, and forget it all at the end; ``remembers=False``: ask every time within."""
    token = _PAGE.set({} if remembers else None)
    try:
        yield
    finally:
        _PAGE.reset(token)


class OnceAPageMiddleware:
    """Remembers for as long as a page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with fresh_page(remembers=request.method in READING):
            return self.get_response(request)
