"""The folder of one round of inspections: values in, the bytes of every file out, in the form that is recounted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from junheng.kernel.inspections.problem import Assignment, Cross, Inspector, Plan
from junheng.kernel.lottery import Algorithm, Announcement, Reveal, Tree, Unit, digest
from junheng.kernel.lottery.digests import line


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything of one round that is written down."""

    announced: Announcement
    plan: Plan
    reveals: Sequence[Reveal]
    beacons: Mapping[str, str | None]
    units: Sequence[Unit]
    assignment: Assignment
    pairs: Mapping[str, str] = field(default_factory=dict)
    """Whom each county visits, in a crossed round."""


def root_of_units(algorithm: Algorithm, batch: str, plan: Plan) -> str:
    """The root over all units that may be drawn, in the order of the plan."""
    return Tree(
        algorithm,
        [
            digest(algorithm, b"\x00" + line("unit", batch, unit.code, str(unit.weight), unit.stratum))
            for unit in plan.units
        ],
    ).root


def plan_file(plan: Plan) -> bytes:
    """The plan as it is published; its digest stands in the announcement as that of the rules."""
    told: dict[str, Any] = {
        "name": plan.name,
        "units": [[unit.code, unit.weight, unit.stratum] for unit in plan.units],
        "sizes": [[stratum, size] for stratum, size in plan.sizes.items()],
        "inspectors": [[one.code, one.most, sorted(one.recused)] for one in plan.inspectors],
        "team": plan.team,
    }
    if plan.cross is not None:
        told["cross"] = {
            "places": dict(plan.cross.places),
            "homes": dict(plan.cross.homes),
            "apart": sorted(list(pair) for pair in plan.cross.apart),
        }
    return canonical(told)


def plan_of(content: bytes) -> Plan:
    """The plan as its file tells it: what was frozen is read back from the very bytes whose digest was announced."""
    told = json.loads(content)
    cross = told.get("cross")
    return Plan(
        told["name"],
        tuple(Unit(*one) for one in told["units"]),
        dict(told["sizes"]),
        tuple(Inspector(code, most, frozenset(recused)) for code, most, recused in told["inspectors"]),
        told["team"],
        cross
        and Cross(cross["places"], cross["homes"], frozenset((one, other) for one, other in cross["apart"])),
    )


def publish(drawn: Drawn) -> dict[str, bytes]:
    """The files by name."""
    said = drawn.announced
    pairs = {"pairs.json": canonical(dict(drawn.pairs))} if drawn.plan.cross is not None else {}
    return pairs | {
        "announcement.json": canonical(
            {
                "batch": said.batch,
                "algorithm": said.algorithm.value,
                "entrants": said.entrants,
                "root": said.root,
                "rules": said.rules,
                "commitments": [{"name": one.name, "digest": one.digest} for one in said.commitments],
                "beacons": list(said.beacons),
                "fallback": said.fallback,
            }
        ),
        "plan.json": plan_file(drawn.plan),
        "reveals.json": canonical(
            [{"name": one.name, "nonce": one.nonce, "secret": one.secret} for one in drawn.reveals]
        ),
        "beacons.json": canonical(dict(drawn.beacons)),
        "drawn.json": canonical([[unit, list(team)] for unit, team in drawn.assignment.teams]),
    }


def canonical(value: Any) -> bytes:
    """A value as JSON in one form only: keys sorted, no blanks, ASCII, a line feed at the end."""
    return (json.dumps(value, sort_keys=True, separators=(",", ":")) + "\n").encode("ascii")
