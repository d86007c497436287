"""The lists and pairs that somebody sees, and those that wait for this person."""

from django.db.models import Q, QuerySet

from junheng.domains.partnerlists.models import PartnerList, PartnerPair
from junheng.domains.partnerlists.policies.scope import LISTS, PAIRS
from junheng.domains.partnerlists.terms import PairState
from junheng.platform.registers.asker import Asker


def lists_of(asker: Asker) -> "QuerySet[PartnerList]":
    """The lists of one's place, the newest first."""
    rows = PartnerList.objects.select_related("area")
    return asker.within(rows, LISTS, "view").order_by("area", "category", "-as_of", "-pk")


def current_pairs(asker: Asker) -> "QuerySet[PartnerPair]":
    """The pairs of one's place whose list holds."""
    rows = PartnerPair.objects.filter(row__partner_list__replaced_on=None, row__partner_list__erased_on=None)
    return asker.within(rows, PAIRS, "change")


def queue(asker: Asker) -> "QuerySet[PartnerPair]":
    """What waits for this person: what nobody decided, and what another officer wants confirmed."""
    own = Q(state=PairState.ASKED_SAME, decided_by=asker.user.get_username())
    return current_pairs(asker).filter(state__in=(PairState.OPEN, PairState.ASKED_SAME)).exclude(own)


def beside(pair: PartnerPair, asker: Asker) -> tuple[int | None, int | None]:
    """The pair before and the pair after one in the queue, going round."""
    waiting = queue(asker).exclude(pk=pair.pk).order_by("pk")
    after = waiting.filter(pk__gt=pair.pk).values_list("pk", flat=True).first()
    before = waiting.filter(pk__lt=pair.pk).order_by("-pk").values_list("pk", flat=True).first()
    return before, after if after is not None else waiting.values_list("pk", flat=True).first()
