"""What is due today for one person: the promises that are broken where she works."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from junheng.platform.figures import queries
from junheng.platform.figures.answers import PromiseState, Record
from junheng.platform.registers.asker import Asker


@dataclass(frozen=True, slots=True)
class Due:
    """A broken promise as it stands in one's own area, and the oldest record against it that one may see."""

    state: PromiseState
    oldest: Record | None


def due_today(asker: Asker, areas: Sequence[str]) -> tuple[list[Due], int]:
    """The promises broken in any of the areas, the oldest first, and how many hold there."""
    every = queries.promises()
    inside = [""] if settings.JUNHENG_CITY in areas or not areas else sorted(set(areas))
    due = []
    for state in every:
        if state.holds:
            continue
        pages = [queries.promise(state.id, area=area, size=1, viewer=asker) for area in inside]
        page = next((page for page in pages if not page.state.holds), None)
        if page is not None:
            due.append(Due(page.state, page.records[0] if page.records else None))
    due.sort(key=lambda one: (one.state.since is None, one.state.since))
    return due, len(every) - len(due)
