"""Incidents as tests begin with them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from junheng.domains.findings import actions as findings
from junheng.domains.findings.models import Finding
from junheng.domains.incidents import actions
from junheng.domains.incidents.models import Incident
from junheng.domains.schools.models import School
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.makers import AT

DAY = timezone.localdate(AT) - timedelta(days=9)
FACTS: dict[str, Any] = {"at": AT, "why": "按规定办理"}
REVIEW = {"chaired_by": "分管副校长", "causes": "器材没有定期检查", "lessons": "每月检查固定螺栓"}
MEASURE = {"what": "单杠固定螺栓松动", "measures": "更换螺栓并每月检查", "owner": "总务主任"}


def head(school: School) -> User:
    return makers.user(Role.PRINCIPAL, area=str(school.area_id), school=school)


def officer(area: str = "410802") -> User:
    return makers.user(Role.COUNTY_OFFICER, area=area)


def reported(school: School | None = None, **given: Any) -> Incident:
    school = school or makers.school()
    facts = {"kind": "sport", "on": DAY, "place": "操场", "what": "一名学生从单杠上摔下", "hurt": 1}
    return actions.report(school, **facts | given, by=head(school), **FACTS)


def reviewed(**given: Any) -> Incident:
    one = reported(**given)
    return actions.review(one, on=DAY + timedelta(days=1), **REVIEW, by=head(one.school), **FACTS)


def measured(one: Incident | None = None, due: date | None = None, **given: Any) -> Finding:
    one = one or reviewed()
    facts = MEASURE | {"due_on": due or DAY + timedelta(days=30)} | given
    return actions.add_measure(one, **facts, by=head(one.school), **FACTS)


def done() -> Incident:
    """With one measure that somebody else has closed."""
    one = measured()
    findings.remedy(one, on=DAY + timedelta(days=2), words="已换", proof="照片", by=head(one.school), **FACTS)
    findings.close(one, on=DAY + timedelta(days=3), words="已看", by=officer(), **FACTS)
    return Incident.objects.get(pk=one.source_row)
