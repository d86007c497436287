"""``junheng doctor``: what is wrong with this installation, and what to do about it."""

import argparse
from typing import Any

from junheng.surfaces.cli.house import start
from junheng.surfaces.cli.output import say, say_json

ILL = 3


def add_to(commands: Any) -> None:
    parser = commands.add_parser("doctor", help="检查本系统的安装：哪里不对，怎么办")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Ask every check; exit code 3 if one of them found something."""
    start()
    from django.conf import settings  # noqa: PLC0415 — Django must be started first
    from django.utils import timezone  # noqa: PLC0415

    from junheng.platform.upkeep.doctor import examine  # noqa: PLC0415
    from junheng.platform.upkeep.doctor.check import Patient  # noqa: PLC0415

    asked = list(examine(Patient(settings.JUNHENG_HOME, timezone.now())))
    found = [ailment for _, ailment in asked if ailment is not None]
    if arguments.json:
        said = {ailment.check: ailment.sentence for ailment in found}
        say_json([{"check": one.name, "title": one.title, "wrong": said.get(one.name)} for one, _ in asked])
    else:
        for one, ailment in asked:
            say(f"✗ {one.title}：{ailment.sentence}" if ailment else f"✓ {one.title}")
        say(
            f"检查 {len(asked)} 项，{len(found)} 项有问题。"
            if found
            else f"检查 {len(asked)} 项，没有发现问题。"
        )
    return ILL if found else 0
