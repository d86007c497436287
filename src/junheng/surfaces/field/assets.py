"""What the app consists of: files that a phone keeps to open without a network, and the digest that names their edition."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from junheng.surfaces.field.icons import SIDES, icon_png
from junheng.surfaces.field.words import spoken

HERE = Path(__file__).resolve().parent
WORKER = HERE / "templates" / "field" / "sw.js"
SHEETS = ("ui/tokens.css", "ui/base.css", "ui/layout.css", "ui/components.css", "field/field.css")
DRAWN = ("ui/seal.svg",)
BORROWED = ("placements/proof.js",)
"""Modules of other rooms that ours import: SHA-256 for phones that give none to pages without https."""
ICONS = (
    "arrow-down-tray",
    "arrow-path",
    "arrow-right-start-on-rectangle",
    "camera",
    "check",
    "check-circle",
    "clock",
    "exclamation-circle",
    "exclamation-triangle",
    "language",
    "map-pin",
    "x-mark",
)


@lru_cache(maxsize=1)
def modules() -> tuple[str, ...]:
    """The app's own scripts, by name."""
    folder = HERE / "static"
    return tuple(sorted(str(one.relative_to(folder)) for one in folder.rglob("*.js")))


@lru_cache(maxsize=1)
def parts() -> tuple[str, ...]:
    """Addresses of all that the app needs beside its page."""
    files = (*SHEETS, *DRAWN, *modules(), *BORROWED)
    return (*(static(one) for one in files), *(reverse("field:icon", args=[side]) for side in SIDES))


def page(mark: str) -> str:
    """The app's page with the mark of an edition on it."""
    context = {
        "words": spoken(),
        "demo": settings.DEMO,
        "sheets": SHEETS,
        "icons": ICONS,
        "mark": mark,
    }
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("field/app.html", context)


@lru_cache(maxsize=1)
def edition() -> str:
    """A digest of the page, of every part and of the worker: when one of them changes, phones fetch all of them anew."""
    total = hashlib.sha256(page("").encode())
    total.update(WORKER.read_bytes())
    total.update(json.dumps(parts()).encode())
    for name in (*SHEETS, *DRAWN, *modules(), *BORROWED):
        found = finders.find(name)
        assert isinstance(found, str), name
        total.update(Path(found).read_bytes())
    for side in SIDES:
        total.update(icon_png(side))
    return total.hexdigest()[:16]


@lru_cache(maxsize=1)
def shell() -> str:
    """The app's page. It is the same for everybody and holds nothing about anybody: a phone may keep it."""
    return page(edition())


@lru_cache(maxsize=1)
def worker() -> str:
    """The service worker, with its edition and what it keeps at its head."""
    head = {"EDITION": edition(), "SHELL": reverse("field:app"), "PARTS": parts()}
    lines = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in head.items())
    return lines + WORKER.read_text("utf-8")
