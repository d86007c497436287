"""The page about the command line says what there is: every command, every option, every code of a refusal."""

import re

from tests.house.test_commands import commands
from tests.house.tree import ROOT

PAGE = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
SECTIONS = dict(section.split("\n", 1) for section in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:])
SOURCES = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "src").rglob("*.py"))
ONE_COMMAND = {"--no-serve", "--rebuild", "--small", "--replace", "--more"}
CODE = re.compile(r"(?:Refusal|NotFound|Conflict)\(\s*\"([a-z-]+)\"")


def test_every_command_with_its_options() -> None:
    listed: dict[str, set[str]] = {}
    for line in re.findall(r"^\| `([^`]+)` \|", SECTIONS["Commands"], re.MULTILINE):
        listed.setdefault(line.split()[0], set()).update(re.findall(r"--[a-z-]+", line))
    assert listed == commands()


def test_every_option_is_explained() -> None:
    explained = set(re.findall(r"^\| `(--[a-z-]+)` \|", SECTIONS["Options"], re.MULTILINE))
    known = set().union(*commands().values())
    assert explained == known - ONE_COMMAND, "those of one command stand beside it"


def test_every_refusal_of_the_command_line_is_listed_and_none_that_is_gone() -> None:
    listed = {
        code
        for row in re.findall(r"^\| (`.*?`) \|", SECTIONS["Refusals"], re.MULTILINE)
        for code in re.findall(r"`([a-z-]+)`", row)
    }
    own = {
        code
        for file in (ROOT / "src" / "junheng" / "surfaces" / "cli").rglob("*.py")
        for code in CODE.findall(file.read_text(encoding="utf-8"))
    }
    assert own <= listed
    assert listed <= set(CODE.findall(SOURCES))
