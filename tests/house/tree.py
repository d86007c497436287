"""The files of the project: all but what ``.gitignore`` names, so that it also works where there is no git."""

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IGNORED = [".git", *(line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split())]


def files(*suffixes: str, under: str = "") -> list[Path]:
    """Every file of the project with one of these suffixes; all without any."""
    return [path for path in sorted(_walk(ROOT / under)) if not suffixes or path.suffix in suffixes]


def name(path: Path) -> str:
    """How a file is called inside the project."""
    return path.relative_to(ROOT).as_posix()


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if any(fnmatch(path.name, pattern) for pattern in IGNORED):
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path
