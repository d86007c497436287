"""What a page says about a planned import, in a form that a job can keep."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from junheng.kernel.values.identity import conceal
from junheng.platform.registers.plans import Asked, Change, Plan
from junheng.platform.registers.problems import Group, Problem


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan without its drafts; it has what the import page asks of a plan, under the same names."""

    lines: int
    new: int
    changed: int
    unchanged: int
    waiting: int
    wrong: int
    does_nothing: bool
    ignored: Sequence[str]
    notes: Sequence[str]
    listed_problems: Sequence[Problem]
    groups: Sequence[Group]
    listed_changes: Sequence[Change]
    asked: int = 0
    explained: int = 0
    listed_questions: Sequence[Asked] = ()


SHOWN_GROUPS = 100


def kept_preview(plan: Plan) -> dict[str, Any]:
    """A plan as JSON. Identity numbers are masked in it, in whatever column they were written: a job is kept long."""
    kept: dict[str, Any] = concealed(as_json(plan))
    return kept


def concealed(value: Any) -> Any:
    """The same lists and words with every identity number masked."""
    if isinstance(value, str):
        return conceal(value)
    if isinstance(value, dict):
        return {name: concealed(each) for name, each in value.items()}
    return [concealed(each) for each in value] if isinstance(value, list | tuple) else value


def as_json(plan: Plan) -> dict[str, Any]:
    """What the page says about a plan."""
    return {
        "lines": plan.lines,
        "new": plan.new,
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "waiting": plan.waiting,
        "wrong": plan.wrong,
        "does_nothing": plan.does_nothing,
        "ignored": plan.ignored,
        "notes": plan.notes[:30],
        "listed_problems": [asdict(one) for one in plan.listed_problems],
        "groups": [asdict(one) for one in plan.groups[:SHOWN_GROUPS]],
        "listed_changes": [asdict(one) for one in plan.listed_changes],
        "asked": plan.asked,
        "explained": plan.explained,
        "listed_questions": [asdict(one) for one in plan.listed_questions],
    }


def read_preview(kept: dict[str, Any]) -> Preview:
    """The preview that a job kept."""
    return Preview(
        **kept
        | {
            "listed_problems": [Problem(**one) for one in kept["listed_problems"]],
            "groups": [Group(**one) for one in kept["groups"]],
            "listed_changes": [Change(**one) for one in kept["listed_changes"]],
            "listed_questions": [Asked(**one) for one in kept.get("listed_questions", ())],
        }
    )
