"""A case is opened together with its plan, of a pupil on the roll of the team's own school. There is no other way."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.content.rulebook import GUIDANCE
from junheng.domains.areas.policies import check_may
from junheng.domains.guidance.models import CareCase, CarePlan
from junheng.domains.guidance.terms import CareLevel
from junheng.domains.pupils.models import Pupil
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def open_case(
    pupil: Pupil, *, responsible: str, level: CareLevel, on: date, by: Any, at: datetime, why: str
) -> CareCase:
    """Open a case and its plan. The pupil's number is sealed in it; everybody else knows it by its code."""
    pupil = Pupil.objects.select_for_update().get(pk=pupil.pk)
    check_has_come(on, at=at)
    if pupil.since > on or (pupil.until is not None and pupil.until <= on):
        raise Refusal("care-not-on-roll", "这名学生在 {on} 不在本校在籍，不能建档。请核对日期。", on=on)
    if not pupil.code:
        raise Refusal("care-without-number", "这名学生没有学籍号，不能建档。请先补全学籍。")
    if CareCase.objects.filter(person_token=pupil.code_blind, closed_on=None).exists():
        raise Conflict(
            "care-open-already",
            "这名学生已有未结案的台账：一人一策，没有再建。从外校转来的，请与封存台账专员联系办理转接。",
        )
    case = CareCase(
        code=next_code(on), school_id=pupil.school_id, team_id=pupil.school_id, area_id=pupil.area_id,
        number=pupil.code, opened_on=on,
    )  # fmt: skip
    save_row(case, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("建档"), case, by=by, at=at)
    plan = CarePlan(
        case=case, area_id=case.area_id, responsible=responsible.strip(), level=level, since=on,
        review_on=review_after(on),
    )  # fmt: skip
    save_row(plan, by=by, at=at, why=why, verb=Verb.DEED.value)
    return case


def next_code(on: date) -> str:
    """A code that says nothing but the day: the next of that day."""
    begins = f"YRYC-{on:%Y%m%d}-"
    return f"{begins}{CareCase.objects.filter(code__startswith=begins).count() + 1}"


def review_after(on: date) -> date:
    """By when a plan that was made or looked at on a day is looked at again."""
    return on + timedelta(days=GUIDANCE.review_within.on(on).value)
