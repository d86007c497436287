"""Every command and every option stands in both READMEs, and nothing that is not there any more."""

import argparse
import re

import pytest

from junheng.surfaces.cli.main import COMMANDS
from tests.house.tree import ROOT


def commands() -> dict[str, set[str]]:
    """Each command with its long options."""
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers()
    for command in COMMANDS:
        command.add_to(subparsers)
    return {
        name: {option for action in one._actions for option in action.option_strings if option.startswith("--")} - {"--help"}
        for name, one in subparsers.choices.items()
    }  # fmt: skip


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_readme_lists_what_the_command_line_knows(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*`) \|", text, re.MULTILINE)
    listed: dict[str, set[str]] = {}
    for row in rows:
        for line in re.findall(r"`([^`]+)`", row):
            listed.setdefault(line.split()[0], set()).update(re.findall(r"--[a-z-]+", line))
    assert listed == commands()


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_readme_opens_with_the_two_commands(page: str) -> None:
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    assert lines[2:6][0] == "```"
    assert [line.split("#")[0].strip() for line in lines[3:5]] == ["./go up", "./go test"]
