"""Questions about fees: whether a school may charge something, and what it has posted."""

from dataclasses import dataclass
from datetime import date

from junheng.domains.fees.models import FeeItem, FeeNotice, allowed_item, items_of
from junheng.domains.schools.models import School

__all__ = ["Allowed", "Line", "allowed", "items_of", "lines_of", "terms_of"]


@dataclass(frozen=True, slots=True)
class Allowed:
    """Whether something may be charged, and up to how much."""

    item: FeeItem | None
    cap_fen: int | None
    at_cost: bool


def allowed(school: School, name: str, *, on: date) -> Allowed:
    """Whether a school may charge something of that name on a day. ``item`` is None where it is not on the list."""
    item = allowed_item(school, name, on=on)
    return Allowed(item, item.cap_fen if item else None, item is not None and item.cap_fen is None)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a notice, and whether it fits the list of the day on which it was posted."""

    notice: FeeNotice
    item: FeeItem | None
    above: bool

    @property
    def fits(self) -> bool:
        """Whether it may be charged so."""
        return self.item is not None and not self.above


def lines_of(school: School, term: str) -> list[Line]:
    """What a school has posted for a term, each line held against the list. Two questions, however many lines."""
    found = []
    lists: dict[date, list[FeeItem]] = {}
    for notice in FeeNotice.objects.filter(school=school, term=term).select_related("item").order_by("pk"):
        day = notice.published_on
        if day not in lists:
            lists[day] = list(items_of(school, on=day))
        item = next((one for one in lists[day] if notice.item_id == one.pk), None)
        above = item is not None and item.cap_fen is not None and notice.amount_fen > item.cap_fen
        found.append(Line(notice, item, above))
    return found


def terms_of(school: School) -> list[str]:
    """The terms for which a school has posted anything, the latest first."""
    rows = FeeNotice.objects.filter(school=school).order_by("-term")
    return list(rows.values_list("term", flat=True).distinct())
