"""``junheng restore FILE``: a backup in the place of the database of this installation."""

import argparse
from pathlib import Path
from typing import Any

from junheng.surfaces.cli.commands.demo import Progress
from junheng.surfaces.cli.house import start
from junheng.surfaces.cli.output import say
from junheng.surfaces.cli.place import MARK


def add_to(commands: Any) -> None:
    parser = commands.add_parser("restore", help="从备份文件恢复全部数据")
    parser.add_argument("file", type=Path, metavar="文件", help="junheng backup 生成的备份文件")
    parser.add_argument("--replace", action="store_true", help="替换已有的数据（缺省时已有数据则不恢复）")
    parser.add_argument("--without-keys", action="store_true", help="密钥已丢失时，不要求能读出敏感信息")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check the file, build the database aside, prove it, put it in place."""
    start()
    from django.conf import settings  # noqa: PLC0415 — Django must be started first

    from junheng.platform.upkeep.restore import restore  # noqa: PLC0415

    done = restore(
        arguments.file.absolute(),
        home=settings.JUNHENG_HOME,
        replace=arguments.replace,
        beside=frozenset({MARK}),
        without_keys=arguments.without_keys,
        progress=Progress(),
    )
    say(
        f"已恢复 {done.rows:,} 行、{done.snapshots} 份快照、{done.files:,} 个照片和证据文件，已核验摘要和留痕链"
        f"（末条 {done.audit_head.id}，{done.audit_head.hash[:12]}）。"
    )
    if done.erased_again:
        say(f"备份以后销毁过的敏感信息已再次销毁：{done.erased_again:,} 条。")
    return 0
