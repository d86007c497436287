"""Bad input: a clear Chinese sentence with its code on standard error, exit code 1, nothing on standard output."""

import re
import socket
from pathlib import Path

import pytest

from junheng.surfaces.cli.troubles import as_refusal
from tests.small_house import junheng
from tests.surfaces.cli.conftest import Ask

SENTENCE = re.compile(r"[^\n]*[\u4e00-\u9fff][^\n]*。 \[([a-z-]+)\]\n")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["figures", "--as-of", "昨天"], "day-unreadable", "“昨天”不是能读懂的日期"),
        (["figures", "--as-of", "2023-02-30"], "day-unreadable", "2023-12-31"),
        (["figures", "--as-of", "0001-01-01"], "day-out-of-reach", "1949-10-01"),
        (["promises", "--as-of", "9999-12-31"], "day-out-of-reach", "2199-12-31"),
        (["figures", "--window", "2023"], "span-unreadable", "2022-01-01..2023-12-31"),
        (["figures", "--window", "2023-12-31..2022-01-01"], "span-backwards", "对调"),
        (["figures", "--window", "2024-01-01..2024-06-30"], "window-after-as-of", "晚于统计时点 2023-12-31"),
        (["trace", "kg-public-71"], "unknown-figure", "kg-public-71"),
        (["trace", "kg-public-70", "--reading", "x"], "unknown-reading", "可选口径"),
        (["check-text", "no-such-file.txt"], "file-unreadable", "没有这个文件"),
        (["check-text", "."], "file-unreadable", "这是一个目录"),
        (["check-text", "a\0b"], "file-unreadable", "文件名不合法"),
        (["report", "none"], "unknown-report", "没有找到"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_it_says_what_is_wrong_and_what_to_do(ask: Ask, arguments: list[str], code: str, words: str) -> None:
    said = ask(*arguments)
    assert (said.code, said.out) == (1, "")
    assert SENTENCE.fullmatch(said.err), said.err
    assert said.err.endswith(f"[{code}]\n")
    assert words in said.err


@pytest.mark.parametrize(
    "arguments",
    [[], ["figure"], ["trace"], ["figures", "--asof", "x"], ["serve", "--port", "0"], ["demo", "--port", "70000"],
     ["serve", "--port", "八"], ["trace", "kg-public-70", "--page", "x"], ["audit", "mend"]],
    ids=lambda value: " ".join(value) or "nothing",
)  # fmt: skip
def test_a_command_that_is_not_understood_says_where_to_look(ask: Ask, arguments: list[str]) -> None:
    said = ask(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("--help。 [bad-command]\n")


@pytest.mark.parametrize(
    "command", ["", "figures", "trace", "check-text", "promises", "report", "demo", "serve"]
)
def test_help_is_no_error(ask: Ask, command: str) -> None:
    said = ask(*filter(None, [command]), "--help")
    assert (said.code, said.err) == (0, "")
    assert "usage: junheng" in said.out


def test_a_port_that_is_taken_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        said = junheng(tmp_path / "home", "demo", "--small", "--port", str(other.getsockname()[1]))
    assert said.returncode == 1
    assert said.stderr.endswith("[port-taken]\n")
    assert "--port" in said.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "arguments", [["figures"], ["promises"], ["audit", "verify"], ["snapshot", "freeze"], ["serve"]]
)
def test_without_a_database_it_says_how_to_make_one_and_makes_none(
    tmp_path: Path, arguments: list[str]
) -> None:
    said = junheng(tmp_path, *arguments)
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.endswith("[no-database]\n")
    assert "junheng demo" in said.stderr
    assert {file.name for file in tmp_path.iterdir()} <= {"house.lock", "secret"}


def test_a_home_that_cannot_be_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    for home in (file, file / "below"):
        for arguments in (["figures"], ["demo", "--no-serve"]):
            said = junheng(home, *arguments)
            assert (said.returncode, said.stdout) == (1, "")
            assert said.stderr.endswith("[home-unusable]\n"), said.stderr
            assert str(home) in said.stderr
            assert "JUNHENG_HOME" in said.stderr
    assert file.read_text() == "mine"


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "junheng.sqlite3").write_bytes(b"this is a letter to my aunt. " * 100)
    for arguments in (["figures"], ["demo", "--no-serve"]):
        said = junheng(tmp_path, *arguments)
        assert (said.returncode, said.stdout) == (1, "")
        assert said.stderr.endswith("[not-a-database]\n"), said.stderr
    assert (tmp_path / "junheng.sqlite3").read_bytes().startswith(b"this is a letter")


def test_a_setting_that_makes_no_sense(tmp_path: Path) -> None:
    said = junheng(tmp_path, "figures", env={"JUNHENG_AS_OF": "heute"})
    assert said.returncode == 1
    assert said.stderr.endswith("[bad-setting]\n")
    assert "JUNHENG_AS_OF" in said.stderr


def test_a_bad_program_stays_an_error() -> None:
    assert as_refusal(ValueError("x")) is None
    assert as_refusal(OSError()) is None
    assert as_refusal(KeyError("x")) is None


def test_whoever_stops_reading_gets_no_complaint(built: Path) -> None:
    import subprocess
    import sys

    from tests.small_house import surroundings

    command = subprocess.Popen(
        [sys.executable, "-m", "junheng", "figures"],
        env=surroundings(built),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert command.stdout is not None
    assert command.stderr is not None
    command.stdout.readline()
    command.stdout.close()
    assert (command.wait(60), command.stderr.read()) == (0, b"")
    command.stderr.close()
