"""Whether the menu offers the pages of patrols."""

from django.http import HttpRequest

from junheng.domains.patrols.desk.waiting import WARDENS
from junheng.platform.access.scope import roles_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import asker_of


def has_patrols(request: HttpRequest) -> bool:
    """One's own page, for wardens."""
    asker = asker_of(request)
    return bool(WARDENS & set(roles_of(asker.user, on=asker.today)))


def sees_patrols(request: HttpRequest) -> bool:
    """The weeks, for whoever sees missed weeks."""
    return asker_of(request).may("view", register_called("misses"))
