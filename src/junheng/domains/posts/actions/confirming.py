"""The day's confirmation: everything in order but for what is named, and what is named becomes a finding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.findings.actions import open_finding
from junheng.domains.findings.terms import Severity
from junheng.domains.posts.models import DayConfirmation, Post
from junheng.domains.posts.queries.matrix import posts_on
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something that is not in order at a post."""

    post: Post
    what: str
    severity: Severity


@transaction.atomic
def confirm_day(
    school: School, *, exceptions: Sequence[Anomaly], on: date, by: Any, at: datetime, why: str
) -> DayConfirmation:
    """Confirm a day once. Whatever is named is opened as a finding that the person at the post has to remedy."""
    check_has_come(on, at=at)
    School.objects.select_for_update().get(pk=school.pk)
    if DayConfirmation.objects.filter(school=school, on=on).exists():
        raise Conflict("day-confirmed", "{school}{on} 已经确认过，不必再次确认。", school=school.name, on=on)
    posts = posts_on(school, on=on)
    if not posts:
        raise Refusal(
            "no-posts-today",
            "{school}{on} 没有安全岗位，无从确认。请先在岗位矩阵中落实到人。",
            school=school.name,
            on=on,
        )
    known = {one.pk for one in posts}
    if any(one.post.pk not in known for one in exceptions):
        raise Refusal("exception-elsewhere", "有一处异常不在当天的岗位上。请刷新页面后重新填写。")
    row = DayConfirmation(
        school=school, area_id=school.area_id, on=on, posts=len(posts), exceptions=len(exceptions),
        confirmed_at=at, confirmed_by=name_of(by),
    )  # fmt: skip
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("每日确认"), row, by=by, at=at)
    for one in exceptions:
        open_finding(
            source="dayconfirmations", source_row=row.pk, what=one.what, severity=one.severity, area=school.area,
            school=school, owner=str(one.post.person), found_on=on, found_by=name_of(by),
            place=one.post.place.name, by=by, at=at, why=why,
        )  # fmt: skip
    return row
