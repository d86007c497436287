"""The plan of a city: the totals its records have to add up to, unit by unit."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Unit:
    """One county-level unit: real code and name, invented totals."""

    code: str
    name: str
    city_centre: bool
    totals: Mapping[str, int]

    def __getitem__(self, key: str) -> int:
        return self.totals[key]


@dataclass(frozen=True, slots=True)
class CityPlan:
    """A city's totals. ``scale`` holds those that belong to no unit, such as how many pupils left in the year."""

    name: str
    units: tuple[Unit, ...]
    scale: Mapping[str, int]

    def total(self, key: str) -> int:
        """The city's total of a key."""
        return sum(unit[key] for unit in self.units)


def load_plan(name: str) -> CityPlan:
    """The plan ``full`` (the size of the report) or ``small`` (the same shapes, to be read whole)."""
    text = files("junheng.surfaces.demo").joinpath("plans", f"{name}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    units = tuple(
        Unit(
            code=unit["code"],
            name=unit["name"],
            city_centre=unit["city_centre"],
            totals={key: row[unit["code"]] for key, row in data["totals"].items()},
        )
        for unit in data["units"]
    )
    return CityPlan(name, units, data["scale"])
