"""Deeds whose refusal counts as well: whoever tried to change what is frozen has left a trace."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from junheng.kernel.errors import Refusal
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb

T = TypeVar("T")


def attempt(row: Model, deed: str, do: Callable[[], T], *, by: Any, at: datetime) -> T:
    """Do it in one transaction. A refusal undoes it, is written down in an entry of its own, and goes on."""
    try:
        with transaction.atomic():
            return do()
    except Refusal as refusal:
        record(row, Verb.DEED.value, by=by, at=at, why=deed, after={"refused": refusal.code})
        raise
