"""How much comes with a title by the rules, and whether rule times titles is what was granted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from junheng.content.rulebook import AWARDS
from junheng.domains.awardfunds.queries.ledger import Followed
from junheng.domains.titles.models import Title
from junheng.domains.titles.queries import standing as not_revoked
from junheng.domains.titles.terms import TitleLevel, TitleName
from junheng.kernel.errors import NotInForce
from junheng.kernel.rulebook import InForce

RULES = {
    (TitleName.DEMONSTRATION_SCHOOL, TitleLevel.PROVINCE): AWARDS.demonstration,
    (TitleName.FEATURE_SCHOOL, TitleLevel.PROVINCE): AWARDS.feature,
}
"""The titles that money comes with. The city's own titles of the same name come with none."""


def rule_of(name: str, level: str, on: date) -> InForce[int] | None:
    """The rule for a title on a day; none where no money comes with it."""
    rule = RULES.get((TitleName(name), TitleLevel(level)))
    try:
        return rule.on(on) if rule is not None else None
    except NotInForce:
        return None


def titles_of_year(name: str, level: str, year: int) -> "QuerySet[Title]":
    """The titles of a kind that were awarded in a year."""
    return Title.objects.filter(name=name, level=level, awarded_on__year=year)


def standing(titles: "QuerySet[Title]", on: date) -> "QuerySet[Title]":
    """Those that were awarded by a day and not revoked by it."""
    return titles.filter(not_revoked(on), awarded_on__lte=on)


@dataclass(frozen=True, slots=True)
class Equation:
    """One kind of title: rule times standing titles, and what was granted for them."""

    name: TitleName
    level: TitleLevel
    rule: InForce[int]
    titles: int
    granted: int
    grants: int

    @property
    def due(self) -> int:
        """Rule times titles."""
        return self.rule.value * self.titles

    @property
    def left(self) -> int:
        """What the grants differ by."""
        return self.granted - self.due


def equations(titles: "QuerySet[Title]", rows: Iterable[Followed], on: date) -> list[Equation]:
    """The kinds of titles that money comes with, of some titles and the grants that followed from them."""
    found = list(rows)
    known = titles.filter(name__in={name for name, _level in RULES})
    there = list(standing(known, on).values_list("pk", "name", "level"))
    answer = []
    for name, level in RULES:
        rule = rule_of(name, level, on)
        if rule is not None:
            ids = {pk for pk, title, of in there if (title, of) == (name, level)}
            own = [one for one in found if one.grant.title_id in ids]
            sum_of = sum(one.grant.amount_fen for one in own)
            answer.append(Equation(name, level, rule, len(ids), sum_of, len(own)))
    return answer


def without_grant(titles: "QuerySet[Title]", on: date) -> "QuerySet[Title]":
    """Standing titles that money comes with and for which none was granted."""
    kinds = Q()
    for name, level in RULES:
        kinds |= Q(name=name, level=level)
    return standing(titles, on).filter(kinds, grant=None).select_related("school", "area").order_by("pk")
