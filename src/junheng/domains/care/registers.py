"""Which fields of committee members and sessions show where. Appointments are made and ended by actions only."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.school_life import Committee, Sessions
from junheng.domains.care.models import CommitteeMember, Session
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    FILTER,
    FIXED,
    LIST,
    SCHOOL_KEEPS,
    F,
    Level,
    Owner,
    Policy,
    Register,
    register,
)

SCHOOL_AND_ABOVE = frozenset(
    {
        Role.CITY_LEADER,
        Role.CITY_OFFICE,
        Role.CITY_SECTION,
        Role.COUNTY_OFFICER,
        Role.PRINCIPAL,
        Role.PSYCHOLOGIST,
        Role.AUDITOR,
    }
)

SIGNED = Policy(
    Owner.SCHOOL, Level.SCHOOL, only=True, why=_("同意书由学校向监护人取得并保存，学校以外的人不能代填。")
)


@register
class CommitteeMemberRegister(Register[CommitteeMember]):
    """心理委员。一行是一名学生担任本班心理委员的一段时间；聘任和解聘须办理，不能直接修改。

    心理委员只提醒同学「有事找谁」，不记录、不评价任何同学。
    """

    slug = "committee"
    chapter = "moral"
    model = CommitteeMember
    area = "area"
    school = "school"
    school_class = "school_class"
    since = "since"
    until = "until"
    readers = SCHOOL_AND_ABOVE | {Role.CLASS_TEACHER}
    writers = frozenset({Role.PSYCHOLOGIST, Role.PRINCIPAL, Role.CLASS_TEACHER})
    fulfils = Committee
    policy = SCHOOL_KEEPS
    fields = (
        F("pupil", LIST | FIXED, headings=("学籍号", "学生姓名")),
        F("school_class", LIST | FIXED, headings=("班级编号",)),
        F("school", LIST | FILTER | FIXED, headings=("学校标识码", "学校名称")),
        F("area", LIST | FILTER | FIXED, headings=("区划",)),
        F("trained_on", LIST, headings=("培训日期",)),
        F("consent", FILTER, headings=("是否取得监护人同意",), by=SIGNED),
        F("own_yes", FILTER | FIXED),
        F("since", LIST | FIXED, headings=("聘任日期",)),
        F("until", LIST | FIXED, headings=("解聘日期",)),
        F("renewed_on", FIXED),
    )


@register
class SessionRegister(Register[Session]):
    """心理辅导。一行是一场团体辅导，或一次个别辅导的事实；个别辅导不写主题，也不写是谁。"""

    slug = "sessions"
    chapter = "moral"
    model = Session
    area = "area"
    school = "school"
    readers = SCHOOL_AND_ABOVE
    writers = frozenset({Role.PSYCHOLOGIST})
    fulfils = Sessions
    policy = SCHOOL_KEEPS
    fields = (
        F("school", LIST | FILTER, headings=("学校标识码", "学校名称")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("kind", LIST | FILTER, headings=("辅导形式",)),
        F("topic", headings=("辅导主题",)),
        F("held_on", LIST, headings=("举办日期",)),
        F("attendance", LIST, headings=("人次",)),
    )
