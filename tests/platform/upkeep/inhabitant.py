"""Somebody who lives in the house while something is done to it, in a process of his own: one of ``DEEDS``."""

import json
import os
import sys
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")


def save() -> None:
    """Write one school after another until killed; says so after the first."""
    from django.utils import timezone

    from junheng.domains.schools.models import School
    from junheng.platform.audit.save import save_row

    numbers = list(School.objects.values_list("pk", flat=True)[:20])
    turn = 0
    while True:
        school = School.objects.get(pk=numbers[turn % len(numbers)])
        school.phone = f"{os.getpid():07}{turn:04}"[-11:]
        save_row(school, by="bangongshi", at=timezone.now(), why="日常更新")
        turn += 1
        if turn == 1:
            tell("saving")


def insist() -> None:
    """Save and save again, whatever becomes of the database; says the number of every entry that was confirmed."""
    from django.db import InterfaceError, OperationalError, connection
    from django.utils import timezone

    from junheng.domains.areas.models import Area
    from junheng.platform.audit.save import save_row

    area = Area.objects.get(code="410802")
    while True:
        area.name = f"解放区{time.monotonic_ns() % 10**6}"
        try:
            entry = save_row(area, by="officer", at=timezone.now(), why="日常更新")
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.1)
        else:
            if entry is not None:
                tell(str(entry.pk))


def order() -> None:
    """Make a house with one officer, and order an import of many rows."""
    from tests.platform.jobs.victim import make_house, order_import

    make_house()
    order_import()


def outcome() -> None:
    """What became of the import and of the chain."""
    from junheng.platform.audit.models import Entry
    from tests.platform.jobs.victim import facts as told

    saved = list(Entry.objects.filter(why="日常更新").order_by("id").values_list("id", flat=True))
    tell(json.dumps(told() | {"saved": saved}, default=str))


def session() -> None:
    """Sign somebody in; prints the cookie."""
    from django.test import Client

    from junheng.platform.access.models import User

    client = Client()
    client.force_login(
        User.objects.get(username="bangongshi"), backend="django.contrib.auth.backends.ModelBackend"
    )
    tell(client.cookies["sessionid"].value)


def facts() -> None:
    """Where the chain ends, whether it holds, and the schools whose telephone is not what the chain says last."""
    from junheng.domains.schools.models import School
    from junheng.platform.audit import append, history
    from junheng.platform.audit.models import Entry

    said: dict[int, Any] = {}
    for entry in Entry.objects.filter(table="schools.school", why="日常更新").order_by("id"):
        if entry.row is not None and entry.after and "phone" in entry.after:
            said[entry.row] = entry.after["phone"]
    now = dict(School.objects.filter(pk__in=said).values_list("pk", "phone"))
    broken = history.verify()
    found = {
        "head": append.head().id,
        "broken": broken.reason if broken else "",
        "saved": len(said),
        "otherwise": [pk for pk, phone in said.items() if now[pk] != phone],
    }
    tell(json.dumps(found))


def tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


DEEDS = {
    "save": save, "insist": insist, "order": order, "outcome": outcome, "session": session, "facts": facts
}  # fmt: skip

if __name__ == "__main__":
    django.setup()
    DEEDS[sys.argv[1]]()
