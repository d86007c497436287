"""The rules of a term: which programmes there are, for whom, how much, by which clause, and what is to be confirmed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from junheng.content.rulebook import AID
from junheng.domains.aid.terms import Band, Scheme
from junheng.domains.partnerlists.terms import Category
from junheng.domains.schools.terms import Stage
from junheng.kernel.entitlements import part_of
from junheng.kernel.errors import NotInForce
from junheng.kernel.rulebook import Dated, InForce
from junheng.kernel.values.school_term import SchoolTerm

SCOPES = {
    Scheme.NUTRITION: AID.nutrition_scope,
    Scheme.SENIOR_GRANT: AID.senior_scope,
    Scheme.FEE_WAIVER: AID.fee_scope,
    Scheme.PRESCHOOL: AID.preschool_scope,
}
BANDS = {
    Band.SPECIAL: AID.senior_special,
    Band.HARD: AID.senior_hard,
    Band.PLAIN: AID.senior_plain,
}
LIVING = {
    (Stage.PRIMARY, True): AID.primary_boarder,
    (Stage.PRIMARY, False): AID.primary_day,
    (Stage.JUNIOR, True): AID.junior_boarder,
    (Stage.JUNIOR, False): AID.junior_day,
}


@dataclass(frozen=True, slots=True)
class Due:
    """What one pupil is due of one programme in one term; without ``fen`` nobody has written the amount down."""

    scheme: Scheme
    category: Category
    band: Band
    fen: int | None


def dues(
    stage: str, *, boarder: bool, categories: Collection[str], term: SchoolTerm, band: str = ""
) -> Iterator[Due]:
    """The programmes of a pupil of a stage who is in these categories. ``band`` is what was recognised by hand."""
    how = Band(band) if band else band_of(categories, term)
    for scheme in schemes_of(stage):
        scope = scope_of(scheme, boarder=boarder, term=term)
        first = next((one for one in Category if one in categories and one in scope), None)
        if first is not None:
            yield Due(scheme, first, how, amount(scheme, stage, boarder=boarder, band=how, term=term))


def schemes_of(stage: str) -> tuple[Scheme, ...]:
    """The programmes that a stage has.

    >>> [str(one) for one in schemes_of("primary")], [str(one) for one in schemes_of("senior")]
    (['living', 'nutrition'], ['senior_grant', 'fee_waiver'])
    """
    if stage == Stage.SENIOR:
        return Scheme.SENIOR_GRANT, Scheme.FEE_WAIVER
    return (Scheme.LIVING, Scheme.NUTRITION) if stage in {Stage.PRIMARY, Stage.JUNIOR} else ()


def scope_of(scheme: Scheme, *, boarder: bool, term: SchoolTerm) -> frozenset[str]:
    """The categories that a programme is for."""
    rule = (AID.boarder_scope if boarder else AID.day_scope) if scheme == Scheme.LIVING else SCOPES[scheme]
    return frozenset(rule.on(term.first).value.split())


def band_of(categories: Collection[str], term: SchoolTerm) -> Band:
    """How hard it is, by the categories alone.

    >>> str(band_of({"A9", "A6"}, SchoolTerm.parse("2023A")))
    'special'
    """
    special, hard = (set(rule.on(term.first).value.split()) for rule in (AID.special_scope, AID.hard_scope))
    return Band.SPECIAL if special & set(categories) else Band.HARD if hard & set(categories) else Band.PLAIN


def rule_of(scheme: str, stage: str, *, boarder: bool, band: str) -> Dated[int]:
    """The rule that sets the yearly amount."""
    if scheme == Scheme.LIVING:
        return LIVING[Stage(stage), boarder]
    if scheme == Scheme.SENIOR_GRANT:
        return BANDS[Band(band)]
    return {
        Scheme.NUTRITION: AID.nutrition,
        Scheme.FEE_WAIVER: AID.fee_waiver,
        Scheme.PRESCHOOL: AID.preschool,
    }[Scheme(scheme)]


def amount(scheme: str, stage: str, *, boarder: bool, band: str, term: SchoolTerm) -> int | None:
    """What a programme pays for a term: the term's part of the year, to the fen; none where no amount is in force.

    >>> amount("living", "primary", boarder=False, band="plain", term=SchoolTerm.parse("2024S"))
    31250
    >>> amount("living", "junior", boarder=True, band="plain", term=SchoolTerm.parse("2023A"))
    62500
    """
    if scheme == Scheme.LIVING and stage not in {Stage.PRIMARY, Stage.JUNIOR}:
        return None
    try:
        yearly = rule_of(scheme, stage, boarder=boarder, band=band).on(term.first)
    except NotInForce:
        return None
    return part_of(term).of(yearly.value)


@dataclass(frozen=True, slots=True)
class Shown:
    """One rule as the page of rules shows it: a number or categories, since when, by what, and whether it is certain."""

    rule: Dated[object]
    now: InForce[object] | None

    @property
    def money(self) -> bool:
        """Whether the value is money."""
        return self.rule.unit == "分"

    @property
    def categories(self) -> list[str]:
        """The categories in words."""
        return [f"{one} {one.label}" for one in Category if self.now and one in str(self.now.value).split()]


def every_rule(on: date) -> list[Shown]:
    """All rules of aid as they stand on a day."""
    found = []
    for name in AID.__dataclass_fields__:
        rule: Dated[object] = getattr(AID, name)
        try:
            found.append(Shown(rule, rule.on(on)))
        except NotInForce:
            found.append(Shown(rule, None))
    return found
