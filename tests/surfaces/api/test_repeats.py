"""The same request sent by many at once: written once, and every sender gets the same answer."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from junheng.domains.kindergartens.models import Kindergarten
from tests import cast
from tests.makers import areas
from tests.makers.rows import HERE
from tests.surfaces.api.cases import Program, token_of

SENDERS = 6
NEW = {
    "code": "5141080201", "name": "示例幼儿园", "area": HERE, "location": "urban", "capacity": 270,
    "fee_fen": 72_050, "since": "2020-09-01",
}  # fmt: skip


def in_a_file(path: Path) -> dict[str, Any]:
    """Settings of a database several threads can write: on SQLite a copy in a file, because tests live in memory."""
    if connection.vendor != "sqlite":
        return dict(connection.settings_dict)
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    return dict(connection.settings_dict, NAME=str(path))


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_writes_and_all_are_told_the_same(tmp_path: Path) -> None:
    areas()
    _token, text = token_of(cast.somebody("county_officer"))
    told = in_a_file(tmp_path / "own.sqlite3")
    backend, start = type(connections["default"]), Barrier(SENDERS)

    def send(_number: int) -> tuple[int, bytes, bool, int]:
        connections["default"] = backend(told, "default")
        try:
            start.wait(timeout=20)
            answer: Any = Program(text).post(
                "/api/registers/kindergartens/", {"values": NEW, "why": "新设"}, Idempotency_Key="one"
            )
            there = Kindergarten.objects.count()
            return answer.status_code, answer.content, answer.has_header("Idempotency-Replayed"), there
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(SENDERS) as pool:
        answers = list(pool.map(send, range(SENDERS)))
    assert {one[0] for one in answers} == {201}, answers
    assert len({one[1] for one in answers}) == 1
    assert sorted(one[2] for one in answers) == [False] + [True] * (SENDERS - 1)
    assert {one[3] for one in answers} == {1}
