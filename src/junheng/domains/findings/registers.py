"""Which fields of findings show where. Every one is fixed: a finding moves by deeds only."""

from junheng.domains.findings.models import Finding
from junheng.platform.access.roles import Role
from junheng.platform.registers import COUNTY_KEEPS, FILTER, FIXED, KEY, LIST, SEARCH, F, Register, register

ACTING = frozenset(
    {
        Role.CITY_SECTION,
        Role.COUNTY_OFFICER,
        Role.PRINCIPAL,
        Role.TOWNSHIP_WARDEN,
        Role.COUNTY_WARDEN,
        Role.INSPECTOR,
    }
)
"""Who does something about findings: units remedy, inspectors and those above check again."""


@register
class FindingRegister(Register[Finding]):
    """问题隐患台账。一行是一条隐患：谁整改、何时前改完、谁复查、是否销号；整改的人不能自己复查。整改期限为本系统参数，待确认。"""

    slug = "findings"
    chapter = "safety"
    model = Finding
    area = "area"
    school = "school"
    kindergarten = "kindergarten"
    writers = ACTING
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | FIXED),
        F("what", LIST | SEARCH | FIXED),
        F("severity", LIST | FILTER | FIXED),
        F("state", LIST | FILTER | FIXED),
        F("due_on", LIST | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("school", LIST | FILTER | FIXED),
        F("kindergarten", FILTER | FIXED),
        F("water", LIST | FILTER | FIXED),
        F("place", FIXED),
        F("cites", FIXED),
        F("source", FIXED),
        F("source_row", FIXED),
        F("found_on", FIXED),
        F("found_by", FIXED),
        F("owner", LIST | SEARCH | FIXED),
        F("measures", FIXED),
        F("money_fen", FIXED),
        F("plan", FIXED),
        F("planned_on", FIXED),
        F("remedied_on", FIXED),
        F("remedied_by", FIXED),
        F("closed_on", FIXED),
        F("closed_by", FIXED),
        F("reopened", FIXED),
        F("listed", FILTER | FIXED),
        F("listed_on", FIXED),
        F("asked_until", FIXED),
        F("asked_by", FIXED),
        F("asked_of", FILTER | FIXED),
        F("escalated", FILTER | FIXED),
        F("escalated_on", FIXED),
        F("photos", FIXED),
    )
