"""``junheng snapshot``: freeze the records of now, or prove that a frozen day is what it was."""

import argparse
from typing import Any

from junheng.kernel.errors import NotFound
from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.output import say

BROKEN = 3


def add_to(commands: Any) -> None:
    parser = commands.add_parser("snapshot", help="冻结当前数据，或核验最近一次冻结的数据")
    parser.add_argument("deed", choices=("freeze", "verify"), help="freeze 冻结；verify 核验")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Freeze, or verify; exit code 3 if a table is not what it was."""
    open_house()
    from django.conf import settings  # noqa: PLC0415 — Django must be started first
    from django.utils import timezone  # noqa: PLC0415

    from junheng.platform.figures import workshop  # noqa: PLC0415
    from junheng.platform.figures.keeping import keep_figures  # noqa: PLC0415
    from junheng.platform.snapshots import queries  # noqa: PLC0415
    from junheng.platform.snapshots.freeze import freeze  # noqa: PLC0415

    if arguments.deed == "freeze":
        at = timezone.now()
        made = freeze(by="命令行", at=at, home=settings.JUNHENG_HOME)
        workshop.prepare()
        keep_figures(by="命令行", at=at)
        say(f"已冻结 {made.rows:,} 行，摘要 {made.digest}")
        return 0
    found = queries.current()
    if found is None:
        raise NotFound("nothing-frozen", "还没有冻结过数据，无可核验。请先运行 junheng snapshot freeze。")
    broken = queries.verify(found, home=settings.JUNHENG_HOME) or workshop.misremembered()
    say(f"已核验，摘要 {found.digest}" if not broken else f"与冻结时不一致：{'、'.join(broken)}")
    return BROKEN if broken else 0
