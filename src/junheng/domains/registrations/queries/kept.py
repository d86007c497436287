"""What hundreds of pages a second ask alike is asked again only after a moment: by the same measure as the sheets."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from junheng.domains.areas.models import Area
from junheng.domains.intakes.models import Intake
from junheng.domains.registrations.queries.checks import categories_of
from junheng.domains.registrations.queries.sheets import FRESH

P = ParamSpec("P")
R = TypeVar("R")


def kept_a_moment(question: Callable[P, R | None]) -> Callable[P, R | None]:
    """Remember the answers of a question for as long as a sheet is shown unasked; what was not found is not remembered."""
    answers: dict[tuple[object, ...], tuple[float, R]] = {}

    @wraps(question)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R | None:
        known, now = answers.get(args), time.monotonic()
        if known is not None and now - known[0] < FRESH[0]:
            return known[1]
        found = question(*args, **kwargs)
        if found is not None:
            answers[args] = (now, found)
        return found

    return asked


@kept_a_moment
def number_of(code: str) -> int | None:
    """The number of the intake that has a code."""
    return Intake.objects.filter(code=code).values_list("pk", flat=True).first()


@kept_a_moment
def counties() -> tuple[tuple[str, str], ...] | None:
    """The counties of today, by code, with their names; nothing where there are none yet."""
    rows = Area.objects.filter(kind="county", until=None).order_by("code")
    return tuple(rows.values_list("code", "name")) or None


@kept_a_moment
def categories(intake: int) -> tuple[dict[str, Any], ...] | None:
    """The categories of the plan in force."""
    return tuple(categories_of(intake)) or None
