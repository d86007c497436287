"""``junheng audit verify``: the first broken link of the chain, if there is one."""

import argparse
from typing import Any

from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.output import say

BROKEN = 3


def add_to(commands: Any) -> None:
    parser = commands.add_parser("audit", help="核验留痕链")
    parser.add_argument("deed", choices=("verify",), help="verify 从头核验每一条留痕")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Verify the whole chain; exit code 3 at the first broken link."""
    open_house()
    from junheng.platform.audit import history  # noqa: PLC0415 — Django must be started first
    from junheng.platform.snapshots.models import Snapshot  # noqa: PLC0415

    # each frozen day remembers the head of its moment: a chain rewritten as a whole is found by them
    heads = {one.audit_head_id: one.audit_head_hash for one in Snapshot.objects.all() if one.audit_head_id}
    broken = history.verify(known=heads)
    if broken is None:
        say("留痕链完整。")
        return 0
    say(f"留痕链断裂：{broken.reason}")
    return BROKEN
