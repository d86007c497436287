"""The run: from the closed list and its numbers to everybody's place, verified by a count that shares no line with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.scope import check_office
from junheng.domains.intakes.terms import IntakeState
from junheng.domains.placements.actions.drawing import check_list
from junheng.domains.placements.models import Draw, Listed, Placement, Run
from junheng.domains.placements.queries.asking import Child, Plan
from junheng.domains.placements.queries.children import child_of, listed, record_of
from junheng.domains.placements.queries.proofs import ReadList, files, recount
from junheng.domains.placements.queries.tails import Coordination
from junheng.domains.placements.terms import RunKind
from junheng.domains.schools.models import School
from junheng.kernel.admission import NOWHERE, Outcome, Record, Rules, run
from junheng.kernel.admission.problem import written
from junheng.kernel.admission.publish import result_leaf
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.lottery import Algorithm, Tree, shown
from junheng.kernel.lottery import numbers as numbers_of
from junheng.kernel.matching import faults as faults_of_places
from junheng.platform.audit.append import name_of, record_batch
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row

Tell = Callable[[int, int, str], None]
STEPS = 5


def silent(done: int, total: int, step: str) -> None:
    """Nobody listens to how far it is."""


@dataclass(frozen=True, slots=True)
class Computed:
    """Everything of one computation before it is written."""

    plan: Plan
    rows: list[Listed]
    records: list[Record]
    rules: Rules
    outcome: Outcome
    faults: list[str]

    def placed(self) -> int:
        """How many have a place."""
        return sum(place != NOWHERE for place in self.outcome.places.values())


def compute(intake: Intake, *, by: Any, at: datetime, why: str, tell: Tell = silent) -> Run:
    """Make the first run. Asked again before the release it computes anew and must come to the same."""
    return attempt(
        intake, "计算录取结果", lambda: _compute(intake.pk, by=by, at=at, why=why, tell=tell), by=by, at=at
    )


@transaction.atomic
def _compute(pk: int, *, by: Any, at: datetime, why: str, tell: Tell) -> Run:
    intake = Intake.objects.select_for_update().get(pk=pk)
    check_office(intake, by=by, at=at)
    if intake.state in {IntakeState.DRAFT, IntakeState.PUBLISHED, IntakeState.CLOSED}:
        raise Refusal("no-numbers", "还没有产生派位号，不能计算录取结果。请先完成派位。")
    if intake.state == IntakeState.RELEASED:
        raise Conflict(
            "released-already",
            "「{intake}」的结果已经发布，不能重新计算首次结果。申诉支持和候补递补另作新的一次运算。",
            intake=intake.title,
        )
    draw = Draw.objects.select_related("intake", "version").get(intake=intake)
    rows = listed(draw)
    tell(1, STEPS, _("核对名单"))
    records = check_list(draw, rows)
    tell(2, STEPS, _("计算录取"))
    found = computed(draw, rows, records=records)
    old = Run.objects.filter(draw=draw, number=1).first()
    if old is not None:
        same_as(old, found)
        return old
    tell(3, STEPS, _("写入结果"))
    one = write(draw, found, kind=RunKind.FIRST, by=by, at=at, why=why)
    tell(4, STEPS, _("独立核验"))
    one.faults = found.faults + recount(files(one, sealed=True, read=ReadList(rows, records)))
    save_row(one, by=by, at=at, why=why)
    intake.state = IntakeState.COMPUTED
    save_row(intake, by=by, at=at, why=why, verb=Verb.DEED.value)
    tell(STEPS, STEPS, _("完成"))
    return one


def computed(
    draw: Draw,
    rows: list[Listed],
    *,
    records: Sequence[Record] | None = None,
    children: Mapping[str, Child] | None = None,
    added: Mapping[str, int] | None = None,
) -> Computed:
    """Run it and verify it. ``records`` and ``children`` where they are others than those of the closed list."""
    assert draw.version is not None
    plan = Plan(draw.version.document or {})
    rules = plan.rules(added)
    kept = [record_of(one.record) for one in rows] if records is None else list(records)
    numbers = {one.pid: bytes.fromhex(one.number) for one in rows}
    further = None
    if draw.intake.coordinate:
        homes = {one.pid: str(one.facts["home"]) for one in rows}
        known = {one.pid: child_of(one) for one in rows} if children is None else children
        further = Coordination(plan, known, homes)
    outcome = run(rules, kept, numbers, further)
    found = [
        f"{one.kind} {one.group} {outcome.pids[one.child] if one.child >= 0 else ''}".strip()
        for one in verified(outcome)
    ]
    found += not_asked(kept, outcome)
    found += of_the_draw(draw, numbers)
    return Computed(plan, rows, kept, rules, outcome, found)


def verified(outcome: Outcome) -> Any:
    """What the checker of the kernel finds, which asks the places alone and not the solver's own edges."""
    market = outcome.market
    code_of = [one.code for one in market.groups]
    starts, groups = market.starts.tolist(), market.group.tolist()
    result = []
    for child, pid in enumerate(outcome.pids):
        place = outcome.places[pid]
        edges = range(starts[child], starts[child + 1])
        result.append(next((edge for edge in edges if code_of[groups[edge]] == place), -1))
    return faults_of_places(market, result)


