"""What a server refuses comes out as a sentence that says what to do."""

import pytest
from psycopg import errors

from junheng.surfaces.cli.server_troubles import server_trouble


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (errors.OutOfMemory("out of shared memory"), "database-locks", "max_locks_per_transaction 改为 256"),
        (errors.DiskFull("no space left"), "database-unusable", "磁盘空间"),
        (errors.UndefinedTable("relation"), "database-outdated", "junheng migrate"),
        (errors.DeadlockDetected("deadlock"), "database-busy", "请稍候再试"),
    ],
)
def test_a_server_s_refusal_is_a_sentence(error: Exception, code: str, words: str) -> None:
    said = server_trouble(error)
    assert said is not None
    assert (said.code, words in str(said)) == (code, True)
    assert server_trouble(ValueError("ours")) is None
