"""A real database server that is stopped under requests and started again, that waits, and a pool that is empty."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres
from tests.postgres import a_stoppable_server
from tests.small_house import SOURCE, surroundings

__all__ = ["a_stoppable_server"]

ASKING = """
import os, psycopg, sys, threading, time
from wsgiref.util import setup_testing_defaults
from junheng.project.wsgi import application
from django.core.management import call_command
from django.db import connection, transaction

call_command("migrate", verbosity=0)
connection.close()


def ask(path):
    # the door itself and no test client: that would keep a connection which a real request gives back
    environ = {"PATH_INFO": path, "HTTP_HOST": "localhost", "HTTP_COOKIE": "sessionid=somebody"}
    setup_testing_defaults(environ)
    heard = {}

    def start(status, headers, *_):
        heard.update(headers, status=int(status.split()[0]))

    answer = application(environ, start)
    heard["text"] = b"".join(answer).decode()
    answer.close()
    return heard


def say(word):
    print(word, flush=True)
    sys.stdin.readline()


assert ask("/registers/")["status"] == 302
say("standing")
until = time.monotonic() + 1.5
while time.monotonic() < until:
    for path in ("/registers/", "/healthz"):
        gone = ask(path)
        assert (gone["status"], gone["Retry-After"]) == (503, "10"), gone
assert "没有保存" in ask("/registers/")["text"]
say("gone")
until = time.monotonic() + 30
while ask("/healthz")["status"] != 200:
    assert time.monotonic() < until, "it does not recover"
    time.sleep(0.1)
assert ask("/registers/")["status"] == 302
say("back")

with psycopg.connect(os.environ["DATABASE_URL"]) as locker:
    locker.execute("LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE")
    slow = ask("/registers/")
    assert (slow["status"], slow.get("Retry-After")) == (503, None), slow
    assert "用时太长" in slow["text"]
assert ask("/registers/")["status"] == 302
with connection.cursor() as cursor:
    cursor.execute(
        "SELECT current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout')"
    )
    assert cursor.fetchone() == ("700ms", "2min"), "what the address says counts, the rest is ours"
connection.close()

held = threading.Barrier(2)


def hold():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        held.wait()
        held.wait()
    connection.close()


holder = threading.Thread(target=hold)
holder.start()
held.wait()
for path in ("/registers/", "/healthz"):
    full = ask(path)
    assert (full["status"], full["Retry-After"]) == (503, "10"), full
held.wait()
holder.join()
assert ask("/registers/")["status"] == 302
print("done")
"""


@pytest.fixture
def process(tmp_path: Path, a_stoppable_server: postgres.Running) -> "subprocess.Popen[str]":
    """A process that serves with a pool of one connection."""
    patient = f"{a_stoppable_server.url}&options=-c%20statement_timeout%3D700ms"
    given = surroundings(
        tmp_path, DATABASE_URL=patient, JUNHENG_POOL_MIN="1", JUNHENG_POOL_MAX="1",
        JUNHENG_POOL_SECONDS="1", DJANGO_SETTINGS_MODULE="junheng.project.settings", PYTHONPATH=str(SOURCE),
    )  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", ASKING], env=given, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_a_server_that_stops_and_starts_is_a_page_that_says_so_and_then_none(
    process: "subprocess.Popen[str]", a_stoppable_server: postgres.Running
) -> None:
    assert process.stdin is not None
    assert process.stdout is not None

    def go_on() -> None:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()

    try:
        assert process.stdout.readline() == "standing\n"
        a_stoppable_server.stop()
        go_on()
        assert process.stdout.readline() == "gone\n"
        a_stoppable_server.start()
        go_on()
        assert process.stdout.readline() == "back\n"
        go_on()
        assert process.stdout.readline() == "done\n"
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.communicate(timeout=5)
