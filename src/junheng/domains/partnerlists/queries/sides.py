"""A line and a pupil side by side: what is equal stays masked, of what differs only as much is shown as tells them apart."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from junheng.domains.partnerlists.models import PartnerPair
from junheng.domains.partnerlists.queries.roll import area_in, county_names
from junheng.domains.partnerlists.terms import Side
from junheng.domains.pupils.terms import Sex
from junheng.kernel.linkage import name_form
from junheng.platform.registers.keys import mask

HIDDEN = "*"
COUNTY = 6


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that is compared: what the list says, what the roll says, and whether they agree (``None``: unknown)."""

    side: Side
    listed: str
    enrolled: str
    agrees: bool | None
    opened: bool = False

    @property
    def label(self) -> str:
        """What is compared, in words."""
        return str(self.side.label)


def side_by_side(pair: PartnerPair, *, within: bool) -> list[Compared]:
    """Both sides. ``within``: the pupil lies in the reader's scope; of anybody else's pupil nothing is opened."""
    return [compared(one, *values, within=within) for one, *values in values_of(pair)]


def values_of(pair: PartnerPair) -> list[tuple[Side, str, str]]:
    """What both sides say, opened."""
    row, pupil = pair.row, pair.pupil
    counties = county_names()
    names = {code: name for name, code in counties.items()}
    listed_area = area_in(row.place, counties) or row.partner_list.area_id
    home = pupil.home_area_id[:COUNTY]
    return [
        (Side.NAME, row.name, pupil.name),
        (Side.NUMBER, row.number, pupil.id_number or pupil.code.removeprefix("G")),
        (Side.BORN, row.born, pupil.born_on.isoformat()),
        (Side.SEX, str(Sex(row.sex).label) if row.sex else "", str(pupil.get_sex_display())),
        (Side.PLACE, names.get(listed_area, listed_area), names.get(home, home)),
        (Side.SCHOOL, row.school, pupil.school.name),
    ]


def compared(side: Side, listed: str, enrolled: str, *, within: bool) -> Compared:
    """One thing, with as little opened as possible."""
    if not listed or not enrolled:
        return Compared(side, covered(side, listed), covered(side, enrolled), None)
    if agree(side, listed, enrolled):
        return Compared(side, covered(side, listed), covered(side, enrolled), agrees=True)
    if not within:
        return Compared(side, covered(side, listed), _("与名单不同"), agrees=False)
    if side == Side.NUMBER:
        return Compared(side, *told_apart(listed, enrolled), agrees=False, opened=True)
    return Compared(side, listed, enrolled, agrees=False, opened=True)


def agree(side: Side, listed: str, enrolled: str) -> bool:
    """Whether both say the same; names in the form in which they are compared."""
    return name_form(listed) == name_form(enrolled) if side == Side.NAME else listed == enrolled


def covered(side: Side, text: str) -> str:
    """A value that is not opened. Sex, county and school say little of anybody, and are read as they are."""
    if side in (Side.SEX, Side.PLACE, Side.SCHOOL):
        return text
    if side == Side.BORN:
        return f"{text[:4]}-{HIDDEN * 2}-{HIDDEN * 2}" if text else ""
    return mask(text)


def told_apart(one: str, other: str) -> tuple[str, str]:
    """Two numbers of which only the characters are shown that differ; of different length both are shown.

    >>> told_apart("410802201708310017", "410802201708310027")
    ('****************1*', '****************2*')
    """
    if len(one) != len(other):
        return one, other
    left = "".join(a if a != b else HIDDEN for a, b in zip(one, other, strict=True))
    right = "".join(b if a != b else HIDDEN for a, b in zip(one, other, strict=True))
    return left, right


def opened_in(sides: list[Compared]) -> list[str]:
    """What of a pair was opened, as the audit says it."""
    return [one.side.value for one in sides if one.opened]
