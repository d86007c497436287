"""A further run: appeals that were upheld and places that were given back, by the same numbers and the same order.

Nobody who was told a place loses it: where a better claim that was found late would push somebody out, the group gets
a place more, which is counted, published and released by two persons like everything else.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.scope import check_office
from junheng.domains.intakes.terms import IntakeState
from junheng.domains.placements.actions.computing import Computed, computed, write
from junheng.domains.placements.models import Draw, Listed, Reply, Run
from junheng.domains.placements.queries.children import applicants, listed, record_of
from junheng.domains.placements.queries.further import changed, places_of
from junheng.domains.placements.queries.proofs import ReadList, files, recount
from junheng.domains.placements.terms import RunKind, RunState
from junheng.domains.registrations.models import Objection
from junheng.domains.registrations.terms import ObjectionState
from junheng.kernel.admission import NOWHERE, Record
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.save import save_row

ROUNDS = 500
"""Places are added until nobody loses; more rounds than this mean that something else is wrong."""


def again(intake: Intake, *, by: Any, at: datetime, why: str) -> Run:
    """Make the next run. Refused where nothing has changed since the last."""
    return attempt(intake, "重算录取结果", lambda: _again(intake.pk, by=by, at=at, why=why), by=by, at=at)


def _again(pk: int, *, by: Any, at: datetime, why: str) -> Run:
    intake = Intake.objects.select_for_update().get(pk=pk)
    check_office(intake, by=by, at=at)
    if intake.state != IntakeState.RELEASED:
        raise Refusal("not-released", "结果还没有发布，没有可以重算的。")
    draw = Draw.objects.select_related("intake", "version").get(intake=intake)
    last = Run.objects.filter(draw=draw).order_by("-number")[0]
    if last.state != RunState.RELEASED:
        raise Conflict("run-open", "第 {number} 次运算还没有发布，请先发布它。", number=last.number)
    if not why.strip():
        raise Refusal("again-without-why", "请写明重算的原因，随结果一起公布。")
    rows = listed(draw)
    inputs = inputs_of(last, rows)
    if inputs == last_inputs(last):
        raise Refusal("nothing-changed", "上次运算之后没有支持的申诉，也没有家庭放弃学位，不用重算。")
    before = places_of(last)
    added, found = without_loss(draw, rows, inputs, before, dict(last.added))
    changes = [
        {"pid": row.pid, "before": before[row.pk], "after": found.outcome.places[row.pid]}
        for row in rows
        if before[row.pk] != found.outcome.places[row.pid]
    ]
    one = write(
        draw,
        found,
        kind=RunKind.AGAIN,
        by=by,
        at=at,
        why=why,
        changes=[{"inputs": inputs}, *changes],
        added=added,
    )
    read = ReadList(rows, [record_of(row.record) for row in rows])
    one.faults = found.faults + recount(files(one, sealed=True, read=read))
    save_row(one, by=by, at=at, why=why)
    return one


def inputs_of(last: Run, rows: list[Listed]) -> dict[str, Any]:
    """What is another than in the closed list: children out of it, and records that an appeal made better."""
    out = Reply.objects.filter(listed__draw=last.draw_id, accepted=False).values_list(
        "listed__pid", flat=True
    )
    upheld = set(
        Objection.objects.filter(
            application__in=[one.application_id for one in rows], state=ObjectionState.UPHELD, decided_at__gt=last.draw.closed_at
        ).values_list("application", flat=True)
    )  # fmt: skip
    pids = {one.application_id: one.pid for one in rows}
    facts = {one.child.pid: one.facts() for one in applicants(last.draw.intake, only=sorted(upheld))}
    return {
        "out": sorted(out),
        "upheld": {pids[one]: facts[pids[one]] for one in sorted(upheld) if pids[one] in facts},
        "over": last.number,
    }


def last_inputs(last: Run) -> dict[str, Any]:
    """What the last run was made of."""
    told: dict[str, Any] = (
        last.changes[0]["inputs"] if last.kind == RunKind.AGAIN else {"out": [], "upheld": {}}
    )
    return told | {"over": last.number}


def without_loss(
    draw: Draw,
    rows: list[Listed],
    inputs: Mapping[str, Any],
    before: Mapping[int, str],
    added: dict[str, int],
) -> tuple[dict[str, int], Computed]:
    """Run it, and add a place wherever somebody would lose what was told."""
    records, children = changed(draw, rows, inputs, before)
    for _round in range(ROUNDS):
        found = computed(draw, rows, records=records, children=children, added=added)
        lost = losers(rows, records, before, found, set(inputs["out"]))
        if not lost:
            return added, found
        # who is pushed out pushes others: the place is added where the better claim went, one at a time
        gained = {found.outcome.places[pid] for pid in inputs["upheld"]}
        group = next((one for one in lost if one in gained), lost[0])
        added = added | {group: added.get(group, 0) + 1}
    raise Refusal("again-without-end", "重算没有得到不影响他人的结果，没有写入。请联系技术人员。")


def losers(
    rows: list[Listed], records: list[Record], before: Mapping[int, str], found: Computed, out: set[str]
) -> list[str]:
    """The groups whose children would be pushed out of what they were told, one for each child."""
    lost = []
    for row, record in zip(rows, records, strict=True):
        held, now = before[row.pk], found.outcome.places[row.pid]
        if held in (NOWHERE, now) or row.pid in out:
            continue
        order = {one.group: place for place, one in enumerate(record.bids)}
        if order.get(now, len(order)) > order[held]:
            lost.append(held)
    return lost


def recomputed(one: Run, rows: list[Listed]) -> Computed:
    """A further run computed once more, from what it was made of."""
    last = Run.objects.get(draw=one.draw_id, number=one.number - 1)
    draw = one.draw
    records, children = changed(draw, rows, one.changes[0]["inputs"], places_of(last))
    return computed(draw, rows, records=records, children=children, added=one.added)
