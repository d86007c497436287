"""How far lists are: how many lines and pairs are where."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from junheng.domains.partnerlists.models import PartnerList, PartnerPair, PartnerRow
from junheng.domains.partnerlists.terms import UNDECIDED, Outcome, PairState


@dataclass(slots=True)
class Standing:
    """How many lines of a list are where: linked, decided, waiting, not here."""

    outcomes: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, int] = field(default_factory=dict)

    @property
    def exact(self) -> int:
        """Lines whose number and name are those of one pupil."""
        return self.outcomes.get(Outcome.EXACT, 0)

    @property
    def doubtful(self) -> int:
        """Lines that people have to decide, or have decided."""
        return self.outcomes.get(Outcome.DOUBTFUL, 0)

    @property
    def not_here(self) -> int:
        """Lines of people who are not on the roll: only ever a number."""
        return self.outcomes.get(Outcome.NOT_HERE, 0)

    @property
    def waiting(self) -> int:
        """Pairs that somebody has to decide."""
        return sum(self.pairs.get(one, 0) for one in UNDECIDED)

    @property
    def same(self) -> int:
        """Pairs that were decided to be one person."""
        return self.pairs.get(PairState.SAME, 0)

    @property
    def not_same(self) -> int:
        """Pairs that were decided to be two."""
        return self.pairs.get(PairState.NOT_SAME, 0)


def standings(lists: Iterable[PartnerList]) -> dict[int, Standing]:
    """How far each list is. Two questions, however many there are."""
    found = {one.pk: Standing() for one in lists}
    lines = PartnerRow.objects.filter(partner_list__in=found).order_by()
    for number, outcome, count in lines.values_list("partner_list", "outcome").annotate(Count("pk")):
        found[number].outcomes[outcome] = count
    pairs = PartnerPair.objects.filter(row__partner_list__in=found, exact=False).order_by()
    for number, state, count in pairs.values_list("row__partner_list", "state").annotate(Count("pk")):
        found[number].pairs[state] = count
    return found
