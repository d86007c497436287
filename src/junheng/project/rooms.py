"""Which rooms and doors exist: found by walking the house, so that a new room needs no line here."""

from importlib.util import find_spec
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1]


def apps_in(floor: str) -> list[str]:
    """Dotted names of the Django apps on one floor: every folder with an ``apps.py``, by name."""
    return [f"junheng.{floor}.{found.parent.name}" for found in sorted((SOURCE / floor).glob("*/apps.py"))]


def has_module(name: str) -> bool:
    """Whether a module exists, without importing it (its parents are)."""
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False
