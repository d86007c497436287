"""``junheng migrate``: tables and static files as this version wants them; run after installing and after upgrading."""

import argparse
from typing import Any

from junheng.platform.upkeep import door
from junheng.surfaces.cli.house import start
from junheng.surfaces.cli.output import say


def add_to(commands: Any) -> None:
    parser = commands.add_parser("migrate", help="建立或升级数据库的表，收集网页的样式和脚本")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Bring the database to this version and collect what the pages need."""
    start()
    from django.conf import settings  # noqa: PLC0415 — Django must be started first
    from django.core.management import call_command  # noqa: PLC0415

    from junheng.platform.upkeep.space import refuse_small_disk  # noqa: PLC0415

    door.enter(settings.JUNHENG_HOME)
    refuse_small_disk()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    say("数据库和静态文件已是本版本。")
    return 0
