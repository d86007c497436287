"""Which findings somebody sees and may act on: the scope of registers, asked of the place that a finding remembers."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q

from junheng.platform.access.roles import RULES, Role, Verb
from junheng.platform.access.scope import grants_of, reach, role_may
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level, level_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding says its row lies, in the words of the scope."""

    chapter: str = ""
    area: str | None = "area"
    school: str | None = "school"
    school_class: str | None = "school_class"
    kindergarten: None = None
    readers: None = None
    writers: None = None


PLACE = Place()
UNIT = Place(school_class=None)


def within(asker: Asker, verb: Verb = "view", *, place: Place = PLACE) -> Q:
    """The findings about rows to which somebody may do this; none for nobody."""
    condition = Q(pk__in=())
    for grant in grants_of(asker.user, on=asker.today):
        slugs = [
            slug
            for slug, register in every_register().items()
            if role_may(grant.role, register, verb) and asker.permits(verb, register)
        ]
        found = reach(grant, place)
        if slugs and found is not None:
            condition |= Q(register__in=slugs) & found
    return condition


def levels_at(asker: Asker, finding: Any, verb: Verb) -> Level | None:
    """The highest level at which somebody may do this to what a finding is about; ``None`` if at none."""
    register = every_register().get(finding.register)
    if register is None or not asker.permits(verb, register):
        return None
    return max(
        (
            level_of(grant)
            for grant in grants_of(asker.user, on=asker.today)
            if role_may(grant.role, register, verb) and reaches(grant, finding)
        ),
        default=None,
    )


def reaches(grant: Any, finding: Any) -> bool:
    """Whether a grant reaches the place of a finding: the scope's own rule, without asking the database."""
    rule = RULES[Role(grant.role)]
    if grant.kindergarten is not None:
        return False
    if grant.school_class is not None:
        return bool(finding.school_class == grant.school_class)
    if grant.school is not None and rule.level != "class":
        return bool(finding.school == grant.school)
    if rule.level != "area" or not grant.area:
        return False
    return grant.area == settings.JUNHENG_CITY or bool(finding.area and finding.area.startswith(grant.area))
