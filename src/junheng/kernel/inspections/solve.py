"""The draw of units, and of inspectors for them: everything follows from the seed.

A unit's lots order all inspectors who need not stay away from it. In the order of the draw every unit takes the first
who has visits left; if nobody has, somebody who has moves to another unit, as far as that is possible (augmenting
paths: Ford and Fulkerson 1956). So a team is missing only where no arrangement whatever has it complete. Visits are
spread as evenly as recusals allow: the heaviest load is the smallest with which all teams are complete.
"""

from collections.abc import Sequence

from junheng.kernel.errors import Refusal
from junheng.kernel.inspections.crossing import crossed
from junheng.kernel.inspections.problem import Assignment, Plan
from junheng.kernel.lottery import Algorithm, Unit, sample
from junheng.kernel.lottery.digests import begin, line

Lots = dict[str, list[str]]
"""For every drawn unit the inspectors who may visit it, in the order of their lots."""


def draw(algorithm: Algorithm, seed: str, plan: Plan) -> list[Unit]:
    """The units to be inspected, stratum by stratum in the order of the draw."""
    return sample(algorithm, seed, plan.name, plan.units, plan.sizes)


def assign(algorithm: Algorithm, seed: str, plan: Plan, drawn: Sequence[Unit]) -> Assignment:
    """A team for every drawn unit; refused where recusals and loads leave one without."""
    plan = crossed(algorithm, seed, plan)
    lots = lots_of(algorithm, seed, plan, [unit.code for unit in drawn])
    most = {one.code: one.most for one in plan.inspectors}
    heaviest = max(most.values(), default=0)
    fair = -(-len(drawn) * plan.team // max(1, len(most)))
    short = ""
    for load in range(max(1, min(fair, heaviest)), heaviest + 1):
        table = Table(lots, {code: min(load, one) for code, one in most.items()}, plan.team)
        short = table.fill()
        if not short:
            return table.assignment()
    if drawn:
        raise Refusal(
            "team-incomplete",
            "{unit} 凑不齐 {team} 名检查人员：其余人员须回避，或已达各自的检查次数。请增派人员或调整检查次数后重新抽取。",
            unit=short or drawn[0].code,
            team=plan.team,
        )
    return Assignment(())


def lots_of(algorithm: Algorithm, seed: str, plan: Plan, units: Sequence[str]) -> Lots:
    """The inspectors of each unit in the order of their lots; who is recused has none."""
    prefix = begin(algorithm)(line("pair", seed, plan.name) + b"|")
    found: Lots = {}
    for unit in units:
        lots = []
        for one in plan.inspectors:
            if unit not in one.recused:
                lot = prefix.copy()
                lot.update(f"{unit}|{one.code}".encode("ascii"))
                lots.append((lot.digest(), one.code))
        found[unit] = [code for _lot, code in sorted(lots)]
    return found


class Table:
    """Who visits what so far."""

    def __init__(self, lots: Lots, room: dict[str, int], team: int) -> None:
        self.lots, self.room, self.team = lots, room, team
        self.visits: dict[str, list[str]] = {one: [] for one in room}
        self.teams: dict[str, list[str]] = {unit: [] for unit in lots}

    def fill(self) -> str:
        """Complete every team in turn; the first unit that cannot be served, or nothing."""
        for unit in self.lots:
            for _ in range(self.team):
                if not self.one_more(unit):
                    return unit
        return ""

    def one_more(self, start: str) -> bool:
        """Give a unit one inspector more, moving others if it must be: the shortest way, by the order of lots."""
        came: dict[str, tuple[str, str]] = {}
        seen, waiting = {start}, [start]
        for unit in waiting:
            for one in self.lots[unit]:
                if one in came or one in self.teams[unit]:
                    continue
                came[one] = (unit, "")
                if len(self.visits[one]) < self.room[one]:
                    self.move(one, came, start)
                    return True
                for other in self.visits[one]:
                    if other not in seen:
                        seen.add(other)
                        came[f"|{other}"] = (one, other)
                        waiting.append(other)
        return False

    def move(self, one: str, came: dict[str, tuple[str, str]], start: str) -> None:
        """Go the way back: each inspector takes the visit that the one before gave up."""
        while True:
            unit = came[one][0]
            self.teams[unit].append(one)
            self.visits[one].append(unit)
            if unit == start:
                return
            one = came[f"|{unit}"][0]
            self.teams[unit].remove(one)
            self.visits[one].remove(unit)

    def assignment(self) -> Assignment:
        """The finished table."""
        return Assignment(
            tuple((unit, tuple(sorted(team, key=self.lots[unit].index))) for unit, team in self.teams.items())
        )
