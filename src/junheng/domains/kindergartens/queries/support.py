"""Questions about what kindergartens are given, and of which category each of them is on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, Value, When

from junheng.domains.kindergartens.models import Kindergarten, Nature, Recognition
from junheng.domains.kindergartens.terms import Category, Decision, KindergartenNature
from junheng.platform.spans import holds


def given_between(first: date, last: date) -> Q:
    """What was given on some day from one to another, both included; a teacher who was sent and is still there, too."""
    return Q(begun_on__lte=last) & (Q(ended_on__isnull=True) | Q(ended_on__gte=first))


def kinds_given(rows: Any, first: date, last: date) -> dict[int, set[str]]:
    """By kindergarten the kinds of support among some rows that were given between two days: one question."""
    found: dict[int, set[str]] = defaultdict(set)
    pairs: Iterable[tuple[int, str]] = (
        rows.filter(given_between(first, last)).order_by().values_list("kindergarten", "kind").distinct()
    )
    for kindergarten, kind in pairs:
        found[kindergarten].add(kind)
    return dict(found)


def recognised_of(outer: str = "pk") -> Any:
    """The recognitions of the kindergarten of an outer question."""
    return Recognition.objects.filter(kindergarten=OuterRef(outer), decision=Decision.RECOGNISED)


def with_category(rows: Any, *, on: date) -> Any:
    """Kindergartens, each with its ``category`` on a day."""
    public = Nature.objects.filter(holds(on), kindergarten=OuterRef("pk"), nature=KindergartenNature.PUBLIC)
    category = Case(
        When(Exists(public), then=Value(Category.PUBLIC)),
        When(Exists(recognised_of().filter(holds(on))), then=Value(Category.INCLUSIVE)),
        default=Value(Category.OTHER),
        output_field=CharField(),
    )
    return rows.annotate(category=category)


def category_on(kindergarten: Kindergarten, *, on: date) -> Category:
    """Public, recognised as inclusive, or neither, on a day."""
    return Category(with_category(Kindergarten.objects.filter(pk=kindergarten.pk), on=on).get().category)
