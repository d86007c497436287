"""The rates of a term, from the rules in force on its first day, as the kernel wants them."""

from junheng.content.rulebook import FUNDING
from junheng.kernel.entitlements import Rate, Rates, Reading, SmallBy
from junheng.kernel.errors import NotInForce
from junheng.kernel.rulebook import Dated
from junheng.kernel.values.school_term import SchoolTerm


def rates_of(term: SchoolTerm) -> Rates:
    """The rates by which a term is reckoned, each with its clause."""
    try:
        heating = rate_of(FUNDING.heating, term)
    except NotInForce:
        heating = None
    return Rates(
        term,
        (rate_of(FUNDING.primary, term), rate_of(FUNDING.junior, term)),
        rate_of(FUNDING.special, term),
        rate_of(FUNDING.boarder, term),
        heating,
    )


def rate_of(rule: Dated[int], term: SchoolTerm) -> Rate:
    """One rate with the days between which it holds."""
    found = rule.on(term.first)
    until = min((step.since for step in rule.steps if step.since > found.since), default=None)
    return Rate(found.value, found.since, f"{found.title} · {found.cites}", until)


def reading_on(term: SchoolTerm) -> Reading:
    """How the clauses are read in a term."""
    first = term.first
    small = FUNDING.small_school.on(first)
    by = SmallBy(FUNDING.small_by.on(first).value)
    return Reading(small.value, by, f"{small.title}：{small.value} {small.unit} · {small.cites}")


def to_be_confirmed(term: SchoolTerm) -> list[str]:
    """The rules of which the bureau has yet to say that they are right."""
    rules = (
        FUNDING.primary,
        FUNDING.junior,
        FUNDING.boarder,
        FUNDING.special,
        FUNDING.small_school,
        FUNDING.small_by,
    )
    held = (rule.on(term.first) for rule in rules)
    return [one.title for one in held if one.certainty.to_be_confirmed]
