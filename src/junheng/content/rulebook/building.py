"""建设标准 — how many pupils a class is built for, by kind of unit: what the places of a building are counted by."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Building:
    """Places of one class."""

    kindergarten_class: Dated[int]
    primary_class: Dated[int]
    secondary_class: Dated[int]


BUILDING = load_rules(Building, Path(__file__).with_name("building.toml"), SOURCES)
