"""What stands in front of Django in a process that serves: fast lanes for families and phones, and a limit on pages at once.

Requests that wait for a common commit cost nothing but a thread, so a process has many; pages cost a core, and more of
them at once than cores make every one of them late.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings

from junheng.kernel.call_stack import with_room

SHOWN = 1.0
"""Seconds for which a page may show a plan that was revised meanwhile; a sending is compared with the plan itself."""
PAGES = 8
"""Pages that one process makes at once."""

House = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Lane = Callable[[dict[str, Any], Callable[..., Any], House], Iterable[bytes]]


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
    """The house with its fast lanes: by address what answers a POST before Django."""
    lanes = open_lanes(Path(settings.JUNHENG_HOME))
    rooms = ThreadPoolExecutor(PAGES, thread_name_prefix="page")

    def page(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        said: list[tuple[Any, ...]] = []
        content = rooms.submit(with_room, made, house, environ, said).result()
        start(*said[-1])
        return content

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        lane = lanes.get(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "POST" else None
        return page(environ, start) if lane is None else lane(environ, start, page)

    return answer


def open_lanes(home: Path) -> dict[str, Lane]:
    """The lanes by their addresses, each with the thread that writes for it."""
    from junheng.domains.fieldwork.actions import together  # noqa: PLC0415 — Django is set up first
    from junheng.domains.fieldwork.api import lane as phones  # noqa: PLC0415
    from junheng.domains.registrations.actions import writing  # noqa: PLC0415
    from junheng.domains.registrations.portal import lane as families  # noqa: PLC0415
    from junheng.domains.registrations.queries.faults import busy  # noqa: PLC0415
    from junheng.domains.registrations.queries.sheets import FRESH  # noqa: PLC0415
    from junheng.platform.gathering import Gatherer  # noqa: PLC0415

    FRESH[:] = [SHOWN]
    home.mkdir(parents=True, exist_ok=True)
    writing.GATHERER[:] = [Gatherer(looked_at(writing.write_all), home / "registrations.lock", busy=busy)]
    together.GATHERER[:] = [
        Gatherer(
            looked_at(together.keep_letters),
            home / "fieldwork.lock",
            busy=together.busy,
            largest=together.LARGEST,
        )
    ]
    return {families.SEND: families.lane, phones.SYNC: phones.lane}


def looked_at(write: Callable[[list[Any]], Any]) -> Callable[[list[Any]], Any]:
    """A way of writing that looks first whether the embedded database is still the file of its name.

    The thread that writes begins no request that would ask.
    """
    from junheng.project.kept_open import close_replaced  # noqa: PLC0415 — Django is set up first

    def written(things: list[Any]) -> Any:
        close_replaced()
        return write(things)

    return written
