"""``junheng quality``: ask every rule of quality of the records of now, and say what was found."""

import argparse
import json
from typing import Any

from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.output import say


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "quality", help="检查数据质量：待说明、异常值、疑似重复、台账核对、完整与及时"
    )
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compute everything once, keep it, and print the number of problems by rule."""
    open_house()
    from django.conf import settings  # noqa: PLC0415 — Django must be started first
    from django.utils import timezone  # noqa: PLC0415

    from junheng.platform.quality.computing import compute  # noqa: PLC0415

    on = settings.JUNHENG_AS_OF or timezone.localdate()
    made, asked = compute(on=on, at=timezone.now())
    if arguments.json:
        lines = {
            one.declared.code: {"found": len(one.found), "milliseconds": one.milliseconds}
            for one in asked.answers
        }
        told = {"day": on.isoformat(), "milliseconds": made.milliseconds, "rules": lines}
        say(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    for one in asked.answers:
        if one.found:
            say(f"{len(one.found):>7,}  {one.declared.title}（{one.declared.code}）")
    every = sum(len(one.found) for one in asked.answers)
    say(
        f"{on} 时点共 {every:,} 个问题，{len(asked.answers)} 条规则，用时 {made.milliseconds / 1000:.1f} 秒。"
    )
    return 0
