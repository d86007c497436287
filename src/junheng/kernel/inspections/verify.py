"""Whether a draw and its teams are as they had to be: written without ``solve``, from the definitions alone."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import networkx as nx
from networkx.algorithms.flow import dinitz

from junheng.kernel.inspections.problem import Assignment, Plan
from junheng.kernel.lottery.sm3 import Sm3


def faults(algorithm: str, seed: str, plan: Plan, drawn: Sequence[str], assignment: Assignment) -> list[str]:
    """Everything that is wrong, in words; empty if the inspections may begin."""
    found = []
    keys = {
        unit.code: min(hashed(algorithm, f"YGZS-LOT/1|es|{seed}|{plan.name}|{unit.code}|{turn}") for turn in range(unit.weight))
        for unit in plan.units
    }  # fmt: skip
    right = []
    for stratum, size in plan.sizes.items():
        inside = sorted(unit.code for unit in plan.units if unit.stratum == stratum)
        right += sorted(inside, key=keys.__getitem__)[:size]
    if list(drawn) != right:
        found.append(f"the units drawn are not those that follow from the seed: {sorted(set(drawn) ^ set(right)) or 'another order'}")  # fmt: skip
    if [unit for unit, _team in assignment.teams] != list(drawn):
        found.append("the teams are not those of the units drawn")
    plan = kept_apart(algorithm, seed, plan)
    known = {one.code: one for one in plan.inspectors}
    for unit, team in assignment.teams:
        if len(set(team)) != plan.team or len(team) != plan.team:
            found.append(f"{unit} has {len(set(team))} inspectors instead of {plan.team}")
        barred = [one for one in team if one not in known or unit in known[one].recused]
        found += [f"{one} may not visit {unit}" for one in barred]
    loads = Counter(one for _unit, team in assignment.teams for one in team)
    found += [
        f"{one} has {count} visits"
        for one, count in loads.items()
        if one in known and count > known[one].most
    ]
    heaviest = max(loads.values(), default=0)
    if not found and heaviest > 1 and is_possible(plan, list(drawn), heaviest - 1):
        found.append(f"visits could be spread more evenly: nobody needs {heaviest}")
    return found


def kept_apart(algorithm: str, seed: str, plan: Plan) -> Plan:
    """The plan with the recusals that follow from the pairs of counties, if it is a crossed one."""
    if plan.cross is None:
        return plan
    cross = plan.cross
    drawn = sorted(
        cross.counties, key=lambda one: hashed(algorithm, f"YGZS-LOT/1|es|{seed}|{plan.name}-pairs|{one}|0")
    )
    ring = next(rings(drawn[:1], drawn[1:], cross.apart))
    visits = dict(zip(ring, [*ring[1:], ring[0]], strict=True))
    barred = {
        county: frozenset(unit for unit in plan.codes if cross.places[unit] != visits[county])
        for county in ring
    }
    inspectors = tuple(
        replace(one, recused=one.recused | barred[cross.homes[one.code]]) for one in plan.inspectors
    )
    return replace(plan, inspectors=inspectors)


def rings(
    begun: Sequence[str], left: Sequence[str], apart: Collection[tuple[str, str]]
) -> Iterator[Sequence[str]]:
    """All rings that begin so, in the order in which the counties were drawn."""
    if not left and (begun[-1], begun[0]) not in apart:
        yield begun
    for one in left:
        if (begun[-1], one) not in apart:
            yield from rings([*begun, one], [other for other in left if other != one], apart)


def is_possible(plan: Plan, units: Sequence[str], load: int) -> bool:
    """Whether all teams can be complete with nobody visiting more often than that."""
    if plan.team * len(units) > sum(min(load, one.most) for one in plan.inspectors):
        return False
    graph = nx.DiGraph()
    for unit in units:
        graph.add_edge("start", ("unit", unit), capacity=plan.team)
    for one in plan.inspectors:
        graph.add_edge(("inspector", one.code), "end", capacity=min(load, one.most))
        for unit in units:
            if unit not in one.recused:
                graph.add_edge(("unit", unit), ("inspector", one.code), capacity=1)
    value: int = nx.maximum_flow_value(graph, "start", "end", flow_func=dinitz)
    return value == plan.team * len(units)


def hashed(algorithm: str, text: str) -> bytes:
    """The hash of a text."""
    content = text.encode("ascii")
    if algorithm == "sm3":
        there = "sm3" in hashlib.algorithms_available
        return hashlib.new("sm3", content).digest() if there else Sm3(content).digest()
    return hashlib.sha256(content).digest()
