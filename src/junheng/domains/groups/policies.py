"""Who reshapes groups, and who answers for help: a bureau the first, the head of the helped school the second."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from junheng.domains.areas.policies import check_may
from junheng.domains.groups.models import HelpAction
from junheng.kernel.errors import NotAllowed
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import grants_of, lies_within
from junheng.platform.audit.append import name_of
from junheng.platform.registers import register_of
from junheng.platform.registers.asker import Asker


def is_office(row: Model, asker: Asker) -> bool:
    """Whether somebody may change a row for an area, and not by one school alone."""
    register = register_of(type(row))
    if register is None:
        return False
    grants = tuple(one for one in asker.granting(register, "change") if one.school is None)
    return lies_within(type(row), row.pk, register, grants)


def check_office(deed: str, row: Model, *, by: Any, at: datetime) -> None:
    """Refuse a school what only a bureau does: groups and pairs are approved, not formed by those in them."""
    check_may(deed, row, by=by, at=at)
    if not is_office(row, Asker(by, at)):
        raise NotAllowed(
            "groups-by-the-bureau",
            "“{deed}”由县（市、区）教育局或市局办理，没有做任何改动。学校有意见的，请向县（市、区）教育局提出。",
            deed=deed,
        )


def heads(asker: Asker, school: int) -> bool:
    """Whether somebody is the principal of a school."""
    return any(
        one.role == Role.PRINCIPAL and one.school == school for one in grants_of(asker.user, on=asker.today)
    )


def check_helped(deed: str, action: HelpAction, *, by: Any, at: datetime) -> None:
    """Refuse anybody but the principal of the helped school, and whoever wrote the entry himself."""
    if not heads(Asker(by, at), action.taker_id):
        raise NotAllowed(
            "help-answered-by-the-helped",
            "“{deed}”由受援学校{school}的校长办理，没有做任何改动。",
            deed=deed,
            school=action.taker,
        )
    if name_of(by) == action.written_by:
        raise NotAllowed(
            "help-of-ones-own",
            "这条帮扶行动是您登记的，不能由您确认。请由受援学校的其他负责人办理。",
        )
