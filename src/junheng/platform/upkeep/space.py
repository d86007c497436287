"""Room on the disk before tables are changed: asked first, so that nothing stops in the middle."""

import shutil
from pathlib import Path

from django.db import connection

from junheng.kernel.errors import Refusal
from junheng.platform.upkeep.backup import pending

TIMES = 2
"""How often the embedded database needs its own size beside itself: a table that changes is written anew, and logged."""


def refuse_small_disk() -> None:
    """Refuse to change the tables of an embedded database that the disk has no room for.

    Nothing is asked where nothing is to be changed. The disk of a server is the server's: one that is full undoes the
    change by itself.
    """
    file = Path(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not file.exists() or not pending():
        return
    needed, free = TIMES * file.stat().st_size, shutil.disk_usage(file.parent).free
    if free < needed:
        raise Refusal(
            "disk-too-small",
            "磁盘空间不足：升级表结构约需 {needed} MB，{place} 仅余 {free} MB，没有做任何改动。请先清理磁盘，再试一次。",
            needed=-(-needed // 1_000_000),
            free=free // 1_000_000,
            place=str(file.parent),
        )
