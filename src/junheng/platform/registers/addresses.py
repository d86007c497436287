"""Where the page of a row is: asked of the addresses once for each register, for a list links to hundreds of rows."""

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse

MARK = 987654321987654321
"""Stands for the row in an address that is still without it."""


def address_of(slug: str, pk: Any) -> str:
    """The address of a row of a register."""
    if not isinstance(pk, int):  # words may have to be quoted
        return reverse("registers:detail", args=[slug, pk])
    before, after = around(slug, get_script_prefix(), get_urlconf())
    return f"{before}{pk}{after}"


@lru_cache(maxsize=1024)
def around(slug: str, _prefix: str, _addresses: str | None) -> tuple[str, str]:
    """What stands before and after the row in the addresses of a register."""
    before, _, after = reverse("registers:detail", args=[slug, MARK]).partition(str(MARK))
    return before, after
