"""``junheng reindex``: make the index of the search box anew from the registers."""

import argparse
from typing import Any

from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.output import say


def add_to(commands: Any) -> None:
    parser = commands.add_parser("reindex", help="重建搜索索引（名称、拼音、首字母）")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the index anew, in one transaction, and say how many rows are in it."""
    open_house()
    from junheng.platform.searching.index import reindex  # noqa: PLC0415 — Django must be started first

    say(f"已重建搜索索引：{reindex()} 条名称。")
    return 0
