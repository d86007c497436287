"""``junheng trace``: what one figure stands on, down to its records."""

import argparse
from typing import Any

from junheng.surfaces.cli.commands.figures import figure_json
from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.moments import add_moment, day_of, window_of
from junheng.surfaces.cli.output import as_json, say, say_json, say_table


def add_to(commands: Any) -> None:
    parser = commands.add_parser("trace", help="一项数据的来历：口径、规定、语句、时点数据与逐条记录")
    parser.add_argument("figure", metavar="编号", help="数据编号，如 kg-public-70")
    add_moment(parser)
    parser.add_argument("--reading", metavar="口径", help="有多种口径时指定一种")
    parser.add_argument("--page", type=int, default=1, metavar="页", help="记录的第几页")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    open_house()
    from junheng.platform.figures import queries  # noqa: PLC0415 — Django must be started first
    from junheng.platform.figures.records import Keeper  # noqa: PLC0415

    found = queries.trace(
        arguments.figure,
        as_of=day_of(arguments),
        window=window_of(arguments),
        reading=arguments.reading,
        page=arguments.page,
        viewer=Keeper(),
    )
    if arguments.json:
        say_json(
            {
                "figure": figure_json(found.figure),
                "why": found.why,
                "definition": found.definition,
                "author": found.author,
                "checker": found.checker,
                "rules": as_json(found.rules),
                "sql": found.sql,
                "snapshot": found.figure.snapshot,
                "rows": found.rows,
                "register": found.register,
                "page": found.page,
                "pages": found.pages,
                "records": as_json(found.records),
            }
        )
        return 0
    one = found.figure
    say(f"{one.title}：{one.printed}（精确值 {as_json(one.value)}）")
    if one.denominator is not None:
        say(f"= {one.numerator} ÷ {one.denominator}")
    say(f"口径：{found.definition}\n拟定：{found.author}　核对：{found.checker}")
    say(f"区间/时点：{one.window or one.as_of}　时点数据：{one.snapshot[:16]}　地址：{one.address}")
    for rule in found.rules:
        doubt = "（待确认）" if rule.to_be_confirmed else ""
        say(f"规定：{rule.title} {rule.value}{rule.unit}，{rule.since} 起，{rule.cites}{doubt}")
    if found.sql:
        say(f"\n{found.sql}\n")
    say(f"记录 {found.rows} 条（{found.register_title}），第 {found.page}/{found.pages} 页")
    say_table(("行号", "记录", "区县"), [(str(one.id), one.label, one.county) for one in found.records])
    return 0
