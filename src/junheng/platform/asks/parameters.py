"""What the bureau has set: seconds a question takes, minutes a term may ask, how few are too few."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module

from django.conf import settings

from junheng.platform.asks.terms import Kind, UnitKind


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a day. ``certain`` is false while somebody still has to confirm them."""

    seconds: Mapping[str, int]
    """Seconds by kind of question."""
    known: int
    """Seconds to look at an answer that stands there already."""
    budget: Mapping[str, int]
    """Minutes by kind of unit and term; what classes fill in is their school's."""
    idle: int
    fillings: int
    least: int
    certain: bool


def parameters_on(day: date) -> Parameters:
    """The bureau's parameters on a day."""
    rules = import_module(f"{settings.JUNHENG_CONTENT}.rulebook").RULEBOOK
    seconds = {kind: rules[f"asking.seconds_{kind}"].on(day) for kind in Kind.values}
    others = {
        name: rules[f"asking.{name}"].on(day)
        for name in (
            "seconds_known",
            "budget_school",
            "budget_kindergarten",
            "idle_after",
            "fillings_needed",
            "least_group",
        )
    }
    steps = [*seconds.values(), *others.values()]
    return Parameters(
        seconds={kind: step.value for kind, step in seconds.items()},
        known=others["seconds_known"].value,
        budget={
            UnitKind.SCHOOLS: others["budget_school"].value,
            UnitKind.CLASSES: others["budget_school"].value,
            UnitKind.KINDERGARTENS: others["budget_kindergarten"].value,
        },
        idle=others["idle_after"].value,
        fillings=others["fillings_needed"].value,
        least=others["least_group"].value,
        certain=not any(step.certainty.to_be_confirmed for step in steps),
    )
