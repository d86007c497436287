"""A private PostgreSQL server for the tests: made in a folder of its own, reached by a socket, thrown away afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

SERVER = os.environ.get("DATABASE_URL", "")
"""The server on which this run of the tests keeps its databases; empty for the embedded one."""
ON_A_SERVER = SERVER.startswith("postgres")
DEBIAN = Path("/usr/lib/postgresql")
OWNER = "postgres"
"""The user that Debian's package makes; a server refuses to run as root."""
DURABLE = "-c listen_addresses= -c lc_messages=C -c unix_socket_directories={folder}"
"""As a server comes, but reached by its socket alone."""
# what a crash would lose is lost with the folder anyway
SETTINGS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    f"-c max_connections=40 -c max_locks_per_transaction=256 -c shared_buffers=64MB {DURABLE}"
)


@lru_cache(maxsize=1)
def missing() -> str | None:
    """Why there can be no server here; None where there can."""
    if programs() is None:
        return "no initdb of PostgreSQL on this machine (Debian: apt install postgresql)"
    if os.geteuid() == 0 and OWNER not in {user.pw_name for user in pwd.getpwall()}:
        return f"PostgreSQL does not run as root, and there is no user {OWNER}"
    return None


def programs() -> Path | None:
    """The folder of the server's programs: the newest that Debian has, or that of the PATH."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@dataclass(frozen=True)
class Running:
    """A server in a folder of its own that can be stopped and started again."""

    folder: Path
    settings: str = SETTINGS

    @property
    def url(self) -> str:
        """The address of its one database."""
        return f"postgresql://junheng@/junheng?host={self.folder}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        given = self.settings.format(folder=self.folder)
        order("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", given, "start")

    def stop(self) -> None:
        """Stop it at once; whoever is connected is cut off."""
        order("pg_ctl", "-D", self.folder / "data", "-w", "-m", "immediate", "stop")

    @property
    def processes(self) -> list[int]:
        """The server's process and those that serve its sessions."""
        first = int((self.folder / "data" / "postmaster.pid").read_text("ascii").split()[0])
        told = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(first)], capture_output=True, text=True, check=False
        )
        return [first, *map(int, told.stdout.split())]

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It lives and does not answer."""
        held = self.processes
        for one in held:
            os.kill(one, signal.SIGSTOP)
        try:
            yield
        finally:
            for one in reversed(held):
                os.kill(one, signal.SIGCONT)


@contextmanager
def running(settings: str = SETTINGS) -> Iterator[Running]:
    """A server with one empty database."""
    reason = missing()
    if reason is not None:
        raise RuntimeError(reason)
    # the path of a socket has at most 107 bytes: pytest's own folders are often longer
    folder = Path(tempfile.mkdtemp(prefix="jh-pg-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER, OWNER)
        order(
            "initdb",
            "-D",
            folder / "data",
            "-U",
            "junheng",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            *locale(),
        )
        made = Running(folder, settings)
        made.start()
        try:
            order("createdb", "-h", folder, "-U", "junheng", "junheng")
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server() -> Iterator[str]:
    """A server with one empty database; yields its URL."""
    with running() as made:
        yield made.url


def order(program: str, *arguments: str | Path) -> None:
    """Run one of the server's programs, as its own user where we are root."""
    there = programs()
    assert there is not None
    own: dict[str, Any] = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(
        [there / program, *arguments], cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, **own
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")


def locale() -> list[str]:
    """Text sorted by its code points, as the house needs it."""
    known = (
        subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.lower().split()
    )
    return ["--locale=C.UTF-8" if {"c.utf8", "c.utf-8"} & set(known) else "--locale=C"]


@pytest.fixture(scope="session")
def a_server() -> Iterator[str]:
    """The URL of a server's empty database; the tests that ask for it skip, saying why, where there is none."""
    if (reason := missing()) is not None:
        pytest.skip(reason)
    with server() as url:
        yield url


@pytest.fixture
def a_stoppable_server() -> Iterator[Running]:
    """A server of one's own, to be stopped and started."""
    if (reason := missing()) is not None:
        pytest.skip(reason)
    with running() as made:
        yield made


@pytest.fixture
def a_database(a_server: str) -> Iterator[str]:
    """The URL of an empty database of one's own."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    name = f"own_{os.urandom(4).hex()}"
    with psycopg.connect(a_server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield a_server.replace("/junheng?", f"/{name}?")
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
