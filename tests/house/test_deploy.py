"""The units of a server are understood by systemd, start what there is, and say settings that exist."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

UNITS = sorted([*(ROOT / "deploy").glob("*.service"), *(ROOT / "deploy").glob("*.timer")])
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    for unit in UNITS:
        # neither the folder of the code nor its user is on this machine
        words = re.sub(r"/opt/junheng/\.venv/bin/\w+", "/bin/true", unit.read_text(encoding="utf-8"))
        (tmp_path / unit.name).write_text(re.sub(r"(?m)^(User|Group)=.*$", "", words), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "junheng" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_a_service_runs_what_there_is_as_its_own_user(unit: Path) -> None:
    words = unit.read_text(encoding="utf-8")
    assert re.search(r"(?m)^User=junheng$", words)
    assert re.search(r"(?m)^EnvironmentFile=/etc/junheng\.env$", words)
    for module in re.findall(r"(?m)^Exec\w+=.*? -m (\S+)", words):
        assert module in {"junheng", "granian"}
    for verb in re.findall(r"(?m)^Exec\w+=.*? -m junheng (\w+)", words):
        assert (ROOT / "src/junheng/surfaces/cli/commands" / f"{verb}.py").is_file()


def test_every_setting_of_the_deployment_is_in_the_sample() -> None:
    sample = (ROOT / "dotenv-sample").read_text(encoding="utf-8")
    named = {
        name
        for path in (ROOT / "deploy").iterdir()
        for name in re.findall(
            r"(?m)^\s*(?:Environment=)?(JUNHENG_[A-Z_]+)[=:]", path.read_text(encoding="utf-8")
        )
    }
    assert sorted(name for name in named - {"JUNHENG_HOME", "JUNHENG_HOST"} if name not in sample) == []


def test_the_containers_are_built_from_what_there_is_and_told_what_is_read() -> None:
    compose = (ROOT / "deploy/compose.yaml").read_text(encoding="utf-8")
    made = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    assert [
        path for path in re.findall(r"(?m)^\s+dockerfile: (\S+)$", compose) if not (ROOT / path).is_file()
    ] == []
    copied = [word for line in re.findall(r"(?m)^COPY (.+) \S+$", made) for word in line.split()]
    assert copied
    assert [path for path in copied if not (ROOT / path).exists()] == []

    sample = set(re.findall(r"(?m)^# (\w+)=", (ROOT / "dotenv-sample").read_text(encoding="utf-8")))
    told = set(re.findall(r"(?m)^ {6}([A-Z_]+): ", compose))
    assert {"DATABASE_URL", "ALLOWED_HOSTS"} <= told
    assert told - sample == {
        "POSTGRES_USER",
        "POSTGRES_DB",
        "POSTGRES_PASSWORD",
        "POSTGRES_INITDB_ARGS",
        "PGPASSWORD",
    }
    asked = set(re.findall(r"\$\{(\w+)", compose))
    for page in ("install-on-a-server.md", "install-on-a-server.zh-CN.md"):
        words = (ROOT / "docs/how-to" / page).read_text(encoding="utf-8")
        assert [name for name in asked if f"{name}=" not in words] == [], page


def test_the_containers_share_volumes_that_are_declared_and_run_commands_that_exist() -> None:
    compose = (ROOT / "deploy/compose.yaml").read_text(encoding="utf-8")
    made = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    services, declared = compose.split("\nvolumes:\n")
    used = re.findall(r"(?m)^ +- (\w+):(/\S+)$", services)
    assert {name for name, _place in used} == set(re.findall(r"(?m)^  (\w+):$", declared))
    home = re.findall(r"JUNHENG_HOME=(\S+)", made)[0]
    assert (
        {place for name, place in used if name == "home"}
        == {home}
        == set(re.findall(r"(?m)^VOLUME (\S+)$", made))
    )
    verbs = re.findall(r"-m junheng (\w+)", made) + re.findall(r"-m, junheng, (\w+)", compose)
    assert verbs == ["migrate", "work"]
    assert [
        verb for verb in verbs if not (ROOT / f"src/junheng/surfaces/cli/commands/{verb}.py").is_file()
    ] == []
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "\nbabel==" in locked, "the image compiles its translations with it"
    assert "\ngranian==" in locked
    named = set(re.findall(r"(?m)^  (\w+):$", services))
    assert set(re.findall(r"(?m)^      (?:- )?(database|house|worker):?$", services)) <= named


def test_every_command_of_the_how_to_exists() -> None:
    """Commands, files of ``deploy`` and services that the pages name: a stranger types them as they stand."""
    for path in sorted((ROOT / "docs/how-to").glob("*.md")):
        words = path.read_text(encoding="utf-8")
        typed = "\n".join(
            [*re.findall(r"```\n(.*?)```", words, re.DOTALL), *re.findall(r"`([^`\n]+)`", words)]
        )
        verbs = set(re.findall(r"(?:^|-m |&& |; ?|bin/)junheng ([a-z][a-z-]*)\b", typed, re.MULTILINE))
        missing = [verb for verb in sorted(verbs) if not commands(verb)]
        assert missing == [], path.name
        named = {one for one in re.findall(r"deploy/([\w.*-]+)", words) if "*" not in one} - {".env"}
        assert [one for one in sorted(named) if not (ROOT / "deploy" / one).exists()] == [], path.name


def commands(verb: str) -> bool:
    """Whether there is a command of that name."""
    return (ROOT / f"src/junheng/surfaces/cli/commands/{verb.replace('-', '_')}.py").is_file()


@pytest.mark.parametrize("page", ["install-on-a-server.md", "install-on-a-server.zh-CN.md"])
def test_both_languages_tell_the_same_commands(page: str) -> None:
    here, there = (
        [
            re.sub(r"\s*#.*$", "", line)
            for block in re.findall(
                r"```\n(.*?)```", (ROOT / "docs/how-to" / name).read_text(encoding="utf-8"), re.DOTALL
            )
            for line in block.splitlines()
        ]
        for name in (page, "install-on-a-server.md")
    )
    strip = re.compile(r"<[^>]+>|NAME|姓名|WHERE|另一处|password|密码")
    assert [strip.sub("…", line) for line in here] == [strip.sub("…", line) for line in there]


def test_the_script_for_commands_reads_what_the_units_read() -> None:
    script = (ROOT / "deploy/junheng").read_text(encoding="utf-8")
    unit = (ROOT / "deploy/junheng.service").read_text(encoding="utf-8")
    for setting in ("EnvironmentFile=(.+)", "Environment=(JUNHENG_HOME=.+)", r"ExecStartPre=(\S+)/python"):
        (value,) = re.findall(rf"(?m)^{setting}", unit)
        assert value in script
    assert (ROOT / "deploy/junheng").stat().st_mode & 0o111


def test_an_upgrade_of_the_tables_is_not_cut_off() -> None:
    """What runs before the start counts as starting, and systemd gives that ninety seconds by itself."""
    unit = (ROOT / "deploy/junheng.service").read_text(encoding="utf-8")
    assert re.search(r"(?m)^ExecStartPre=.*junheng migrate$", unit)
    assert re.search(r"(?m)^TimeoutStartSec=\d+h$", unit)


@pytest.mark.parametrize("proxy", ["nginx.conf", "Caddyfile"])
def test_a_proxy_says_that_the_house_is_away(proxy: str) -> None:
    words = (ROOT / "deploy" / proxy).read_text(encoding="utf-8")
    assert "/away.html" in words
    assert "root /opt/junheng/deploy" in words.replace("root * ", "root ")
    page = (ROOT / "deploy/away.html").read_text(encoding="utf-8")
    assert "没有保存" in page
    assert re.findall(r"(?:src|href|url)\s*[=(]", page) == [], "it needs nothing of a house that is away"
