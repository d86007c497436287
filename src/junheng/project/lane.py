"""What stands in front of Django in a process that serves: the fast lane for sendings, and a limit on pages at once.

Requests that wait for a common commit cost nothing but a thread, so a process has many; pages cost a core, and more of
them at once than cores make every one of them late.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings

SHOWN = 1.0
"""Seconds for which a page may show a plan that was revised meanwhile; a sending is compared with the plan itself."""
PAGES = 8
"""Pages that one process makes at once."""

House = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def made(house: House, environ: dict[str, Any], said: list[tuple[Any, ...]]) -> Iterable[bytes]:
    """Have a page made in one of the few threads that make pages: each keeps a connection to the database open.

    What is sent in pieces (files, exports) is handed out as it is; whoever sends it asks for the pieces.
    """
    response: Any = house(environ, lambda *words: said.append(words))
    if getattr(response, "streaming", False) or not hasattr(response, "close"):
        return response  # type: ignore[no-any-return]
    try:
        return list(response)
    finally:
        response.close()


def in_front_of(house: House) -> House:
    """The house with its fast lane."""
    from junheng.domains.registrations.actions.gathering import GATHERER, Gatherer  # noqa: PLC0415 — Django is set up first
    from junheng.domains.registrations.actions.writing import write_all  # noqa: PLC0415
    from junheng.domains.registrations.portal.lane import SEND, lane  # noqa: PLC0415
    from junheng.domains.registrations.queries.sheets import FRESH  # noqa: PLC0415
    from junheng.project.kept_open import close_replaced  # noqa: PLC0415

    def written(things: list[Any]) -> list[Any]:
        close_replaced()  # the thread that writes begins no request that would ask
        return write_all(things)

    FRESH[:] = [SHOWN]
    home = Path(settings.JUNHENG_HOME)
    home.mkdir(parents=True, exist_ok=True)
    GATHERER[:] = [Gatherer(written, home / "registrations.lock")]
    rooms = ThreadPoolExecutor(PAGES, thread_name_prefix="page")

    def page(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        said: list[tuple[Any, ...]] = []
        content = rooms.submit(made, house, environ, said).result()
        start(*said[-1])
        return content

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == SEND and environ["REQUEST_METHOD"] == "POST":
            return lane(environ, start, page)
        return page(environ, start)

    return answer
