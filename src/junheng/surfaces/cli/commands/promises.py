"""``junheng promises``: which promises hold, and what stands against those that do not."""

import argparse
from typing import Any

from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.moments import add_moment, day_of
from junheng.surfaces.cli.output import as_json, say, say_json

BROKEN = 3
SHOWN = 10
"""How many counter-examples are printed for people; ``--json`` has a page of them."""


def add_to(commands: Any) -> None:
    parser = commands.add_parser("promises", help="各项承诺是否成立；不成立的列出反例、责任单位与起始日")
    add_moment(parser, window=False)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print them; exit code 3 if one is broken."""
    open_house()
    from junheng.platform.figures import queries  # noqa: PLC0415 — Django must be started first
    from junheng.platform.figures.records import Keeper  # noqa: PLC0415

    day = day_of(arguments)
    states = queries.promises(as_of=day)
    pages = {one.id: queries.promise(one.id, as_of=day, viewer=Keeper()) for one in states if not one.holds}
    if arguments.json:
        say_json(
            [
                {**as_json(one), "counterexamples": as_json(pages[one.id].records) if one.id in pages else []}
                for one in states
            ]
        )
    else:
        for one in states:
            say(f"{'✓' if one.holds else '✗'} {one.title}：{one.wording}（{one.owner}）")
            for record in pages[one.id].records[:SHOWN] if one.id in pages else ():
                say(f"    {record.since or '起始日不详'} {record.county} {record.label}：{record.note}")
            if one.exceptions > SHOWN:
                say(f"    …… 共 {one.exceptions} 条")
    return 0 if all(one.holds for one in states) else BROKEN
