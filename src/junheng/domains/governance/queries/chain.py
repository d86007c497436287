"""The chain of an exhibit: through whose hands it went, and where a link is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from junheng.domains.governance.models import Case, Custody, Exhibit


@dataclass(frozen=True, slots=True)
class Link:
    """One hand-over; ``expected`` is who should have given it, where somebody else did."""

    on: date
    giver: str
    receiver: str
    purpose: str
    expected: str = ""
    backwards: bool = False
    """Whether it is dated before the hand-over before it, or before the exhibit was taken."""

    @property
    def whole(self) -> bool:
        """Whether it joins what was before."""
        return not self.expected and not self.backwards


@dataclass(frozen=True, slots=True)
class Chain:
    """An exhibit with its links."""

    exhibit: Exhibit
    links: tuple[Link, ...]

    @property
    def whole(self) -> bool:
        """Whether no link is missing."""
        return all(one.whole for one in self.links)


def chains_of(case: Case) -> list[Chain]:
    """The exhibits of a case with their chains, in two questions."""
    exhibits = Exhibit.objects.filter(case=case).select_related("first", "second").order_by("number")
    passed: dict[int, list[Custody]] = {}
    for one in Custody.objects.filter(exhibit__case=case).order_by("number"):
        passed.setdefault(one.exhibit_id, []).append(one)
    return [Chain(one, tuple(links(one, passed.get(one.pk, ())))) for one in exhibits]


def links(exhibit: Exhibit, passed: Iterable[Custody]) -> Iterable[Link]:
    """The links of one exhibit: each begins where the one before it ended."""
    hand, day = taken_by(exhibit), exhibit.taken_on
    for one in passed:
        known = hand == "" or one.giver in hand.split("、")
        yield Link(one.on, one.giver, one.receiver, one.purpose, "" if known else hand, one.on < day)
        hand, day = one.receiver, one.on


def taken_by(exhibit: Exhibit) -> str:
    """The names of the officers who took it."""
    return "、".join(one.name for one in (exhibit.first, exhibit.second) if one is not None)
