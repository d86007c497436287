"""The administrator's way by the how-to alone: an empty server, the first account, data, a backup, a lost machine, and back."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from junheng.platform.jobs.kinds import every_kind
from tests.house.tree import ROOT
from tests.postgres import a_database, a_server  # noqa: F401 (fixtures)

HOW_TO = ROOT / "docs" / "how-to"
PAGES = (
    "install-on-a-server.md", "back-up-and-restore.md", "background-jobs.md", "keys.zh-CN.md", "configure.md"
)  # fmt: skip
FRESH = {
    "somebody-looks-after-accounts",
    "sensitive-roles-have-a-factor",
    "a-snapshot-is-recent",
}
"""What a house of one administrator without an app, where nothing was frozen, is rightly told."""


class Server:
    """The machine of the how-to: its settings in a file that a shell reads, its home, and what is typed there."""

    def __init__(self, place: Path, url: str) -> None:
        self.home = place / "junheng"
        self.backups = place / "junheng-backups"
        self.settings = place / "junheng.env"
        self.url = url
        self.backups.mkdir()
        told = (HOW_TO / "install-on-a-server.md").read_text(encoding="utf-8")
        block = re.findall(r"```\n(DATABASE_URL=.*?)```", told, re.DOTALL)[0]
        given = re.sub(r"(?m)^DATABASE_URL=.*$", f"DATABASE_URL='{url}'", block)
        sample = (ROOT / "dotenv-sample").read_text(encoding="utf-8")
        self.settings.write_text(sample + given, encoding="utf-8")

    def types(self, *words: str, code: int = 0) -> str:
        """A command as the how-to has it, in a shell that read the settings; it must be one that the pages name."""
        verbs = " ".join(
            words[:2] if words[0] in {"account", "snapshot", "audit", "keys", "work"} else words[:1]
        )
        assert re.search(rf"junheng {re.escape(verbs)}\b|-m junheng {re.escape(verbs)}\b", PAGE_TEXT), verbs
        return self.runs("-m", "junheng", *words, code=code)

    def runs(self, *words: str, code: int = 0) -> str:
        """Python with the settings of the house, by the script that the how-to copies into the path."""
        script = (ROOT / "deploy" / "junheng").read_text(encoding="utf-8")
        for there, here in (
            ("sudo -u junheng ", ""),
            ("/etc/junheng.env", str(self.settings)),
            ("/var/lib/junheng", str(self.home)),
            ("/opt/junheng/.venv/bin/junheng", sys.executable),
        ):
            assert script.count(there) == 1, there
            script = script.replace(there, here)
        done = subprocess.run(
            ["sh", "-c", script, "junheng", *words], cwd="/", env=bare(), capture_output=True, text=True,
            check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == code, (words, done.returncode, done.stdout[-3000:], done.stderr[-3000:])
        return done.stdout if code != 1 else done.stderr

    def wrong(self, *, code: int) -> dict[str, str]:
        """What the doctor finds."""
        told = json.loads(self.types("doctor", "--json", code=code))
        return {one["check"]: one["wrong"] for one in told if one["wrong"]}


PAGE_TEXT = "\n".join((HOW_TO / page).read_text(encoding="utf-8") for page in PAGES)


def bare() -> dict[str, str]:
    """The surroundings of a login shell: nothing of the tests but where the code is."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
    return kept | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


@pytest.fixture
def server(tmp_path: Path, a_database: str) -> Server:  # noqa: F811
    return Server(tmp_path, a_database)


@pytest.mark.slow
def test_a_stranger_installs_loses_the_machine_and_has_it_back(server: Server) -> None:
    server.types("migrate")
    told = server.types("account", "first", "zhanghao", "--name", "账号管理员（演示）")
    link = re.findall(r"https://\S+?(/accounts/invitation/\S+/)", told)[0]
    assert set(server.wrong(code=3)) == FRESH
    server.types("snapshot", "freeze")
    assert set(server.wrong(code=3)) == FRESH - {"a-snapshot-is-recent"}, "an empty house can be frozen too"
    assert json.loads(server.runs("-m", "tests.flows.installing", link).splitlines()[-1]) == {
        "logged in": "zhanghao"
    }
    nights = sum(1 for kind in every_kind().values() if kind.nightly)
    assert f"已办理 {1 + nights} 个" in server.types("work", "--once"), (
        "the import, and the works of the night"
    )
    server.types("snapshot", "freeze")
    before = server.runs("-m", "tests.flows.installing", "facts")
    assert json.loads(before)["schools"] == 40
    assert set(server.wrong(code=3)) == FRESH - {"a-snapshot-is-recent"}

    kept = server.backups / "2024-03-06.zip"
    server.types("backup", str(kept))
    keys = server.backups.parent / "keys-kept-elsewhere"
    shutil.copytree(server.home / "keys", keys)

    lose(server)
    assert "[backup-needs-keys]" in server.types("restore", str(kept), code=1)
    shutil.rmtree(server.home / "keys", ignore_errors=True)
    shutil.copytree(keys, server.home / "keys")
    server.types("restore", str(kept))
    server.types("migrate")

    assert "摘要" in server.types("snapshot", "verify")
    assert "留痕链完整" in server.types("audit", "verify")
    assert "其余全部能读出" in server.types("keys", "verify")
    assert json.loads(server.runs("-m", "tests.flows.installing", "facts")) == json.loads(before)
    assert set(server.wrong(code=3)) == FRESH - {"a-snapshot-is-recent"}


def lose(server: Server) -> None:
    """The database and the home are gone; the how-to's ``createdb`` makes another empty one."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    shutil.rmtree(server.home)
    name = urlsplit(server.url).path[1:]
    with psycopg.connect(server.url.replace(f"/{name}?", "/junheng?"), autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
        connection.execute(
            SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'").format(
                Identifier(name)
            )
        )
