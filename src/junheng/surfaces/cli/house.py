"""Opening the house for a command: Django is started only when a command needs it."""

from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

from junheng.kernel.errors import NotFound
from junheng.platform.upkeep import door


def open_house() -> None:
    """Start Django and be in the house; refuses where no database was made yet, and makes none."""
    start()
    door.enter(settings.JUNHENG_HOME)
    # asking a database that is not there would make an empty one
    if not is_there() or "snapshots_snapshot" not in connection.introspection.table_names():
        raise NotFound(
            "no-database",
            "{home} 中还没有数据。请先运行 junheng demo 生成演示城市，或用环境变量 JUNHENG_HOME 指向已有的数据目录。",
            home=where(),
        )


def start() -> None:
    """Start Django, whether there is a database or not."""
    if not apps.ready:
        django.setup()


def is_there() -> bool:
    """Whether there is a database file that holds anything; a server answers for itself."""
    if connection.vendor != "sqlite":
        return True
    file = Path(connection.settings_dict["NAME"])
    return file.exists() and file.stat().st_size > 0


def where() -> str:
    """Where the records lie, for a sentence: the home folder, or the database on its server, without its password."""
    if connection.vendor == "sqlite":
        return str(settings.JUNHENG_HOME)
    return f"{connection.settings_dict['HOST'] or 'localhost'}/{connection.settings_dict['NAME']}"
