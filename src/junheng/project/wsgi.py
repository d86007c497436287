"""The door for a WSGI server. What every page needs is fetched before the first one is asked for."""

import logging
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")
application = get_wsgi_application()

FIRST_PAGES = ("ui/login.html", "desk/home.html", "desk/overview.html", "registers/list.html", "registers/detail.html")  # fmt: skip


def warm_up() -> None:
    """Import the pages, read their templates, take the figures of the newest snapshot from the shelf.

    A database that is away, or nothing frozen yet, is no reason not to serve: the pages say it themselves.
    """
    from django.db import DatabaseError, InterfaceError, connections  # noqa: PLC0415 — Django is set up first
    from django.template.loader import get_template  # noqa: PLC0415
    from django.urls import get_resolver  # noqa: PLC0415

    from junheng.kernel.errors import Refusal  # noqa: PLC0415
    from junheng.platform.figures import workshop  # noqa: PLC0415

    for one in get_resolver().url_patterns:
        _ = getattr(one, "url_patterns", None)
    for name in FIRST_PAGES:
        get_template(name)
    try:
        workshop.warm()
    except (DatabaseError, InterfaceError, Refusal) as why:
        logging.getLogger(__name__).warning("Not warmed up: %s", why)
    finally:
        connections.close_all()


if "PYTEST_VERSION" not in os.environ:
    warm_up()
