"""``junheng serve``: the pages, on this machine."""

import argparse
import socket
from typing import Any

from junheng.kernel.errors import Conflict
from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.output import say

HOST, PORT = "127.0.0.1", 8000


def add_to(commands: Any) -> None:
    parser = commands.add_parser("serve", help="在本机打开网页")
    parser.add_argument("--port", type=int, default=PORT, help=f"端口（缺省 {PORT}）")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    open_house()
    serve(arguments.port)
    return 0


def serve(port: int) -> None:
    """Serve the pages on 127.0.0.1; refuses a port that somebody else listens on."""
    check_port(port)
    from granian import Granian  # noqa: PLC0415 — slow import, needed by this command alone
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    say(f"打开 http://{HOST}:{port}/  （按 Ctrl-C 停止）")
    # one worker: the demonstration is one person's, and each worker keeps an engine of its own in memory
    Granian(
        "junheng.project.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=8,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()


def check_port(port: int) -> None:
    """Refuse a port that is taken: the server would share it silently and answer every second request."""
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise Conflict(
                "port-taken",
                "端口 {port} 已被占用，网页没有打开。请先停止占用它的程序，或用 --port 换一个端口。",
                port=port,
            )
