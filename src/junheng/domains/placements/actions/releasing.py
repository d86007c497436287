"""Release: when a second person agrees, and only if nothing was found that speaks against the result."""

from datetime import datetime
from typing import Any

from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.scope import check_office
from junheng.domains.intakes.terms import IntakeState
from junheng.domains.placements.actions.again import recomputed
from junheng.domains.placements.actions.computing import computed, same_as
from junheng.domains.placements.actions.drawing import check_list
from junheng.domains.placements.actions.entrants import follow
from junheng.domains.placements.models import Countersign, Draw, Run
from junheng.domains.placements.queries.children import listed
from junheng.domains.placements.queries.proofs import ReadList, files, recount
from junheng.domains.placements.terms import RunKind, RunState, Step
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.seeds.two import agreed


def release(one: Run, *, by: Any, at: datetime, why: str) -> Run | None:
    """Make a run public; None where the second person is still to come.

    Both times it is computed again and compared; when the second agrees the auditor's own file recounts it as well, a
    further run together with all those before it.
    """
    intake = one.draw.intake
    return attempt(
        intake, "发布录取结果", lambda: _release(intake.pk, one.pk, by=by, at=at, why=why), by=by, at=at
    )


def _release(pk: int, run_pk: int, *, by: Any, at: datetime, why: str) -> Run | None:
    intake = Intake.objects.select_for_update().get(pk=pk)
    check_office(intake, by=by, at=at)
    one = (
        Run.objects.select_for_update(of=("self",))
        .select_related("draw__intake", "draw__version")
        .get(pk=run_pk)
    )
    if one.state == RunState.RELEASED:
        raise Conflict("released-already", "第 {number} 次运算的结果已经发布。", number=one.number)
    if at < intake.release_at and one.kind == RunKind.FIRST:
        raise Refusal("release-later", "结果发布时间还没有到，不能提前发布。所有家庭同时看到结果。")
    read = check_faults(one)
    of = {"intake": intake, "area_id": intake.area_id}
    if not agreed(Countersign, Step.RELEASE, by=by, at=at, why=why, about=str(one.number), **of):
        return None
    refuse(recount(files(one, sealed=True, read=read)))
    one.state, one.released_at = RunState.RELEASED, at
    save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    if one.kind == RunKind.AGAIN:
        follow(one, by=by, at=at, why=why)
    if intake.state != IntakeState.RELEASED:
        intake.state = IntakeState.RELEASED
        save_row(intake, by=by, at=at, why=why, verb=Verb.DEED.value)
    return one


def check_faults(one: Run) -> ReadList:
    """Compute and verify it once more from what the tables hold now, and refuse if anything is found or differs."""
    draw = Draw.objects.select_related("intake", "version").get(pk=one.draw_id)
    rows = listed(draw)
    records = check_list(draw, rows)
    found = computed(draw, rows, records=records) if one.kind == RunKind.FIRST else recomputed(one, rows)
    same_as(one, found)
    refuse([*one.faults, *found.faults])
    return ReadList(rows, records)


def refuse(told: list[str]) -> None:
    """Refuse the release where anything was found."""
    if told:
        raise Conflict(
            "result-not-verified",
            "独立核验发现 {count} 处问题，不能发布。第一处：{first}",
            count=len(told),
            first=told[0],
        )
