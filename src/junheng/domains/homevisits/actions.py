"""The one deed about home visits: record one."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.homevisits.models import Visit
from junheng.domains.homevisits.terms import Way
from junheng.domains.pupils.models import Household, Pupil
from junheng.domains.schools.models import School
from junheng.kernel.errors import Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come, holds


@transaction.atomic
def record_visit(
    household: Household, school: School, *, teacher: str, on: date, way: Way, by: Any, at: datetime, why: str
) -> Visit:
    """Record a visit of a school to a household that has a pupil there on that day. Nothing about the family is asked."""
    check_has_come(on, at=at)
    if not Pupil.objects.filter(holds(on), household=household, school=school).exists():
        raise Refusal(
            "visit-without-pupil",
            "家庭 {household} 在 {on} 没有学生就读于{school}。请核对家庭编号，或由学生所在学校登记。",
            household=household,
            on=on,
            school=school,
        )
    visit = Visit(
        household=household, school=school, area_id=school.area_id, teacher=teacher, visited_on=on, way=way
    )
    save_row(visit, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("登记家访"), visit, by=by, at=at)
    return visit
