"""The bootstrap script: what it refuses, how it says so, and that what it made once is not made again.

That the two commands work from nothing is shown by running them in a fresh clone (docs/how-to/install.md), since it
installs the whole environment; here are the parts.
"""

import importlib.machinery
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


def load(path: Path) -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("go", str(path))
    spec = importlib.util.spec_from_loader("go", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def go(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, speaking English."""
    monkeypatch.setenv("LC_ALL", "C")
    return load(ROOT / "go")


@pytest.fixture
def elsewhere(go: ModuleType, tmp_path: Path) -> ModuleType:
    """The script in a project of its own, whose environment works but is empty."""
    shutil.copy(ROOT / "go", tmp_path / "go")
    for lock in ("requirements.lock", "requirements-test.lock"):
        (tmp_path / lock).write_text(f"{lock}==1\n", encoding="ascii")
    made = load(tmp_path / "go")
    made.BIN.mkdir(parents=True)
    made.PYTHON.symlink_to(sys.executable)
    return made


def test_without_a_verb_it_says_what_there_is() -> None:
    done = subprocess.run([sys.executable, ROOT / "go"], capture_output=True, text=True, env={"LC_ALL": "C"})
    assert done.returncode == 2
    assert done.stdout.startswith("usage: ./go VERB")
    done = subprocess.run(
        [sys.executable, ROOT / "go", "--help"], capture_output=True, text=True, env={"LC_ALL": "zh_CN.UTF-8"}
    )
    assert done.returncode == 0
    assert done.stdout.startswith("用法：./go 命令")


def test_both_languages_list_every_verb(go: ModuleType) -> None:
    for text in go.USAGE:
        listed = [line.split()[0] for line in text.splitlines()[1:] if line.strip()]
        assert sorted(listed) == sorted(go.VERBS)


@pytest.mark.parametrize(
    ("arguments", "port"),
    [
        ([], 8000),
        (["--rebuild"], 8000),
        (["--port", "8123"], 8123),
        (["--rebuild", "--port=8124"], 8124),
        (["--port", "many"], 8000),
        (["--portable", "9"], 8000),
    ],
)
def test_the_port_is_read_before_the_city_is_built(go: ModuleType, arguments: list[str], port: int) -> None:
    assert go.port_in(arguments) == port


def test_a_busy_port_is_refused_at_once_with_another_to_try(go: ModuleType) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(go.Stop) as stopped:
            go.check_port(port)
    assert str(stopped.value) == (
        f"Port {port} is taken. If the demonstration already runs, open http://127.0.0.1:{port}/;"
        f" else choose another port: ./go up --port {port + 1}"
    )
    go.check_port(port)


@pytest.mark.parametrize(
    ("output", "begins"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is (almost) full: 0 MB left in "),
        ("NewConnectionError: Temporary failure in name resolution", "The package registry cannot be reached."),
        ("error sending request for url", "The package registry cannot be reached."),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "A package is not the one that was locked"),
        ("something else", "The environment could not be made:\n    something else"),
    ],
)  # fmt: skip
def test_a_failed_installation_says_what_to_do(go: ModuleType, output: str, begins: str) -> None:
    assert go.explain(output).startswith(begins)


def test_a_python_without_venv_says_which_package_is_missing(go: ModuleType) -> None:
    told = go.explain(
        "The virtual environment was not created because ensurepip is not available.", venv=True
    )
    assert "sudo apt install python3-venv" in told


def test_credentials_in_an_address_are_never_shown(go: ModuleType) -> None:
    told = go.explain("ERROR: 403 for https://clerk:hunter2@mirror.example/simple/django/")
    assert "hunter2" not in told
    assert "https://***@mirror.example/simple/django/" in told


def test_an_environment_is_ready_for_what_it_was_made_for(elsewhere: ModuleType) -> None:
    assert not elsewhere.ready("run")
    elsewhere.stamp_of("run").write_text(elsewhere.digest("run"), encoding="ascii")
    assert (elsewhere.ready("run"), elsewhere.ready("test")) == (True, False)
    elsewhere.stamp_of("run").unlink()
    elsewhere.stamp_of("test").write_text(elsewhere.digest("test"), encoding="ascii")
    assert (elsewhere.ready("run"), elsewhere.ready("test")) == (True, True)


def test_a_changed_lock_or_an_interrupted_making_starts_again(elsewhere: ModuleType) -> None:
    elsewhere.stamp_of("run").write_text(elsewhere.digest("run"), encoding="ascii")
    elsewhere.MAKING.touch()
    assert not elsewhere.ready("run")
    elsewhere.MAKING.unlink()
    assert elsewhere.ready("run")
    elsewhere.LOCKS["run"].write_text("other==2\n", encoding="ascii")
    assert not elsewhere.ready("run")


def test_a_half_made_environment_is_thrown_away(
    elsewhere: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = elsewhere.VENV / "half"
    left.touch()
    elsewhere.make_venv()
    assert left.exists(), "one that works stays"
    elsewhere.MAKING.touch()
    monkeypatch.setattr(elsewhere, "run_quietly", lambda *_args, **_more: (0, ""))
    elsewhere.make_venv()
    assert not left.exists()


def test_a_full_disk_is_told_before_anything_is_made(
    elsewhere: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10, 9, 1))
    with pytest.raises(elsewhere.Stop, match="The disk is .* full: 0 MB left"):
        elsewhere.make_environment("run")
    assert not elsewhere.MAKING.exists()


def test_children_get_an_absolute_home_and_no_strange_python_path(
    go: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.delenv("JUNHENG_HOME", raising=False)
    assert go.environment()["JUNHENG_HOME"] == str(ROOT / "var")
    assert "PYTHONPATH" not in go.environment()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUNHENG_HOME", "second")
    assert go.environment()["JUNHENG_HOME"] == str(tmp_path / "second")


def test_an_old_python_is_told_what_is_needed(go: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(go, "OLDEST", (99, 0))
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(go.Stop, match="Python 3.11 or newer is needed; this is 3."):
        go.newer_python()
