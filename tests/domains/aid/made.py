"""How tests of aid begin: three pupils of one school, two of them on a list of families with minimum living allowance."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from junheng.domains.aid.actions import answering, finding, paying
from junheng.domains.aid.models import AidBatch, AidFinding, AidLetter
from junheng.domains.areas.models import Area
from junheng.domains.partnerlists.models import PartnerList, PartnerPair, PartnerRow
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.makers import make

SHANGHAI = ZoneInfo("Asia/Shanghai")
TERM = SchoolTerm.parse("2023A")
AT = datetime(2023, 9, 25, 9, tzinfo=SHANGHAI)
"""A Monday, three working days before a week of holidays."""
DAY, HERE, WHY = date(2023, 9, 20), "410802", "按规定办理"


@dataclass(frozen=True, slots=True)
class Town:
    """A county with its aid officer, a school with its principal, and three pupils; the last is on no list."""

    officer: User
    principal: User
    school: School
    poor: Pupil
    boarder: Pupil
    other: Pupil

    @property
    def area(self) -> Area:
        """The county."""
        return Area.objects.get(pk=HERE)


def town() -> Town:
    """All of it, with a list that was taken in and compared."""
    if not Area.objects.exists():
        makers.areas()
    school, officer = makers.school(), makers.user(Role.AID_OFFICER, area=HERE)
    poor = a_pupil(school, "示例甲", "990802201403010017")
    boarder = a_pupil(school, "示例乙", "990802201403010025", stage="junior", grade=7, boarder=True)
    other = a_pupil(school, "示例丙", "990802201403010033")
    listed("A3", poor, boarder)
    principal = makers.user(Role.PRINCIPAL, area=HERE, school=school)
    return Town(officer, principal, school, poor, boarder, other)


def a_pupil(school: School, name: str, number: str, **given: Any) -> Pupil:
    """A pupil with a number of nobody."""
    of = makers.school_class(school, **{one: given[one] for one in ("stage", "grade") if one in given})
    return makers.pupil(of, **{"name": name, "id_number": number, "born_on": date(2014, 3, 1)} | given)


def listed(category: str, *pupils: Pupil, **given: Any) -> PartnerList:
    """A list of a category that was compared: these pupils are on it, by number and name."""
    facts = {"category": category, "as_of": date(2023, 9, 10), "valid_until": date(2024, 8, 31)}
    made = make(PartnerList, **facts | given)
    for place, one in enumerate(pupils, 1):
        row = make(PartnerRow, partner_list=made, line=place, name=one.name, outcome="exact")
        make(PartnerPair, row=row, pupil=one, exact=True, state="same")
    return made


def found(here: Town, **given: Any) -> AidFinding:
    """What is found of a day."""
    return finding.find(here.area, term=TERM, day=DAY, **{"by": here.officer, "at": AT, "why": WHY} | given)


def confirmed(here: Town) -> AidFinding:
    """The same, confirmed."""
    one = found(here)
    return finding.confirm(one, digest=one.digest, by=here.officer, at=AT, why=WHY)


def letter_to(here: Town, pupil: Pupil) -> AidLetter:
    """The letter of a family."""
    if not AidLetter.objects.exists():
        answering.write_letters(here.area, term=TERM, by=here.officer, at=AT, why=WHY)
    return AidLetter.objects.get(pupil=pupil)


def paid(here: Town, number: str = "示资〔2023〕1号", **given: Any) -> AidBatch:
    """One document."""
    facts = {
        "scheme": "living",
        "term": TERM,
        "total": None,
        "paid_on": DAY,
        "by": here.officer,
        "at": AT,
        "why": WHY,
    }
    return paying.pay(here.area, document=number, **facts | given)
