"""Publishing a plan, which freezes it with its digest; and a new version, which needs a reason and comes in time."""

from datetime import datetime
from typing import Any

from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.intakes.models import (
    Catchment,
    Category,
    Intake,
    Paper,
    PlaceGroup,
    PlanSchool,
    PlanVersion,
)
from junheng.domains.intakes.policies.scope import check_office
from junheng.domains.intakes.policies.validity import PlanFault, plan_faults
from junheng.domains.intakes.queries.document import digest_of, document_of
from junheng.domains.intakes.terms import IntakeState, VersionState
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.seeds.rules import shown


class PlanNotInOrder(Refusal):
    """A plan that cannot be published yet, with everything that stands in the way."""

    def __init__(self, code: str, sentence: str, *, faults: list[PlanFault], **params: Any) -> None:
        super().__init__(code, sentence, **params)
        self.faults = faults


def publish(version: PlanVersion, *, by: Any, at: datetime, why: str) -> PlanVersion:
    """Freeze a plan and make it public; the version before it is superseded."""
    return attempt(
        version.intake, "公布招生计划", lambda: _publish(version.pk, by=by, at=at, why=why), by=by, at=at
    )


def _publish(pk: int, *, by: Any, at: datetime, why: str) -> PlanVersion:
    version = PlanVersion.objects.select_for_update().get(pk=pk)
    intake = Intake.objects.select_for_update().get(pk=version.intake_id)
    version.intake = intake
    check_office(intake, by=by, at=at)
    if version.state != VersionState.DRAFT:
        raise Conflict(
            "plan-published",
            "「{intake}」第 {number} 版计划已公布并固定，不能改动。需要修订时请另建新版本并写明原因。",
            intake=intake.title, number=version.number,
        )  # fmt: skip
    check_not_closed(intake, at=at)
    first = version.number == 1
    if first and at >= intake.opens_at:
        raise Refusal(
            "published-after-opening",
            "报名应于 {opens} 开始，计划须先公布。公布之前任何学校不得接受报名。请先把报名时间改到公布之后。",
            opens=shown(intake.opens_at),
        )
    if not first and not version.reason:
        raise Refusal("revision-without-reason", "修订计划须写明原因，原因随新版本一起公布。请填写后再公布。")
    document = document_of(version)
    faults = [one for one in plan_faults(document) if one.stops]
    if faults:
        raise PlanNotInOrder(
            "plan-not-in-order",
            "计划还有 {count} 处不符合要求，没有公布。第一处：{first}",
            faults=faults, count=len(faults), first=str(faults[0]),
        )  # fmt: skip
    for old in PlanVersion.objects.filter(intake=intake, state=VersionState.PUBLISHED):
        old.state = VersionState.SUPERSEDED
        save_row(old, by=by, at=at, why=why)
    version.document, version.digest = document, digest_of(document)
    version.state, version.published_at, version.published_by = VersionState.PUBLISHED, at, name_of(by)
    save_row(version, by=by, at=at, why=why, verb=Verb.DEED.value)
    intake.state = IntakeState.PUBLISHED
    save_row(intake, by=by, at=at, why=why)
    return version


def check_not_closed(intake: Intake, *, at: datetime) -> None:
    """Refuse a change of a plan once registration has closed: families chose by it."""
    if at >= intake.closes_at or intake.state not in {IntakeState.DRAFT, IntakeState.PUBLISHED}:
        raise Conflict(
            "plan-frozen",
            "「{intake}」的报名已于 {closes} 截止，计划不能再改：家长已按公布的计划填报。学校停招等情况请走新的公告和补录。",
            intake=intake.title, closes=shown(intake.closes_at),
        )  # fmt: skip


def revise(intake: Intake, *, reason: str, by: Any, at: datetime, why: str) -> PlanVersion:
    """Begin the next version of a published plan as a copy of it. One draft at a time."""
    return attempt(
        intake, "修订招生计划", lambda: _revise(intake.pk, reason, by=by, at=at, why=why), by=by, at=at
    )


def _revise(pk: int, reason: str, *, by: Any, at: datetime, why: str) -> PlanVersion:
    intake = Intake.objects.select_for_update().get(pk=pk)
    check_office(intake, by=by, at=at)
    check_not_closed(intake, at=at)
    if not reason.strip():
        raise Refusal("revision-without-reason", "修订计划须写明原因，原因随新版本一起公布。请填写后再公布。")
    last = PlanVersion.objects.filter(intake=intake).order_by("-number").first()
    if last is None or last.state == VersionState.DRAFT:
        raise Conflict("draft-open", "「{intake}」已有一个起草中的版本，请在其中修改。", intake=intake.title)
    fresh = PlanVersion(
        intake=intake, area_id=intake.area_id, number=last.number + 1, reason=reason.strip()[:200]
    )
    save_row(fresh, by=by, at=at, why=why)
    for model in (Category, Paper):
        for row in model.objects.filter(version=last):
            row.pk, row.version = None, fresh
            save_row(row, by=by, at=at, why=why)
    for school in list(PlanSchool.objects.filter(version=last)):
        copy_school(school, fresh, by=by, at=at, why=why)
    return fresh


def copy_school(school: PlanSchool, version: PlanVersion, *, by: Any, at: datetime, why: str) -> None:
    """One school of a plan with its groups and catchments, into another version."""
    groups = list(PlaceGroup.objects.filter(plan_school_id=school.pk).order_by("id"))
    pieces = list(Catchment.objects.filter(plan_school_id=school.pk).order_by("id"))
    school.pk, school.version = None, version
    save_row(school, by=by, at=at, why=why)
    fresh: dict[int | None, PlaceGroup] = {}
    pools = {one.pk: one.release_to_id for one in groups}
    for group in groups:
        old = group.pk
        group.pk, group.plan_school, group.release_to = None, school, None
        save_row(group, by=by, at=at, why=why)
        fresh[old] = group
    for old, pool in pools.items():
        if pool in fresh:
            fresh[old].release_to = fresh[pool]
            save_row(fresh[old], by=by, at=at, why=why)
    for piece in pieces:
        piece.pk, piece.plan_school = None, school
        save_row(piece, by=by, at=at, why=why)
