"""The walls of the house stand, and each one holds when it is attacked.

The attack is made on a copy: one file a wall, each with an import that must not be. All are put in at once, and the
report must name every one of them. A wall that no attack reaches would stand here by name only.
"""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]
ATTACKS = {
    "The house: floors rest only on the floors below": {
        "kernel/values/attack.py": "import junheng.content",
        "content/attack_floor/__init__.py": "import junheng.platform.access",
    },
    "Kernel and content never meet Django": {
        "kernel/sources/attack.py": "def late():\n    import django.db",
        "content/datasets/attack.py": "import django",
    },
    "Platform does not know what the bureau says": {
        "platform/audit/attack.py": "import junheng.content.datasets"
    },
    "Awards and admission know nothing of help, illness or trouble": {
        "domains/registrations/attack.py": "import junheng.domains.aid.models",
    },
    "Kernel tools are separate libraries": {"kernel/rulebook/attack.py": "import junheng.kernel.indicators"},
    "Shelves of content": {"content/datasets/attack_shelf.py": "import junheng.content.indicators"},
    "Rooms stand on one another in one order": {
        "domains/schools/attack.py": "import junheng.domains.admissions.models",
        "domains/patrols/attack.py": "import junheng.domains.safety.models",
    },
    "Furniture: inside a room": {"domains/areas/terms.py": "import junheng.domains.areas.models"},
    "Platform mechanisms": {"platform/registers/attack.py": "import junheng.platform.snapshots"},
}
NEWCOMERS = {
    "The house: floors rest only on the floors below": ("utils/__init__.py", "junheng.utils"),
    "Kernel tools are separate libraries": ("kernel/helpers/__init__.py", "junheng.kernel.helpers"),
    "Shelves of content": ("content/misc/__init__.py", "junheng.content.misc"),
    "Rooms stand on one another in one order": ("domains/newcomer/__init__.py", "junheng.domains.newcomer"),
    "Furniture: inside a room": ("domains/waters/helpers.py", "junheng.domains.waters.helpers"),
    "Platform mechanisms": ("platform/services/__init__.py", "junheng.platform.services"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The source without tests, to be spoiled."""
    ignore = shutil.ignore_patterns("__pycache__", "static", "locale", "*.html")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(at: Path) -> tuple[int, dict[str, bool], str]:
    """Exit code, which contract is kept, and the whole report."""
    code = (
        "import sys; from importlinter.cli import lint_imports as f; sys.exit(f(no_cache=True, no_logo=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=at,
        env={"PYTHONPATH": str(at / "src"), "PATH": "", "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    kept = {c["name"]: f"{c['name']} KEPT" in lines for c in CONTRACTS}
    return done.returncode, kept, " ".join(done.stdout.split())


def write(root: Path, name: str, line: str) -> None:
    """Append the line to a module of the copy, making the module where there is none."""
    path = root / "src" / "junheng" / name
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")


def test_every_wall_is_attacked() -> None:
    assert {contract["name"] for contract in CONTRACTS} == set(ATTACKS)
    assert {contract["name"] for contract in CONTRACTS if contract.get("exhaustive")} == set(NEWCOMERS)


def test_an_unspoiled_copy_stands(copy: Path) -> None:
    code, kept, _report = lint(copy)
    assert (code, set(kept.values())) == (0, {True})


def test_imports_against_the_walls_are_refused(copy: Path) -> None:
    for attacks in ATTACKS.values():
        for name, line in attacks.items():
            write(copy, name, line)
    code, kept, report = lint(copy)
    assert code == 1
    assert set(kept.values()) == {False}, [name for name, stands in kept.items() if stands]
    modules = {
        name.removesuffix(".py").removesuffix("/__init__") for each in ATTACKS.values() for name in each
    }
    unnamed = {m for m in modules if f"junheng.{m.replace('/', '.')}" not in report}
    assert unnamed == set()


def test_rooms_and_furniture_nobody_declared_are_refused(copy: Path) -> None:
    for name, _module in NEWCOMERS.values():
        write(copy, name, '"""Undeclared."""')
    code, _kept, report = lint(copy)
    assert code == 1
    unnamed = {module for _name, module in NEWCOMERS.values() if module not in report}
    assert unnamed == set()
