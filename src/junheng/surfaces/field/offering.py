"""Whom the house leads to the phone app, and whom to the page that sends a phone's file for others."""

from django.http import HttpRequest

from junheng.platform.access.roles import Role
from junheng.platform.access.scope import roles_of
from junheng.platform.registers.asker import asker_of

WARDENS = frozenset({Role.TOWNSHIP_WARDEN, Role.COUNTY_WARDEN})


def goes_out(request: HttpRequest) -> bool:
    """Whether somebody checks waters himself."""
    asker = asker_of(request)
    return not WARDENS.isdisjoint(roles_of(asker.user, on=asker.today))


def sends_for_others(request: HttpRequest) -> bool:
    """Whether somebody may hand in what the phone of a person of his county could not send."""
    asker = asker_of(request)
    return Role.COUNTY_OFFICER in roles_of(asker.user, on=asker.today)
