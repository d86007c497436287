"""The files of the project as git knows them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(*suffixes: str, under: str = "") -> list[Path]:
    """Every file of the project with one of these suffixes (all without any), new ones included, ignored ones not."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", under or "."],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    paths = [ROOT / name for name in sorted(set(listed) - {""})]
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


def name(path: Path) -> str:
    """How a file is called inside the project."""
    return path.relative_to(ROOT).as_posix()
