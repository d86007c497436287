"""Reading rules from TOML into a typed topic; every value must name the place that sets it."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from junheng.kernel.rulebook.dated import Certainty, Dated, Step
from junheng.kernel.sources import Citation, Source

Topic = TypeVar("Topic")


def load_rules(topic: type[Topic], path: Path, sources: Mapping[str, Source]) -> Topic:
    """Build ``topic``, a dataclass whose fields are all ``Dated``, from the file's table of the same names.

    Raises ValueError, naming file, rule and day, if a rule is missing, unknown, or a value lacks its citation.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    names = {field.name for field in fields(topic)}  # type: ignore[arg-type]
    if names != set(entries):
        raise ValueError(f"{path.name}: rules and fields differ: {sorted(names ^ set(entries))}")
    return topic(**{name: _dated(path, name, entry, sources) for name, entry in entries.items()})


def _dated(path: Path, name: str, entry: Mapping[str, Any], sources: Mapping[str, Source]) -> Dated[Any]:
    steps = tuple(_step(path, name, step, sources) for step in entry["steps"])
    return Dated(f"{path.stem}.{name}", entry["title"], entry["title_en"], entry["unit"], steps)


def _step(path: Path, name: str, step: Mapping[str, Any], sources: Mapping[str, Source]) -> Step[Any]:
    if "cites" not in step:
        raise ValueError(
            f"{path.name}: {name} since {step['since']}: every value names the place that sets it"
        )
    return Step(
        since=step["since"],
        value=step.get("value"),
        cites=Citation.read(step["cites"], sources),
        certainty=Certainty(step["certainty"]),
    )
