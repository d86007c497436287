"""Terms as money goes by them."""

from junheng.domains.funds.models import Derivation
from junheng.kernel.values.school_term import SchoolTerm


def next_term(term: SchoolTerm) -> SchoolTerm:
    """The term after: differences are settled with it.

    >>> str(next_term(SchoolTerm.parse("2023S"))), str(next_term(SchoolTerm.parse("2023A")))
    ('2023A', '2024S')
    """
    return SchoolTerm(term.year, "A") if term.season == "S" else SchoolTerm(term.year + 1, "S")


def current(term: str) -> Derivation | None:
    """The calculation of a term that counts: its newest."""
    return Derivation.objects.filter(term=term).select_related("roll").order_by("-number").first()


def terms_derived() -> list[str]:
    """The terms for which there is a calculation, the newest first."""
    found = Derivation.objects.filter(number=1).values_list("term", flat=True)
    return sorted(found, key=lambda term: SchoolTerm.parse(term).first, reverse=True)
