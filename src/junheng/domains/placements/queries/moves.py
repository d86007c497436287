"""What a further run changed, as the office reads it: who, from where to where, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from junheng.domains.placements.models import Run
from junheng.domains.placements.queries.asking import Plan
from junheng.kernel.admission import NOWHERE


@dataclass(frozen=True, slots=True)
class Move:
    """One child whose place is another now."""

    pid: str
    before: str
    after: str
    why: str


def moves(run: Run) -> list[Move]:
    """Everybody whose place a further run changed: first who made the change, then who moved up by it."""
    plan = plan_of(run)
    inputs = run.changes[0]["inputs"]
    found = [
        Move(one["pid"], place_name(plan, one["before"]), place_name(plan, one["after"]), reason(one, inputs))
        for one in run.changes[1:]
    ]
    first = {*inputs["out"], *inputs["upheld"]}
    return sorted(found, key=lambda one: (one.pid not in first, one.pid))


def added(run: Run) -> list[tuple[str, int]]:
    """The groups that got places beyond the plan, with how many."""
    plan = plan_of(run)
    return [(place_name(plan, group), count) for group, count in sorted(run.added.items())]


def reason(change: Mapping[str, str], inputs: Mapping[str, Any]) -> str:
    """Why one child's place is another."""
    if change["pid"] in inputs["out"]:
        return _("放弃学位")
    if change["pid"] in inputs["upheld"]:
        return _("申诉支持")
    if change["before"] == NOWHERE:
        return _("候补递补")
    return _("递补到更靠前的志愿")


def plan_of(run: Run) -> Plan:
    """The plan of a run's admission."""
    return Plan((run.draw.version.document or {"schools": []}) if run.draw.version else {"schools": []})


def place_name(plan: Plan, code: str) -> str:
    """School and group as people call them; a dash for no place."""
    if code == NOWHERE or code.partition("-")[0] not in plan.schools:
        return "—"
    school, group = plan.group(code)
    only = len(school["groups"]) == 1
    return str(school["name"]) if only else f"{school['name']}（{group['label']}）"