def not_asked(records: Sequence[Record], outcome: Outcome) -> list[str]:
    """Children in a place that they neither asked nor could ask: ineligible."""
    found = []
    for one in records:
        place = outcome.places[one.pid]
        may = {bid.group for bid in one.bids} | {bid.group for bid in outcome.tails.get(one.pid, ())}
        if place != NOWHERE and place not in may:
            found.append(f"ineligible {place} {one.pid}")
    return found


def of_the_draw(draw: Draw, numbers: Mapping[str, bytes]) -> list[str]:
    """Numbers that do not follow from the seed. The recount of the folder asks the list and the seed as well."""
    pids = list(numbers)
    right = numbers_of(Algorithm(draw.intake.algorithm), draw.seed, draw.intake.code, pids)
    return [f"number {pid}" for pid, number in zip(pids, right, strict=True) if numbers[pid] != number]


def same_as(old: Run, found: Computed) -> None:
    """Refuse where a second computation of the same comes to something else, or a stored place was altered."""
    pid_of = {one.pk: one.pid for one in found.rows}
    stored = {
        pid_of[one]: place for one, place in Placement.objects.filter(run=old).values_list("listed", "place")
    }
    odd = [pid for pid, place in found.outcome.places.items() if stored.get(pid) != place]
    if odd or len(stored) != len(found.rows) or old.cuts != cuts_of(found):
        raise Conflict(
            "result-altered",
            "已存的录取结果与重新计算的不符，第一处是 {pid}：有人改动过数据。已停止，请先查明。",
            pid=odd[0] if odd else "?",
        )


def write(
    draw: Draw, found: Computed, *, kind: RunKind, by: Any, at: datetime, why: str, **facts: Any
) -> Run:
    """Write a run with everybody's place and reasons."""
    outcome, rows = found.outcome, found.rows
    algorithm, batch = Algorithm(draw.intake.algorithm), draw.intake.code
    leaves = [result_leaf(algorithm, batch, one.salt, one.pid, outcome.places[one.pid]) for one in rows]
    number = Run.objects.filter(draw=draw).count() + 1
    one = Run(
        draw=draw, area_id=draw.area_id, number=number, kind=kind, reason=why[:200], made_at=at, made_by=name_of(by),
        placed=found.placed(), faults=found.faults, cuts=cuts_of(found), root=Tree(algorithm, leaves).root, **facts,
    )  # fmt: skip
    save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    places = placements(one, found)
    insert_rows(Placement, places)
    record_batch(
        Placement, first_row=places[0].pk, last_row=places[-1].pk, count=len(places), source=f"run {number}",
        digest=digest_of_rows([each.listed_id, each.place] for each in places), by=by, at=at, why=why,
    )  # fmt: skip
    return one


def placements(one: Run, found: Computed) -> list[Placement]:
    """Everybody's place, with what became of every question up to it."""
    outcome, market = found.outcome, found.outcome.market
    code_of = [group.code for group in market.groups]
    starts, groups = market.starts.tolist(), market.group.tolist()
    rank, why = outcome.explanation.rank.tolist(), outcome.explanation.why.tolist()
    codes = {code.partition("-")[0] for code in code_of}
    school_of = dict(School.objects.filter(code__in=codes).values_list("code", "pk"))
    rows = []
    for place, row in enumerate(found.rows):
        reasons = [
            [code_of[groups[edge]], rank[edge], why[edge]] for edge in range(starts[place], starts[place + 1])
        ]
        where = outcome.places[row.pid]
        tail = outcome.tails.get(row.pid)
        rows.append(
            Placement(
                run=one, listed=row, place=where, school_id=school_of.get(where.partition("-")[0]),
                tail=None if tail is None else written(tail), reasons=told(reasons, len(found.records[place].bids)),
            )
        )  # fmt: skip
    return rows


def told(reasons: list[list[Any]], own: int) -> list[list[Any]]:
    """What is kept: everything that the family chose, and of the rest what it was given."""
    return reasons[:own] + [one for one in reasons[own:] if one[2] == 0]


def cuts_of(found: Computed) -> list[dict[str, Any]]:
    """The end of every group's list, with the category and the number of the last one in, in words."""
    order = sorted((one.number for one in found.rows), key=str)
    categories = found.plan.document["categories"]
    cuts = []
    for cut in found.outcome.cuts:
        facts: dict[str, Any] = {
            "group": cut.code, "asked": cut.asked, "admitted": cut.admitted, "places": cut.seats, "rank": cut.rank,
            "key": cut.key,
        }  # fmt: skip
        if cut.key is not None:
            school, _group = found.plan.group(cut.code)
            tier, place = cut.key >> 56, cut.key >> 8 & 0xFFFFFFFF
            number = order[place]
            facts |= {
                "tier": tier,
                "number": number,
                "shown": shown(bytes.fromhex(number)),
                "category": next(
                    (one["label"] for one in categories if one["private"] == school["private"] and one["tier"] == tier), str(tier)
                ),
            }  # fmt: skip
        cuts.append(facts)
    return cuts
