"""Sending teams out when a second person agrees, and telling everybody when they are back."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.visits.actions.reading import locked
from junheng.domains.visits.models import (
    Countersign,
    Errand,
    Inspector,
    SamplePlan,
    SampleUnit,
    SiteVisit,
    TeamMember,
)
from junheng.domains.visits.policies.scope import check_plans
from junheng.domains.visits.queries.proofs import files, recount
from junheng.domains.visits.terms import ErrandKind, ErrandState, SampleState, SiteState, Step
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import append_many, name_of
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of, save_row
from junheng.platform.seeds.two import agreed


def release(plan: SamplePlan, *, by: Any, at: datetime, why: str) -> SamplePlan | None:
    """Send the teams out; None where the second person is still to come. The auditor's file recounts it before."""
    return attempt(plan, "派出检查组", lambda: _release(plan.pk, by=by, at=at, why=why), by=by, at=at)


def _release(pk: int, *, by: Any, at: datetime, why: str) -> SamplePlan | None:
    plan = locked(pk)
    check_plans(plan.area_id, by=by, at=at)
    if plan.state in {SampleState.RELEASED, SampleState.PUBLISHED}:
        raise Conflict("sample-released-already", "「{plan}」的检查组已经派出。", plan=plan.title)
    if plan.state != SampleState.DRAWN:
        raise Refusal("sample-not-drawn", "还没有抽取，不能派出检查组。请先完成抽取。")
    if wrong := recount(files(plan)):
        raise Conflict(
            "result-not-verified",
            "独立核验发现 {count} 处问题，不能发布。第一处：{first}",
            count=len(wrong),
            first=wrong[0],
        )
    if not agreed(Countersign, Step.RELEASE, by=by, at=at, why=why, plan=plan):
        return None
    send_out(plan, by=by, at=at, why=why)
    plan.state, plan.released_at = SampleState.RELEASED, at
    save_row(plan, by=by, at=at, why=why, verb=Verb.DEED.value)
    return plan


def send_out(plan: SamplePlan, *, by: Any, at: datetime, why: str) -> None:
    """A planned visit for every drawn unit, with its team in the order of the lots."""
    codes = [unit for unit, _team in plan.teams]
    rows = SampleUnit.objects.filter(plan=plan, code__in=codes).select_related("school", "institution")
    units = {one.code: one for one in rows}
    people = {
        one.code: one.pk for one in Inspector.objects.filter(code__in={c for _u, t in plan.teams for c in t})
    }
    kind = ErrandKind.CROSS if plan.crossed else ErrandKind.DRAWN
    errands = []
    for code in codes:
        one = units[code]
        place = one.school or one.institution
        assert place is not None
        errands.append(
            Errand(
                kind=kind, plan=plan, by_area_id=plan.area_id, school_id=one.school_id,
                institution_id=one.institution_id, area_id=place.area_id, day=plan.visits_from,
                until=plan.visits_until, purpose=plan.title, made_by=name_of(by), made_at=at,
            )
        )  # fmt: skip
    insert_rows(Errand, errands)
    members = [
        TeamMember(errand=errand, inspector_id=people[code], rank=rank)
        for errand, (_unit, team) in zip(errands, plan.teams, strict=True)
        for rank, code in enumerate(team, 1)
    ]
    insert_rows(TeamMember, members)
    for made in (errands, members):
        pairs = [(one, None) for one in made]
        append_many(list(drafts_of(pairs, by=by, at=at, why=why, verb=Verb.DEED.value)))


def publish_results(plan: SamplePlan, *, by: Any, at: datetime, why: str) -> SamplePlan:
    """Tell everybody what the visits found, and open the folder of the draw where the list was sealed."""
    return attempt(plan, "公布抽查结果", lambda: _publish(plan.pk, by=by, at=at, why=why), by=by, at=at)


def _publish(pk: int, *, by: Any, at: datetime, why: str) -> SamplePlan:
    plan = locked(pk)
    check_plans(plan.area_id, by=by, at=at)
    if plan.state == SampleState.PUBLISHED:
        raise Conflict("results-published", "「{plan}」的结果已经公布。", plan=plan.title)
    if plan.state != SampleState.RELEASED:
        raise Refusal("sample-not-released", "检查组还没有派出，没有结果可以公布。")
    states = (ErrandState.PLANNED, ErrandState.ARRIVED)
    if waiting := Errand.objects.filter(plan=plan, state__in=states).count():
        raise Refusal(
            "visits-open",
            "还有 {count} 次检查没有结束，现在公布会让还没查的单位知道自己被抽中。请完成或撤销后再公布。",
            count=waiting,
        )
    for one in SiteVisit.objects.filter(errand__plan=plan, state=SiteState.CLOSED, published_on=None):
        one.published_on = timezone.localdate(at)
        save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    plan.state, plan.published_at = SampleState.PUBLISHED, at
    save_row(plan, by=by, at=at, why=why, verb=Verb.DEED.value)
    return plan
