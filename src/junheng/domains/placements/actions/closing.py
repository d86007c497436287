"""Closing: the list freezes, and its root, the digest of rules and places, and the way of the draw are published."""

import hashlib
from datetime import datetime
from typing import Any

from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.intakes.models import Intake, PlanVersion
from junheng.domains.intakes.policies.scope import check_office
from junheng.domains.intakes.queries.document import digest_of, document_of
from junheng.domains.intakes.terms import IntakeState, VersionState
from junheng.domains.placements.actions.preparing import check_not_frozen
from junheng.domains.placements.models import Countersign, Draw, Listed
from junheng.domains.placements.queries.asking import Plan, records_of
from junheng.domains.placements.queries.children import applicants
from junheng.domains.placements.queries.proofs import contributors
from junheng.domains.placements.terms import Step
from junheng.domains.registrations.models import Objection, StatedCircumstance
from junheng.domains.registrations.terms import ApplicationState, FoundState, ObjectionState
from junheng.kernel.admission import entrants_of, list_root
from junheng.kernel.errors import Refusal
from junheng.kernel.lottery import Algorithm, digest
from junheng.platform.audit.append import record_batch
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.seeds.two import agreed


def close(intake: Intake, *, by: Any, at: datetime, why: str) -> Draw | None:
    """Freeze the list when a second person agrees; None where that person is still to come."""
    return attempt(intake, "封存名单", lambda: _close(intake.pk, by=by, at=at, why=why), by=by, at=at)


def _close(pk: int, *, by: Any, at: datetime, why: str) -> Draw | None:
    intake = Intake.objects.select_for_update().get(pk=pk)
    check_office(intake, by=by, at=at)
    check_not_frozen(intake)
    version = check_ready(intake, at=at)
    draw = Draw.objects.select_for_update().get(intake=intake)
    of = {"intake": intake, "area_id": intake.area_id}
    if not agreed(Countersign, Step.CLOSE, by=by, at=at, why=why, about="", **of):
        return None
    plan = Plan(version.document or {})
    found = applicants(intake)
    records = records_of(plan, [one.child for one in found])
    algorithm = Algorithm(intake.algorithm)
    salts = {one.child.pid: one.salt for one in found}
    rules = plan.rules().file()
    draw.version, draw.entrants, draw.closed_at = version, len(records), at
    draw.root = list_root(algorithm, intake.code, entrants_of(records, salts))
    draw.rules, draw.rules_file = digest(algorithm, rules).hex(), rules.decode("ascii")
    save_row(draw, by=by, at=at, why=why, verb=Verb.DEED.value)
    rows = [
        Listed(
            draw=draw, application_id=one.application, rank=rank, pid=one.child.pid, salt=one.salt,
            record=str(record), facts=one.facts(),
        )
        for rank, (one, record) in enumerate(zip(found, records, strict=True), 1)
    ]  # fmt: skip
    insert_rows(Listed, rows)
    record_batch(
        Listed, first_row=rows[0].pk, last_row=rows[-1].pk, count=len(rows), source="applications",
        digest=hashlib.sha256("\n".join(one.record for one in rows).encode()).hexdigest(), by=by, at=at, why=why,
    )  # fmt: skip
    intake.state, intake.closed_at = IntakeState.CLOSED, at
    save_row(intake, by=by, at=at, why=why, verb=Verb.DEED.value)
    return draw


def check_ready(intake: Intake, *, at: datetime) -> PlanVersion:
    """Refuse to close too early, over an altered plan, or with work undone; the plan in force."""
    if at < intake.closes_at:
        raise Refusal("closes-later", "报名还没有截止，不能封存名单。请在截止之后办理。")
    draw = Draw.objects.filter(intake=intake).first()
    if draw is None:
        raise Refusal(
            "draw-not-prepared", "还没有设定派位办法（参与方、公共随机值、代用值）。请先设定，再封存名单。"
        )
    if missing := [one.label for one in contributors(draw) if not one.digest]:
        raise Refusal(
            "commitments-missing",
            "还缺承诺值：{who}。承诺值必须与名单根同时公布。请登记后再封存。",
            who="、".join(missing),
        )
    version = PlanVersion.objects.filter(intake=intake, state=VersionState.PUBLISHED).first()
    if version is None:
        raise Refusal("no-plan", "这个批次没有现行的招生计划，不能封存名单。")
    version.intake = Intake.objects.select_related("area").get(pk=intake.pk)
    stored = version.document or {}
    if digest_of(stored) != version.digest or document_of(version) != stored:
        raise Refusal(
            "plan-altered", "招生计划与公布时的摘要不符：公布之后有人改动过数据。请先查明，再封存名单。"
        )
    waiting = StatedCircumstance.objects.filter(
        application__intake=intake, application__state=ApplicationState.SENT, state__in=(FoundState.CLAIMED, FoundState.ASKED)
    ).count()  # fmt: skip
    if waiting and at < intake.checked_by:
        raise Refusal(
            "checks-undone",
            "还有 {count} 项情况没有审核完，审核截止之前不能封存名单。请先审核。",
            count=waiting,
        )
    appeals = Objection.objects.filter(application__intake=intake, state=ObjectionState.OPEN).count()
    if appeals:
        raise Refusal("objections-open", "还有 {count} 件申诉没有处理，处理完才能封存名单。", count=appeals)
    return version
