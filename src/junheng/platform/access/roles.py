"""The roles of the house, and what each may do where nobody said otherwise."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from django.utils.translation import gettext_lazy as _

Verb = Literal["view", "change", "import", "export", "unmask"]
Level = Literal["area", "school", "class", "kindergarten"]


class Role(StrEnum):
    """What somebody is in the bureau, a county, a school, a kindergarten, a class or a township."""

    CITY_LEADER = "city_leader"
    CITY_OFFICE = "city_office"
    CITY_SECTION = "city_section"
    COUNTY_OFFICER = "county_officer"
    PRINCIPAL = "principal"
    CLASS_TEACHER = "class_teacher"
    PSYCHOLOGIST = "psychologist"
    TOWNSHIP_WARDEN = "township_warden"
    COUNTY_WARDEN = "county_warden"
    AID_OFFICER = "aid_officer"
    AUDITOR = "auditor"
    SEALED_OFFICER = "sealed_officer"
    ACCOUNT_ADMIN = "account_admin"
    INSPECTOR = "inspector"
    TIP_OFFICER = "tip_officer"
    KINDERGARTEN = "kindergarten"

    @property
    def label(self) -> str:
        """The role as people say it."""
        return str(LABELS[self])


LABELS = {
    Role.CITY_LEADER: _("市局领导"),
    Role.CITY_OFFICE: _("市局办公室"),
    Role.CITY_SECTION: _("市局科室"),
    Role.COUNTY_OFFICER: _("县（市、区）教育局"),
    Role.PRINCIPAL: _("校长"),
    Role.CLASS_TEACHER: _("班主任"),
    Role.PSYCHOLOGIST: _("心理教师"),
    Role.TOWNSHIP_WARDEN: _("乡镇级水域责任人"),
    Role.COUNTY_WARDEN: _("县级水域责任人"),
    Role.AID_OFFICER: _("资助专员"),
    Role.AUDITOR: _("审计员"),
    Role.SEALED_OFFICER: _("封存台账专员"),
    Role.ACCOUNT_ADMIN: _("账号管理员"),
    Role.INSPECTOR: _("督学"),
    Role.TIP_OFFICER: _("举报受理员"),
    Role.KINDERGARTEN: _("园长（举办者）"),
}
ROLE_CHOICES = [(str(role), label) for role, label in LABELS.items()]

EVERY_CHAPTER = frozenset({"base", "moral", "preschool", "compulsory", "safety", "layout", "office"})
WORK = EVERY_CHAPTER - {"office"}
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """What a role may do: the chapters whose registers it sees and changes, and the verbs beyond these.

    ``level`` is the widest reach a grant of this role can have: a principal without a school sees nothing.
    Of these chapters a kindergarten sees what a register says is one kindergarten's, and writes where it is named.
    """

    level: Level
    view: frozenset[str] = NONE
    change: frozenset[str] = NONE
    export: bool = False
    unmask: bool = False


RULES: dict[Role, Rule] = {
    Role.CITY_LEADER: Rule("area", view=EVERY_CHAPTER, export=True),
    Role.CITY_OFFICE: Rule("area", view=EVERY_CHAPTER, change=frozenset({"office"}), export=True),
    Role.CITY_SECTION: Rule("area", view=EVERY_CHAPTER, change=WORK, export=True, unmask=True),
    Role.COUNTY_OFFICER: Rule("area", view=EVERY_CHAPTER, change=WORK, export=True, unmask=True),
    Role.PRINCIPAL: Rule("school", view=WORK, change=WORK, export=True, unmask=True),
    Role.CLASS_TEACHER: Rule("class", view=frozenset({"base", "moral", "compulsory"}), unmask=True),
    Role.PSYCHOLOGIST: Rule("school"),
    Role.TOWNSHIP_WARDEN: Rule("area", view=frozenset({"safety"})),
    Role.COUNTY_WARDEN: Rule("area", view=frozenset({"safety"})),
    Role.AID_OFFICER: Rule("area", view=frozenset({"base"}), export=True, unmask=True),
    Role.AUDITOR: Rule("area", view=EVERY_CHAPTER),
    Role.SEALED_OFFICER: Rule("area", unmask=True),
    Role.ACCOUNT_ADMIN: Rule("area"),
    Role.INSPECTOR: Rule("area", view=frozenset({"safety"})),
    Role.TIP_OFFICER: Rule("area", unmask=True),
    Role.KINDERGARTEN: Rule("kindergarten", view=frozenset({"preschool", "safety", "layout"})),
}
"""Least access by default. A register names its ``readers`` and ``writers`` where this is too wide or too narrow."""
OVERSEERS = frozenset({Role.CITY_LEADER, Role.CITY_OFFICE, Role.AUDITOR})
"""Who may ask, of a row they see themselves, who else could see it and who did."""
UNMASKING = frozenset(role for role, rule in RULES.items() if rule.unmask)
"""Roles that may see what is masked: they need a second factor, and a second administrator to be granted."""
CITY_ROLES = frozenset({Role.CITY_LEADER, Role.CITY_OFFICE, Role.CITY_SECTION})
"""Roles that exist at the city's bureau only: a grant of one is over the whole city."""
