"""Three policies of a field: whose word the fact is, whose value wins where sources disagree, and who writes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from junheng.platform.access.roles import RULES, Role


class Level(IntEnum):
    """How high in the bureau somebody stands. What needs approval is approved at a level."""

    CLASS = 1
    SCHOOL = 2
    COUNTY = 3
    CITY = 4

    @property
    def label(self) -> str:
        """The level as people say it."""
        return str(LEVELS[self])


LEVELS = {
    Level.CLASS: _("班主任"),
    Level.SCHOOL: _("学校"),
    Level.COUNTY: _("县（市、区）教育局"),
    Level.CITY: _("市局"),
}
OF_ROLE = {
    Role.CITY_LEADER: Level.CITY,
    Role.CITY_OFFICE: Level.CITY,
    Role.CITY_SECTION: Level.CITY,
    Role.COUNTY_OFFICER: Level.COUNTY,
    Role.COUNTY_WARDEN: Level.COUNTY,
    Role.PRINCIPAL: Level.SCHOOL,
    Role.PSYCHOLOGIST: Level.SCHOOL,
    Role.KINDERGARTEN: Level.SCHOOL,
    Role.CLASS_TEACHER: Level.CLASS,
    Role.TOWNSHIP_WARDEN: Level.SCHOOL,
}
"""Roles not named here (aid officers, keepers of sealed books, auditors) stand where their grant reaches."""


class Owner(StrEnum):
    """Whose word a fact is: nobody else's is true."""

    CLASS = "class"
    SCHOOL = "school"
    COUNTY = "county"
    CITY = "city"
    OUTSIDE = "outside"

    @property
    def label(self) -> str:
        """The owner as people say it."""
        return str(OWNERS[self])


OWNERS = {
    Owner.CLASS: _("班级"),
    Owner.SCHOOL: _("学校"),
    Owner.COUNTY: _("县（市、区）教育局"),
    Owner.CITY: _("市局科室"),
    Owner.OUTSIDE: _("系统外的主管机关"),
}


class Source(StrEnum):
    """Where a value came from."""

    OWNER = "owner"
    HAND = "hand"
    IMPORT = "import"
    API = "api"
    REGISTER = "register"

    @property
    def label(self) -> str:
        """The source as people say it."""
        return str(SOURCES[self])


SOURCES = {
    Source.OWNER: _("本主填报"),
    Source.HAND: _("他人填报"),
    Source.IMPORT: _("表格导入"),
    Source.API: _("外部系统接口"),
    Source.REGISTER: _("另一本台账"),
}
OWN_WORD_FIRST = (Source.OWNER, Source.API, Source.IMPORT, Source.REGISTER, Source.HAND)
OUTSIDE_FIRST = (Source.API, Source.IMPORT, Source.REGISTER, Source.OWNER, Source.HAND)


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds for a field. Where no ``decider`` is named, whoever may change the row writes it.

    With one, a change by anybody below that level is kept until somebody at it or above approves it. With ``only``,
    those above do not write it either: they send a correction, and the decider's level takes it or not.
    ``why`` is the reason as people read it.
    """

    owner: Owner
    decider: Level | None = None
    only: bool = False
    why: Any = ""
    trust: tuple[Source, ...] = ()

    @property
    def ranking(self) -> tuple[Source, ...]:
        """The sources, the one that wins first."""
        return self.trust or (OUTSIDE_FIRST if self.owner is Owner.OUTSIDE else OWN_WORD_FIRST)

    def writes(self, level: Level) -> bool:
        """Whether somebody at this level writes without asking, and decides what others ask for.

        >>> Policy(Owner.COUNTY, Level.COUNTY).writes(Level.SCHOOL)
        False
        >>> Policy(Owner.COUNTY, Level.COUNTY).writes(Level.CITY)
        True
        >>> Policy(Owner.SCHOOL, Level.SCHOOL, only=True).writes(Level.CITY)
        False
        """
        return self.decider is None or decides(level, self.decider, only=self.only)

    def preferred(self, sources: Iterable[Source]) -> Source:
        """The source whose value is taken where several disagree.

        >>> Policy(Owner.SCHOOL).preferred([Source.IMPORT, Source.OWNER, Source.API])
        <Source.OWNER: 'owner'>
        """
        return min(sources, key=self.ranking.index)


def decides(level: Level, decider: Level, *, only: bool) -> bool:
    """Whether a level decides what is kept for the level ``decider``."""
    return level == decider if only else level >= decider


def level_of(grant: Any) -> Level:
    """The level at which a grant puts somebody."""
    role = Role(grant.role)
    if role in OF_ROLE:
        return OF_ROLE[role]
    if RULES[role].level == "area":
        return Level.CITY if grant.area == settings.JUNHENG_CITY else Level.COUNTY
    return Level.SCHOOL


CLASS_KEEPS = Policy(Owner.CLASS, why=_("由班主任如实填报，学校汇总。"))
SCHOOL_KEEPS = Policy(Owner.SCHOOL, why=_("学校的事学校最清楚，由学校填报并对真实性负责。"))
COUNTY_KEEPS = Policy(Owner.COUNTY, why=_("由县（市、区）教育局登记并对真实性负责。"))
CITY_KEEPS = Policy(Owner.CITY, why=_("由市局科室登记并对真实性负责。"))
