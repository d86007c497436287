"""Which fields of places, staff, posts and what is done about safety show where. Posts are given on the page of the matrix."""

from django.utils.translation import gettext_lazy as _

from junheng.domains.posts.models import (
    DayConfirmation,
    DutyRecord,
    Post,
    PostTask,
    SafetyPlace,
    StaffMember,
)
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    FILTER,
    FIXED,
    KEY,
    LIST,
    PUBLIC,
    SCHOOL_KEEPS,
    SEARCH,
    F,
    Level,
    Owner,
    Policy,
    Register,
    register,
)

STANDARD = Policy(Owner.CITY, Level.CITY, why=_("部位和时段标准由市局安全科发布，各校不能自行增减。"))


@register
class SafetyPlaceRegister(Register[SafetyPlace]):
    """安全部位标准。一行是市里要求每所学校明确责任人的一个部位和时段；修改写明施行日，旧标准保留。"""

    slug = "safetyplaces"
    chapter = "safety"
    model = SafetyPlace
    area = "area"
    since = "since"
    until = "until"
    writers = frozenset({Role.CITY_SECTION})
    policy = STANDARD
    order = ("code",)
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC),
        F("name", LIST | SEARCH | PUBLIC),
        F("area", PUBLIC),
        F("edge", LIST | FILTER | PUBLIC),
        F("applies", LIST | FILTER | PUBLIC),
        F("weekdays", LIST | PUBLIC),
        F("starts", LIST | PUBLIC),
        F("ends", LIST | PUBLIC),
        F("with_office", PUBLIC),
        F("since", LIST | PUBLIC),
        F("until", PUBLIC),
    )


@register
class StaffMemberRegister(Register[StaffMember]):
    """学校教职工。一行是一名承担安全岗位的教职工，由学校登记；教职工名册建成后与之对应。"""

    slug = "staff"
    chapter = "safety"
    model = StaffMember
    area = "area"
    school = "school"
    since = "since"
    until = "until"
    policy = SCHOOL_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("工号",)),
        F("name", LIST | SEARCH),
        F("school", LIST | FILTER, headings=("学校标识码", "学校名称")),
        F("area", FILTER, headings=("区划",)),
        F("position", LIST | SEARCH, headings=("职务", "岗位")),
        F("since", LIST),
        F("until", LIST),
    )


@register
class PostRegister(Register[Post]):
    """安全岗位。一行是一名教职工在一个部位、若干星期几、一段时间的责任；在“岗位矩阵”中落实到人，签领后生效。"""

    slug = "posts"
    chapter = "safety"
    model = Post
    area = "area"
    school = "school"
    since = "since"
    until = "until"
    policy = SCHOOL_KEEPS
    fields = (
        F("school", LIST | FILTER | FIXED),
        F("place", LIST | FILTER | FIXED),
        F("person", LIST | FIXED),
        F("deputy", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("weekdays", FIXED),
        F("starts", FIXED),
        F("ends", FIXED),
        F("since", LIST | FIXED),
        F("until", LIST | FIXED),
        F("signed_on", LIST | FIXED),
    )


@register
class PostTaskRegister(Register[PostTask]):
    """补空任务。一行是岗位矩阵中的一处空白：由谁补、何时前落实到人。"""

    slug = "posttasks"
    chapter = "safety"
    model = PostTask
    area = "area"
    school = "school"
    policy = SCHOOL_KEEPS
    fields = (
        F("school", LIST | FILTER | FIXED),
        F("place", LIST | FILTER | FIXED),
        F("area", FILTER | FIXED),
        F("weekdays", FIXED),
        F("starts", FIXED),
        F("ends", FIXED),
        F("opened_on", LIST | FIXED),
        F("due_on", LIST | FIXED),
        F("state", LIST | FILTER | FIXED),
        F("post", FIXED),
    )


@register
class DayConfirmationRegister(Register[DayConfirmation]):
    """每日确认。一行是一所学校一天的岗位确认：没有异常的一键确认，异常的登记为隐患。"""

    slug = "dayconfirmations"
    chapter = "safety"
    model = DayConfirmation
    area = "area"
    school = "school"
    policy = SCHOOL_KEEPS
    fields = (
        F("school", LIST | FILTER | FIXED),
        F("on", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("posts", LIST | FIXED),
        F("exceptions", LIST | FIXED),
        F("confirmed_at", LIST | FIXED),
        F("confirmed_by", FIXED),
    )


@register
class DutyRecordRegister(Register[DutyRecord]):
    """安全工作记录。一行是一次演练、若干安全课时、一次自查、一次调查或一次事件复盘；该做哪些由规定和校历推出，不用填报。"""

    slug = "dutyrecords"
    chapter = "safety"
    model = DutyRecord
    area = "area"
    school = "school"
    kindergarten = "kindergarten"
    writers = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER, Role.PRINCIPAL, Role.KINDERGARTEN})
    policy = SCHOOL_KEEPS
    fields = (
        F("school", LIST | FILTER, headings=("学校标识码", "学校名称")),
        F("kindergarten", FILTER, headings=("幼儿园标识码", "幼儿园名称")),
        F("area", FILTER, headings=("区划",)),
        F("kind", LIST | FILTER),
        F("on", LIST),
        F("amount", LIST),
        F("people"),
        F("note", LIST),
    )
