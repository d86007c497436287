"""What counts about the children of an admission, read in a few questions; and the list as it was closed, read back."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from junheng.domains.intakes.models import Intake
from junheng.domains.placements.models import Draw, Listed
from junheng.domains.placements.queries.asking import Child
from junheng.domains.registrations.models import Application, Choice, StatedCircumstance
from junheng.domains.registrations.terms import ApplicationState, FoundState
from junheng.kernel.admission import Bid, Record


@dataclass(frozen=True, slots=True)
class Applicant:
    """One child with the row of its application, its salt, and the area of its home."""

    child: Child
    application: int
    salt: str
    home: str

    def facts(self) -> dict[str, Any]:
        """What was found, as the closed list keeps it."""
        return {
            "approved": sorted([kind, about or ""] for kind, about in self.child.approved),
            "catchment": self.child.catchment or "",
            "home": self.home,
            "choices": list(self.child.choices),
        }


def applicants(intake: Intake, *, only: list[int] | None = None) -> list[Applicant]:
    """The children whose applications stand, in the order of their numbers."""
    sent = Application.objects.filter(intake=intake, state=ApplicationState.SENT)
    if only is not None:
        sent = sent.filter(pk__in=only)
    choices: dict[int, list[str]] = defaultdict(list)
    chosen = Choice.objects.filter(application__in=sent).order_by("application", "rank")
    for number, school in chosen.values_list("application", "school__code"):
        choices[number].append(school)
    approved: dict[int, list[tuple[str, str | None]]] = defaultdict(list)
    true = StatedCircumstance.objects.filter(application__in=sent, state=FoundState.APPROVED)
    for number, kind, about in true.values_list("application", "kind", "about__code"):
        approved[number].append((kind, about))
    rows = sent.order_by("pid").values_list(
        "pk", "pid", "salt", "bound_to", "catchment_school__code", "home_area"
    )
    return [
        Applicant(
            Child(pid, tuple(choices[pk]), frozenset(approved[pk]), catchment, bound), pk, salt, home or ""
        )
        for pk, pid, salt, bound, catchment, home in rows
    ]


def child_of(row: Listed) -> Child:
    """A child as it was when the list closed."""
    facts = row.facts
    return Child(
        row.pid,
        tuple(facts["choices"]),
        frozenset((kind, about or None) for kind, about in facts["approved"]),
        facts["catchment"] or None,
    )


def listed(draw: Draw) -> list[Listed]:
    """The closed list in its order."""
    return list(Listed.objects.filter(draw=draw).order_by("rank"))


def record_of(text: str) -> Record:
    """A record read back from how it is written."""
    pid, bids, bound = text.split("|")
    return Record(pid, bids_of(bids), bound)


def bids_of(text: str) -> tuple[Bid, ...]:
    """Several bids read back."""
    return tuple(map(bid_of, text.split(";"))) if text else ()


@lru_cache(maxsize=65_536)
def bid_of(text: str) -> Bid:
    """One bid read back; a list holds few different ones, many times."""
    group, tier, score = text.split(":")
    return Bid(group, int(tier), int(score))
