"""Opening the house for a command: Django is started only when a command needs it."""

import django
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError

from junheng.kernel.errors import NotFound


def open_house() -> None:
    """Start Django; refuses where no database was made yet."""
    if not apps.ready:
        django.setup()
    try:
        made = "snapshots_snapshot" in connection.introspection.table_names()
    except DatabaseError:
        made = False
    if not made:
        raise NotFound(
            "no-database",
            "{home} 中还没有数据。请先运行 junheng demo 生成演示城市，或用环境变量 JUNHENG_HOME 指向已有的数据目录。",
            home=str(settings.JUNHENG_HOME),
        )
