"""The whole run: from the frozen files through draw, places and reasons to the files of the outcome."""

from dataclasses import dataclass
from pathlib import Path

from junheng.kernel.admission.counties.problem import County, Seats
from junheng.kernel.admission.counties.reading import counties_in, seats_in
from junheng.kernel.admission.counties.solve import settle
from junheng.kernel.admission.counties.verify import faults
from junheng.kernel.admission.counties.writing import Writer
from junheng.kernel.errors import Refusal
from junheng.kernel.lottery.digests import Algorithm


@dataclass(frozen=True, slots=True)
class Draw:
    """What decides the draw of all counties: the hash function, the seed, and the name of the batch."""

    algorithm: Algorithm
    seed: str
    batch: str


@dataclass(frozen=True, slots=True)
class Totals:
    """What a run has done."""

    counties: int
    children: int
    choices: int
    placed: int


def run(source: Path, target: Path, draw: Draw) -> Totals:
    """Settle every county of ``source`` and write the outcome into ``target``. A county is checked before it is written:
    nothing is released in which somebody could object.
    """
    seats = seats_in(source / "groups.parquet")
    done = Totals(0, 0, 0, 0)
    with Writer(target) as writer:
        for county in counties_in(source / "children.parquet"):
            own = seats_of(seats, county)
            settled = settle(draw.algorithm, draw.seed, draw.batch, county, own)
            if wrong := faults(county, own, settled):
                raise AssertionError(f"{county.code}: {wrong}")
            writer.put(county, own, settled)
            done = Totals(
                done.counties + 1,
                done.children + county.children,
                done.choices + len(county.group),
                done.placed + int((settled.result >= 0).sum()),
            )
    return done


def seats_of(seats: dict[str, Seats], county: County) -> Seats:
    """The seats of a county; refused where its plan is missing."""
    if county.code not in seats:
        raise Refusal("no-plan", "{county} 有报名而没有招生计划。请补齐招生计划后重试。", county=county.code)
    return seats[county.code]
