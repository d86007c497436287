"""Writing and removing the rows of a plan that is still a draft."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from junheng.domains.intakes.models import PlanSchool, PlanVersion
from junheng.domains.intakes.policies.scope import check_office
from junheng.domains.intakes.terms import VersionState
from junheng.kernel.errors import Conflict
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, save_row


def check_draft(version: PlanVersion, *, by: Any, at: datetime) -> None:
    """Refuse to change what was published: a change is a new version with a reason."""
    check_office(version.intake, by=by, at=at)
    if PlanVersion.objects.select_for_update().get(pk=version.pk).state != VersionState.DRAFT:
        raise Conflict(
            "plan-published",
            "「{intake}」第 {number} 版计划已公布并固定，不能改动。需要修订时请另建新版本并写明原因。",
            intake=version.intake.title,
            number=version.number,
        )


@transaction.atomic
def write_rows(
    version: PlanVersion,
    *,
    keep: Iterable[Model],
    remove: Iterable[Model] = (),
    by: Any,
    at: datetime,
    why: str,
) -> int:
    """Write these rows of a draft and remove those; how many changed."""
    check_draft(version, by=by, at=at)
    changed = 0
    for row in remove:
        record(row, Verb.DEED.value, by=by, at=at, why=why, before=columns_of(row))
        row.delete()
        changed += 1
    for row in keep:
        if hasattr(row, "area_id") and not row.area_id:
            row.area_id = version.area_id
        changed += save_row(row, by=by, at=at, why=why) is not None
    return changed


def set_school(plan_school: PlanSchool, *, by: Any, at: datetime, why: str) -> PlanSchool:
    """Write one school of a draft; it must lie in the area of the admission."""
    code = plan_school.version.area_id
    if not str(plan_school.school.area_id).startswith(code):
        raise Conflict(
            "school-of-another-county",
            "{school}不在本批次的区划内，不能列入计划：义务教育阶段不得跨县域招生。",
            school=plan_school.school.name,
        )
    write_rows(plan_school.version, keep=[plan_school], by=by, at=at, why=why)
    return plan_school
