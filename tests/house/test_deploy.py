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
