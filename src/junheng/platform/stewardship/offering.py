"""Whose menu has a line for these pages."""

from django.http import HttpRequest

from junheng.platform.access.scope import grants_of, role_may
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.registry import every_register
from junheng.platform.stewardship.views.keeping import areas_seen


def writes(request: HttpRequest) -> bool:
    """Whether somebody changes any register: his changes may wait, and others' may wait for him."""
    asker = asker_of(request)
    roles = {
        grant.role for grant in grants_of(asker.user, on=asker.today)
    }  # most people's roles change nothing at all
    return any(
        asker.may("change", one)
        for one in every_register().values()
        if any(role_may(role, one, "change") for role in roles)
    )


def keeps_account(request: HttpRequest) -> bool:
    """Whether somebody confirms registers, or sees whether others did."""
    return writes(request) or bool(areas_seen(asker_of(request)))
