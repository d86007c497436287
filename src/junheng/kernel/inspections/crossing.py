"""A round in which counties visit one another: the pairs come from the seed, and the pairs say who stays away."""

from dataclasses import replace

from junheng.kernel.inspections.pairing import pairing
from junheng.kernel.inspections.problem import Inspector, Plan
from junheng.kernel.lottery import Algorithm

PAIRS = "-pairs"
"""What the name of the plan ends in where the counties are drawn, so that they are drawn apart from the units."""


def pairs_of(algorithm: Algorithm, seed: str, plan: Plan) -> dict[str, str]:
    """Whom each county visits; nothing where the round is not a crossed one."""
    if plan.cross is None:
        return {}
    return pairing(algorithm, seed, plan.name + PAIRS, plan.cross.counties, apart=plan.cross.apart)


def crossed(algorithm: Algorithm, seed: str, plan: Plan) -> Plan:
    """The plan with everybody recused from all units but those of the county that his or her own one visits."""
    if plan.cross is None:
        return plan
    pairs, places, homes = pairs_of(algorithm, seed, plan), plan.cross.places, plan.cross.homes
    return replace(
        plan,
        inspectors=tuple(
            Inspector(
                one.code,
                one.most,
                one.recused | {unit for unit in plan.codes if places[unit] != pairs[homes[one.code]]},
            )
            for one in plan.inspectors
        ),
    )
