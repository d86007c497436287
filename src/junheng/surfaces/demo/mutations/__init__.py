"""Mutations: for each figure at least one change that it must notice. A figure that does not is not computed."""

from junheng.surfaces.demo.mutations import compulsory, layout, preschool, safety
from junheng.surfaces.demo.mutations.mutation import Breach, Mutation, RuleChange

__all__ = ["BREACHES", "MUTATIONS", "Breach", "Mutation", "RuleChange"]

MUTATIONS: tuple[Mutation, ...] = (
    *preschool.MUTATIONS,
    *compulsory.MUTATIONS,
    *safety.MUTATIONS,
    *layout.MUTATIONS,
)
BREACHES: tuple[Breach, ...] = (*preschool.BREACHES, *compulsory.BREACHES, *safety.BREACHES)
