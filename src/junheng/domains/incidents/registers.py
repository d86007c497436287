"""Which fields of incidents show where. Every one is fixed: an incident moves by deeds only."""

from junheng.domains.findings.registers import ACTING
from junheng.domains.incidents.models import Incident
from junheng.platform.access.roles import Role
from junheng.platform.registers import COUNTY_KEEPS, FILTER, FIXED, KEY, LIST, SEARCH, F, Register, register

OVERSEEN_BY = frozenset({Role.CITY_LEADER, Role.CITY_OFFICE, Role.AUDITOR})


@register
class IncidentRegister(Register[Incident]):
    """安全事件台账。一行是一起事件：发生了什么、为什么、采取哪些措施、别的学校该记取什么；不写学生姓名。措施登记在「问题隐患」。"""

    slug = "incidents"
    chapter = "safety"
    model = Incident
    area = "area"
    school = "school"
    readers = ACTING | OVERSEEN_BY
    writers = ACTING - {Role.INSPECTOR}
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | FIXED),
        F("kind", LIST | FILTER | FIXED),
        F("on", LIST | FIXED),
        F("state", LIST | FILTER | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("school", LIST | FILTER | FIXED),
        F("kindergarten", FILTER | FIXED),
        F("water", FILTER | FIXED),
        F("place", FIXED),
        F("what", SEARCH | FIXED),
        F("hurt", FIXED),
        F("reported_on", FIXED),
        F("reported_by", FIXED),
        F("review_by", LIST | FIXED),
        F("reviewed_on", FIXED),
        F("reviewed_by", FIXED),
        F("chaired_by", FIXED),
        F("causes", FIXED),
        F("lessons", FIXED),
        F("closed_on", FIXED),
        F("closed_by", FIXED),
    )
