"""The door for a WSGI server. What every page needs is fetched before the first one is asked for."""

import gc
import logging
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.wsgi import get_wsgi_application

from junheng.project.kept_open import keep_open
from junheng.project.lane import in_front_of

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")
house: Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]] = get_wsgi_application()
SOURCE = Path(__file__).resolve().parents[1]
_entering = threading.Lock()


def warm_up() -> None:
    """Import the pages, read all templates and the words, take the figures of the newest snapshot from the shelf.

    The first to come finds the house as the second does. A database that is away, or nothing frozen yet, is no reason
    not to serve: the pages say it themselves.
    """
    from django.conf import settings  # noqa: PLC0415 — Django is set up first
    from django.db import DatabaseError, InterfaceError, connections  # noqa: PLC0415
    from django.template.loader import get_template  # noqa: PLC0415
    from django.template.utils import get_app_template_dirs  # noqa: PLC0415
    from django.urls import get_resolver  # noqa: PLC0415
    from django.utils import translation  # noqa: PLC0415

    from junheng.kernel.errors import Refusal  # noqa: PLC0415
    from junheng.platform.figures import workshop  # noqa: PLC0415
    from junheng.platform.ui.chrome import CHROME  # noqa: PLC0415
    from junheng.platform.ui.templatetags.ui import menu_of  # noqa: PLC0415

    for one in get_resolver().url_patterns:
        _ = getattr(one, "url_patterns", None)
    with translation.override(settings.LANGUAGE_CODE):
        for folder in get_app_template_dirs("templates"):
            if SOURCE in folder.parents:
                for file in sorted(folder.rglob("*.html")):
                    get_template(str(file.relative_to(folder)))
        menu_of(CHROME.whole())
    try:
        workshop.warm()
        first_page()
    except (DatabaseError, InterfaceError, Refusal) as why:
        logging.getLogger(__name__).warning("Not warmed up: %s", why)
    finally:
        connections.close_all()


def first_page() -> None:
    """Make the working page once, as whoever was given a role first would see it, and throw it away.

    What a first page pays for (compiled questions, formats of days, icons) is paid before anybody waits for it. Nothing
    is written: no session is opened, and the page shows nothing that leaves a trace.
    """
    from django.conf import settings  # noqa: PLC0415 — Django is set up first
    from django.http import HttpRequest  # noqa: PLC0415
    from django.utils import translation  # noqa: PLC0415

    from junheng.platform.access.models import User  # noqa: PLC0415
    from junheng.platform.access.once import fresh_page  # noqa: PLC0415
    from junheng.surfaces.desk.home import workplace  # noqa: PLC0415

    somebody = User.objects.filter(is_active=True, grants__isnull=False).order_by("grants").first()
    if somebody is None:
        return
    request = HttpRequest()
    request.method, request.path = "GET", "/"
    request.META |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.user = somebody
    with translation.override(settings.LANGUAGE_CODE), fresh_page():
        workplace(request)


def come_in() -> str:
    """Be in the house from now on; where another database is being put in place, the sentence that says so."""
    from django.conf import settings  # noqa: PLC0415 — Django is set up first

    from junheng.kernel.errors import Conflict  # noqa: PLC0415
    from junheng.platform.upkeep import door  # noqa: PLC0415

    if door.is_in(settings.JUNHENG_HOME):
        return ""
    with _entering:
        if door.is_in(settings.JUNHENG_HOME):
            return ""
        try:
            door.enter(settings.JUNHENG_HOME)
        except Conflict as closed:
            return str(closed)
        if "PYTEST_VERSION" not in os.environ:
            warm_up()
            # what was loaded by now stays: it need not be looked through again whenever something is thrown away
            gc.collect()
            gc.freeze()
    return ""


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer, or say that the house is closed: nothing is read of a database that is about to be another."""
    if sentence := come_in():
        kind = ("Content-Type", "text/plain; charset=utf-8")
        start_response("503 Service Unavailable", [kind, ("Retry-After", "30")])
        return [sentence.encode()]
    return house(environ, start_response)


if "PYTEST_VERSION" not in os.environ:
    keep_open()
    house = in_front_of(house)
come_in()
