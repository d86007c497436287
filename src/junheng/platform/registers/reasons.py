"""Why somebody sees a row: the sentence on its page."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from junheng.platform.access.roles import Role
from junheng.platform.access.scope import grant_for
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.registry import every_register


def why_can(asker: Asker, register: Register[Any], row: Model) -> str:
    """Which of a person's roles lets them see this row; empty if none does."""
    grant = grant_for(row, register, asker.user, "view", on=asker.today)
    if grant is None:
        return ""
    return _("您以「%(role)s（%(place)s）」的身份查看这条记录，授权自 %(since)s 起。") % {
        "role": Role(grant.role).label,
        "place": place_of_grant(grant),
        "since": grant.since.isoformat(),
    }


def place_of_grant(grant: Any) -> str:
    """The kindergarten, class, school or area of a grant by its name, as the registers have it."""
    places = (
        ("kindergartens", grant.kindergarten),
        ("classes", grant.school_class),
        ("schools", grant.school),
        ("areas", grant.area),
    )
    for slug, pk in places:
        register = every_register().get(slug)
        if pk is not None and register is not None:
            row = register.rows().filter(pk=pk).first()
            if row is not None:
                return str(row)
    return str(grant.area)
