"""An inspection as values: what may be inspected, how much of each kind, by whom, and who must stay away from what."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from junheng.kernel.errors import Refusal
from junheng.kernel.lottery import Unit
from junheng.kernel.lottery.digests import line

TEAM = 2
"""Inspectors of one visit: at least two (行政处罚法 2021, section 42)."""


@dataclass(frozen=True, slots=True)
class Inspector:
    """Somebody who inspects: at most so many visits, and none to the units from which he or she is recused (回避)."""

    code: str
    most: int
    recused: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        line(self.code)
        if self.most < 0:
            raise Refusal(
                "bad-load", "检查人员 {inspector} 的检查次数不能为负数。请核对名单。", inspector=self.code
            )


@dataclass(frozen=True, slots=True)
class Cross:
    """交叉检查: in which county every unit lies and every inspector is at home, and which county may not visit which."""

    places: Mapping[str, str]
    homes: Mapping[str, str]
    apart: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        line(*self.places.values(), *self.homes.values())

    @property
    def counties(self) -> list[str]:
        """The counties that visit one another: those in which units lie."""
        return sorted(set(self.places.values()))


@dataclass(frozen=True, slots=True)
class Plan:
    """One round of inspections, closed before the seed is known. ``name`` stands in every hash, so that two rounds with
    one seed draw apart. ``sizes`` says how many units of each stratum. With ``cross`` the seed also says which county's
    inspectors visit which county.
    """

    name: str
    units: tuple[Unit, ...]
    sizes: Mapping[str, int]
    inspectors: tuple[Inspector, ...]
    team: int = TEAM
    cross: Cross | None = None
    codes: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        line(self.name)
        for unit in self.units:
            line(unit.code, unit.stratum)
        object.__setattr__(self, "codes", frozenset(unit.code for unit in self.units))
        if self.team < 1:
            raise Refusal("no-team", "每次检查至少要有一名检查人员。请改正检查方案。")
        if len({one.code for one in self.inspectors}) != len(self.inspectors):
            raise Refusal("inspector-twice", "检查人员名单中有重复的人员。请先核对名单。")
        for one in self.inspectors:
            if unknown := sorted(one.recused - self.codes):
                raise Refusal(
                    "recused-from-nothing",
                    "{inspector} 申报回避的 {unit} 不在检查对象名录中。请核对代码，以免该回避的没有回避。",
                    inspector=one.code,
                    unit=unknown[0],
                )
        if self.cross is not None:
            self.check_cross(self.cross)

    def check_cross(self, cross: Cross) -> None:
        """Refuse a unit without a county, and an inspector of a county that is not among those that visit another."""
        missing = sorted(self.codes - cross.places.keys())
        strange = [one.code for one in self.inspectors if cross.homes.get(one.code) not in cross.counties]
        if missing or strange:
            raise Refusal(
                "crossed-from-nowhere",
                "{what} 没有写明所属的县（市、区），或者它不在参加交叉检查的县之列。请核对名录。",
                what=(missing or strange)[0],
            )


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who visits what: for every drawn unit, in the order of the draw, its inspectors in the order of their lots."""

    teams: tuple[tuple[str, tuple[str, ...]], ...]

    def loads(self) -> dict[str, int]:
        """How many visits each inspector has who has any."""
        found: dict[str, int] = {}
        for _unit, team in self.teams:
            for one in team:
                found[one] = found.get(one, 0) + 1
        return found
