"""Levels of standardisation as tests begin with them: a round by the standard, its sheets, and who has the turn."""

from typing import Any

from django.utils import timezone

from junheng.domains.safety import actions
from junheng.domains.safety.models import Acceptance, Round
from junheng.domains.schools.models import School
from tests.domains import makers
from tests.domains.safety.round import (
    AT,
    DAY,
    HERE,
    WHY,
    a_list,
    fill,
    officer,
    opened,
    principal,
    section,
    sheet_of,
)

FACTS: dict[str, Any] = {"at": AT, "why": WHY}
ON = {"on": DAY}


def by_standard(school: School | None = None, **results: str) -> tuple[Round, School]:
    """A round by the standard in which a school has sent its self-check."""
    school = school or makers.school(area_id=HERE)
    by = section()
    one = opened(by, checklist=a_list(by, subject="standard"))
    fill(sheet_of(one, school), principal(school), **results)
    return one, school


def asked(**results: str) -> Acceptance:
    _round, school = by_standard(**results)
    return actions.ask_level(school, by=principal(school), **FACTS)


def seen(acceptance: Acceptance | None = None, **results: str) -> Acceptance:
    """The county has sent its sheet as well, and nobody has said anything of it yet."""
    acceptance = acceptance or asked()
    fill(sheet_of(acceptance.round, acceptance.school, "county"), officer(), **results)
    return acceptance


def checked(**results: str) -> Acceptance:
    return actions.check_level(seen(**results), words="现场核对无误", **ON, by=officer(), **FACTS)


def granted(**given: Any) -> Acceptance:
    facts = {"level": "first", "number": "示安〔2024〕1号", "by": section()} | ON | FACTS
    return actions.grant_level(checked(), **facts | given)


TODAY = timezone.localdate
