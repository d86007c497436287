"""Every variable of the environment that the code reads is in ``dotenv-sample`` and in the docs, and none more."""

import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from junheng.project import env
from tests.house.tree import ROOT

CALL = re.compile(r"env\.\w+\(\s*\"(\w+)\"")


def test_settings_sample_and_docs_agree() -> None:
    settings = (ROOT / "src" / "junheng" / "project" / "settings.py").read_text(encoding="utf-8")
    sample = (ROOT / "dotenv-sample").read_text(encoding="utf-8")
    docs = (ROOT / "docs" / "how-to" / "configure.md").read_text(encoding="utf-8")
    read = set(CALL.findall(settings))
    assert set(re.findall(r"^# ?(\w+)=", sample, re.MULTILINE)) == read
    assert set(re.findall(r"^\| `(\w+)` \|", docs, re.MULTILINE)) == read


SAY = """
import json
from django.utils.functional import Promise
from junheng.project import settings
tell = lambda value: "words" if isinstance(value, Promise) else repr(value)
print(json.dumps({name: value for name, value in vars(settings).items() if name.isupper()}, default=tell))
"""


def said(place: Path, *, of: Path | None) -> dict[str, Any]:
    """All settings of a house in a folder, started by a shell that has read a file of variables."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    read = f"set -a; . {of}; set +a; " if of else ""
    done = subprocess.run(
        ["sh", "-c", f'{read}exec {sys.executable} -c "$1"', "sh", SAY], cwd=place,
        env=kept | {"PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(shutil.which("sh") is None, reason="no sh on this machine")
def test_the_sample_says_what_holds_when_it_is_left_out(tmp_path: Path) -> None:
    """Each line without its # changes nothing: the values are true, and a shell reads the file as it stands."""
    sample = (ROOT / "dotenv-sample").read_text(encoding="utf-8")
    # the one example: left out, the database is a file in the home folder
    lines = [
        line[2:] for line in sample.splitlines() if re.match(r"# \w+=", line) and "DATABASE_URL" not in line
    ]
    (tmp_path / "all.env").write_text("\n".join(lines), encoding="utf-8")
    without = said(tmp_path, of=None)
    assert said(tmp_path, of=tmp_path / "all.env") == without
    assert without["SECRET_KEY"] == (tmp_path / "var" / "secret").read_text("ascii")


def test_an_empty_value_is_as_if_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty city would be every city, an empty password anybody's."""
    monkeypatch.setenv("JUNHENG_CITY", " ")
    monkeypatch.setenv("JUNHENG_POOL_MAX", "")
    monkeypatch.setenv("JUNHENG_HTTPS", "")
    assert env.text("JUNHENG_CITY", "4108") == "4108"
    assert env.number("JUNHENG_POOL_MAX", 10) == 10
    assert [env.flag("JUNHENG_HTTPS", default=default) for default in (True, False)] == [True, False]


def test_processes_that_start_at_once_sign_with_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _each: env.secret("JUNHENG_NO_SUCH_KEY", tmp_path), range(32)))
    assert len(keys) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_cut_short_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("")
    with pytest.raises(ImproperlyConfigured, match="holds no key"):
        env.secret("JUNHENG_NO_SUCH_KEY", tmp_path)
