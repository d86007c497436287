"""``junheng serve``: the pages, on this machine."""

import argparse
import errno
import os
import socket
import sys
from contextlib import nullcontext
from typing import Any, NoReturn

from junheng.kernel.errors import Conflict
from junheng.surfaces.cli.commands.work import beside
from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.output import say
from junheng.surfaces.cli.troubles import reason

HOST, PORT = "127.0.0.1", 8000
THREADS = 128
"""Requests that one process holds at once. Pages are made a few at a time (``project/lane``); the others wait for a
common commit, which costs nothing but the thread."""
WORKERS = 2
"""Processes that answer, where there are as many cores; each takes what the first pages show from the shelf."""


def add_to(commands: Any) -> None:
    parser = commands.add_parser("serve", help="在本机打开网页")
    add_port(parser)
    parser.add_argument("--no-worker", action="store_true", help="不同时办理后台任务")
    parser.set_defaults(run=run)


def add_port(parser: argparse.ArgumentParser) -> None:
    """Add --port."""
    parser.add_argument("--port", type=port, default=PORT, metavar="端口", help=f"端口（缺省 {PORT}）")


def port(text: str) -> int:
    """A port that can be listened on; argparse refuses anything else."""
    if text.isascii() and text.isdigit() and 0 < int(text) < 2**16:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text[:20]}”不是端口，请写 1 至 65535 的整数")


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    open_house()
    check_port(arguments.port)
    with nullcontext() if arguments.no_worker else beside():
        serve(arguments.port)
    return 0


def serve(port: int) -> None:
    """Serve the pages on 127.0.0.1."""
    from granian import Granian  # noqa: PLC0415 — slow import, needed by this command alone
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    let_go()
    say(f"打开 http://{HOST}:{port}/  （按 Ctrl-C 停止）")
    Granian(
        "junheng.project.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=min(WORKERS, os.cpu_count() or 1),
        blocking_threads=THREADS,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()


def let_go() -> None:
    """Close what the database was asked through so far: those that are forked must not inherit it."""
    from django.db import connections  # noqa: PLC0415 — Django is set up by now

    for one in connections.all(initialized_only=True):
        one.close()
        if one.vendor == "postgresql":
            one.close_pool()  # type: ignore[attr-defined] # the stubs do not know pools


def serve_afresh(port: int) -> NoReturn:
    """Become a new process that serves.

    The server forks its workers, and a process that has built a city holds threads (DuckDB's, Polars') which a fork
    does not copy: the first question put to the records would wait for them for ever.
    """
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "junheng", "serve", "--port", str(port)])  # noqa: S606


def check_port(port: int) -> None:
    """Refuse a port that is taken: the server would share it silently and answer every second request."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that was left a moment ago is free
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Conflict(
                "port-taken",
                "端口 {port} 不能使用（{reason}），网页没有打开。请先停止占用它的程序，或用 --port 换一个端口。",
                port=port,
                reason="已被占用" if error.errno == errno.EADDRINUSE else reason(error),
            ) from None
