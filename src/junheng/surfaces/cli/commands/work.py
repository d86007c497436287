"""``junheng work``: do what waits in the queue, such as imports and exports of many rows."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.output import say

PATIENCE = 20
"""Seconds in which a worker undoes what it is doing; the database undoes it for one that does not."""
GIVING_WAY = 10
"""How far the worker beside a server stands back from it where both want the same core (0 to 19)."""
BESIDE = "from junheng.surfaces.cli.commands.work import stand_beside; stand_beside()"


def add_to(commands: Any) -> None:
    parser = commands.add_parser("work", help="办理后台任务（较大的导入、导出）")
    parser.add_argument("--once", action="store_true", help="办完排队的任务即结束")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Work until interrupted, or until the queue is empty."""
    open_house()
    if not arguments.once:
        say("正在等待后台任务（按 Ctrl-C 停止）")
    done = work(once=arguments.once)
    say(f"已办理 {done} 个后台任务。")
    return 0


def work(*, once: bool = False, parent: int | None = None) -> int:
    """Be a worker."""
    from django.utils import timezone  # noqa: PLC0415 — Django must be started first

    from junheng.platform.jobs.loop import Worker  # noqa: PLC0415

    worker = Worker(clock=timezone.now, once=once, parent=parent)
    worker.listen()
    return worker.run()


def stand_beside() -> None:
    """Be the worker beside a server: ends when the server does, however that ends. Whoever waits for a page goes first."""
    if hasattr(os, "nice"):
        os.nice(GIVING_WAY)
    open_house()
    work(parent=os.getppid())


@contextmanager
def beside() -> Iterator[None]:
    """A worker in a process of its own while something else is done; stopped cleanly afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")
    worker = subprocess.Popen([sys.executable, "-c", BESIDE])  # noqa: S603 (ourselves)
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
