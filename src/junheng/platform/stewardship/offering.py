"""Whose menu has a line for these pages."""

from django.http import HttpRequest

from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.registry import every_register
from junheng.platform.stewardship.views.keeping import areas_seen


def writes(request: HttpRequest) -> bool:
    """Whether somebody changes any register: his changes may wait, and others' may wait for him."""
    asker = asker_of(request)
    return any(asker.may("change", one) for one in every_register().values())


def keeps_account(request: HttpRequest) -> bool:
    """Whether somebody confirms registers, or sees whether others did."""
    return writes(request) or bool(areas_seen(asker_of(request)))
