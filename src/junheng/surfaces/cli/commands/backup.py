"""``junheng backup FILE``: every row and every snapshot in one file, from one state."""

import argparse
from pathlib import Path
from typing import Any

from junheng.surfaces.cli.commands.demo import Progress
from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.output import say
from junheng.surfaces.cli.place import MARK


def add_to(commands: Any) -> None:
    parser = commands.add_parser("backup", help="把全部数据备份到一个文件")
    parser.add_argument("file", type=Path, metavar="文件", help="备份文件，如 junheng-2024-03-06.zip")
    parser.add_argument(
        "--with-keys", action="store_true", help="连同敏感信息的密钥一起备份（备份文件须另行保密）"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the file; refuses to write over one."""
    open_house()
    from django.conf import settings  # noqa: PLC0415 — Django must be started first
    from django.utils import timezone  # noqa: PLC0415

    from junheng.platform.upkeep.backup import back_up  # noqa: PLC0415

    made = back_up(
        arguments.file.absolute(),
        home=settings.JUNHENG_HOME,
        at=timezone.now(),
        beside=(MARK,),
        with_keys=arguments.with_keys,
        progress=Progress(),
    )
    say(
        f"已备份 {made.tables} 张表、{made.rows:,} 行、{made.snapshots} 份快照、{made.files:,} 个照片和证据文件，"
        f"共 {made.bytes:,} 字节，摘要 {made.digest}"
    )
    if not arguments.with_keys:
        say(f"敏感信息的密钥不在备份中，请另外妥善保存：{settings.JUNHENG_KEYS.parent}")
    return 0
