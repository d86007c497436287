"""Every dependency has a reason, and the locks hold what the project asks for, by hash."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.house.tree import ROOT, files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REASONS = ROOT / "docs" / "reference" / "dependencies.md"


NAMED_NOT_IMPORTED = {
    "django-htmx": "an application of the settings",
    "django-template-partials": "an application of the settings",
    "django-axes": "an application of the settings",
    "whitenoise": "a middleware of the settings",
    "argon2-cffi": "a password hasher of the settings",
    "babel": "compiles the catalogue at set-up (go), reads and writes it (tools)",
    "pyarrow": "Polars and DuckDB exchange tables through it",
}


def names(requirements: list[str]) -> set[str]:
    return {re.match(r"[A-Za-z0-9._-]+", line).group().lower() for line in requirements}  # type: ignore[union-attr]


def pins(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package, version in re.findall(
        r"^([a-z0-9._-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE
    ):
        found.setdefault(package, set()).add(version)
    return found


RUNS = names(PROJECT["dependencies"]) | names(PROJECT["optional-dependencies"]["postgres"])
TESTS = names(PROJECT["optional-dependencies"]["test"])
FASTER = names(PROJECT["optional-dependencies"]["fast"])
"""What the house uses where it is, and does without where it is not."""


def test_every_dependency_has_a_reason() -> None:
    reasons = re.findall(r"^\| `([^`]+)` \| (.*) \|$", REASONS.read_text(encoding="utf-8"), re.MULTILINE)
    assert {package for package, _reason in reasons} == RUNS | TESTS | FASTER
    assert [package for package, reason in reasons if len(reason) < 20] == []


def test_the_locks_hold_what_the_project_asks_for() -> None:
    runtime, everything = pins("requirements.lock"), pins("requirements-test.lock")
    assert RUNS - set(runtime) == set()
    assert (TESTS | FASTER) - set(everything) == set()
    assert (TESTS | FASTER) & set(runtime) == set(), "what only tests need is not installed for users"
    assert {package: everything.get(package) for package in runtime} == runtime, (
        "both locks agree on versions"
    )


def test_every_package_is_named_by_its_hash() -> None:
    for lock in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
        assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
        assert "://" not in text


def imported(under: str) -> set[str]:
    """The distributions whose modules are imported under a folder."""
    known = packages_distributions()
    names: set[str] = set()
    for path in files(".py", under=under):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    ours = {"junheng", "tests", "tools", "bench"}
    return {known[name][0].lower() for name in names - set(sys.stdlib_module_names) - ours if name in known}


def test_what_is_imported_is_asked_for_by_name() -> None:
    assert imported("src") - RUNS - FASTER == set()
    assert (imported("tests") | imported("tools") | imported("bench")) - RUNS - TESTS - FASTER == set()


def test_what_is_asked_for_is_used() -> None:
    assert RUNS - imported("src") - set(NAMED_NOT_IMPORTED) == set()
