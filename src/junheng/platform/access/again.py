"""Once more: what a database server gave up because two people were in each other's way is tried again.

A server that finds two transactions waiting for each other ends one of them (a deadlock), and one that promised to read
one state may have to break the promise (a serialization failure). In both cases nothing of the transaction is left, and
the same request usually succeeds a moment later. It is tried again here, in one place, and only where it is sure that
nothing the request did has been kept: a view that had committed something before is not repeated.
"""

import time
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import refusal_response

TIMES = 3
"""How often a request is tried again."""
PAUSE = 0.05
"""Seconds before the first new try; twice as long before the next."""
GAVE_WAY = frozenset({"40001", "40P01"})
"""What a server calls it: serialization_failure, deadlock_detected."""
READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "SHOW", "EXPLAIN")


class Trail:
    """Whether anything that was written in a request is kept already."""

    def __init__(self) -> None:
        self.kept = False
        self.pending = False

    def follow(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Let a statement pass. What is written outside a transaction is kept at once, inside one when it ends well."""
        answer = execute(sql, params, many, context)
        if not self.kept and not sql.lstrip().upper().startswith(READING):
            if not connection.in_atomic_block:
                self.kept = True
            elif not self.pending:
                self.pending = True
                transaction.on_commit(self.keep)
        return answer

    def keep(self) -> None:
        """The transaction ended well: what it wrote stays."""
        self.kept = True


class OnceMoreMiddleware:
    """Tries a request again that gave way to another, before anything was answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, watching what is written."""
        if connection.vendor != "postgresql":
            return self.get_response(request)
        trail = request.trail = Trail()  # type: ignore[attr-defined]
        with connection.execute_wrapper(trail.follow):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer of a later try; None where this is not ours to repeat, or no try succeeded."""
        for number in range(TIMES):
            if not gave_way(exception) or not may_repeat(request):
                return None
            time.sleep(PAUSE * 2**number)
            try:
                return ask_again(request)
            except Refusal as refusal:
                return refusal_response(request, refusal)
            except DatabaseError as again:
                exception = again
        return None


def gave_way(exception: BaseException) -> bool:
    """Whether a server ended the transaction because of another one."""
    return isinstance(exception, DatabaseError) and getattr(exception.__cause__, "sqlstate", "") in GAVE_WAY


def may_repeat(request: HttpRequest) -> bool:
    """Whether nothing was kept so far, and what was sent can be read once more."""
    trail = getattr(request, "trail", None)
    if trail is None or trail.kept or connection.in_atomic_block:
        return False
    trail.pending = False  # the transaction is gone, and with it the promise to tell us of its end
    streamed = getattr(request, "_read_started", False)
    return not streamed or hasattr(request, "_body") or hasattr(request, "_post")


def ask_again(request: HttpRequest) -> HttpResponse:
    """Call the view a second time, with the files that were sent wound back to their beginning."""
    for name in request.FILES:
        for file in request.FILES.getlist(name):
            file.seek(0)
    match = request.resolver_match
    assert match is not None
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer.render() if isinstance(answer, SimpleTemplateResponse) else answer
