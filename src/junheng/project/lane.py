"""What stands in front of Django in a process that serves: the fast lane for sendings, and a limit on pages at once.

Requests that wait for a common commit cost nothing but a thread, so a process has many; pages cost a core, and more of
them at once than cores make every one of them late.
"""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

SHOWN = 1.0
"""Seconds for which a page may show a plan that was revised meanwhile; a sending is compared with the plan itself."""
PAGES = 8
"""Pages that one process makes at once."""

House = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


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
    pages = threading.BoundedSemaphore(PAGES)

    def page(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        with pages:
            return house(environ, start)

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == SEND and environ["REQUEST_METHOD"] == "POST":
            return lane(environ, start, page)
        return page(environ, start)

    return answer
