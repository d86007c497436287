"""Which fields of pupils and children show where: little, and masked unless somebody has need and says so."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.preschool import Children
from junheng.content.datasets.pupils import Households, Pupils
from junheng.domains.pupils.models import Child, Consent, Household, Pupil
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    CLASS_KEEPS,
    COUNTY_KEEPS,
    FILTER,
    FIXED,
    KEY,
    LIST,
    SCHOOL_KEEPS,
    SEARCH,
    SENSITIVE,
    F,
    Level,
    Owner,
    Policy,
    Register,
    register,
)

KNOW_FAMILIES = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER, Role.PRINCIPAL, Role.CLASS_TEACHER})

REGISTERED = Policy(
    Owner.OUTSIDE, Level.COUNTY, why=_("学籍号由全国学籍系统生成，更正须县（市、区）学籍主管部门核准。")
)
CERTIFIED = Policy(
    Owner.OUTSIDE, Level.COUNTY, why=_("以户籍和身份证件为准；更正凭证件提出，县（市、区）学籍主管部门核准。")
)
ENROLLED = Policy(
    Owner.SCHOOL, Level.SCHOOL, why=_("由学校填报并对真实性负责；班主任发现有误，提出更正，学校核准。")
)
TRANSFERRED = Policy(
    Owner.SCHOOL, Level.COUNTY, why=_("转学、休学、毕业离校须经县（市、区）学籍主管部门核准。")
)


@register
class HouseholdRegister(Register[Household]):
    """学生家庭。一行是一户，兄弟姐妹同属一户；住址和电话默认遮盖，查看留痕。"""

    slug = "households"
    chapter = "base"
    model = Household
    area = "area"
    school = "pupil__school"
    school_class = "pupil__school_class"
    readers = KNOW_FAMILIES
    writers = KNOW_FAMILIES
    fulfils = Households
    policy = CLASS_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("家庭代码", "户编号")),
        F("guardian", SENSITIVE, headings=("监护人姓名", "家长姓名")),
        F("area", LIST | FILTER, headings=("户籍地", "户籍所在区划"), by=CERTIFIED),
        F("address", SENSITIVE, headings=("家庭住址", "地址")),
        F("phone", SENSITIVE, headings=("监护人电话", "家长电话", "手机号")),
    )


@register
class PupilRegister(Register[Pupil]):
    """在校学生。一行是一名学生在一所学校一个班的一段学籍；转学时旧行写离校日，新校另起一行。"""

    slug = "pupils"
    chapter = "base"
    model = Pupil
    area = "area"
    school = "school"
    school_class = "school_class"
    since = "since"
    until = "until"
    writers = KNOW_FAMILIES
    fulfils = Pupils
    policy = ENROLLED
    fields = (
        F("code", KEY | LIST | SEARCH | SENSITIVE, headings=("学籍号码", "全国学籍号"), by=REGISTERED),
        F("name", LIST | SENSITIVE, headings=("学生姓名",), by=CERTIFIED),
        F("id_number", SEARCH | SENSITIVE, headings=("身份证号", "身份证件号码"), by=CERTIFIED),
        F("sex", FILTER, by=CERTIFIED),
        F("born_on", SENSITIVE, headings=("出生年月日", "出生日"), by=CERTIFIED),
        F("household", headings=("家庭编号", "户编号")),
        F("school", LIST | FILTER, headings=("学校标识码", "学校代码", "学校名称"), by=TRANSFERRED),
        F("school_class", headings=("班级编号",)),
        F("area", FILTER, headings=("区划",)),
        F("home_area", headings=("户籍地", "户籍所在区划"), by=CERTIFIED),
        F("stage", LIST | FILTER),
        F("grade", LIST, headings=("年级",)),
        F("boarder", LIST | FILTER, headings=("是否寄宿",)),
        F("since", KEY | LIST, headings=("入学日期",)),
        F("until", headings=("离校日期",), by=TRANSFERRED),
    )


@register
class ChildRegister(Register[Child]):
    """在园幼儿。一行是一名幼儿在一所幼儿园的一段时间；姓名默认遮盖，查看留痕。"""

    slug = "children"
    chapter = "preschool"
    model = Child
    area = "area"
    since = "since"
    until = "until"
    fulfils = Children
    policy = COUNTY_KEEPS
    fields = (
        F("name", LIST | SENSITIVE, headings=("幼儿姓名",), by=CERTIFIED),
        F("id_number", SEARCH | SENSITIVE, headings=("身份证号", "身份证件号码"), by=CERTIFIED),
        F("sex", FILTER, by=CERTIFIED),
        F("born_on", SENSITIVE, headings=("出生年月日", "出生日"), by=CERTIFIED),
        F("household", headings=("家庭编号", "户编号")),
        F("kindergarten", LIST | FILTER, headings=("学校标识码", "幼儿园名称", "园名")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("grade", LIST | FILTER, headings=("班级",)),
        F("since", LIST, headings=("入园日期",)),
        F("until", headings=("离园日期",)),
    )


@register
class ConsentRegister(Register[Consent]):
    """监护人同意。一行是一名监护人就一个用途的一次答复；没有答复不等于同意。登记和撤回须办理，不能直接修改。"""

    slug = "consents"
    chapter = "base"
    model = Consent
    area = "area"
    school = "school"
    school_class = "school_class"
    since = "since"
    until = "until"
    readers = KNOW_FAMILIES | {Role.AUDITOR}
    writers = frozenset({Role.COUNTY_OFFICER, Role.PRINCIPAL, Role.CLASS_TEACHER})
    policy = SCHOOL_KEEPS
    fields = (
        F("pupil", LIST | FIXED),
        F("child", LIST | FIXED),
        F("school", FILTER | FIXED),
        F("school_class", FIXED),
        F("area", FILTER | FIXED),
        F("purpose", LIST | FILTER | FIXED),
        F("agreed", LIST | FILTER | FIXED),
        F("given_by", SENSITIVE | FIXED),
        F("relation", FIXED),
        F("how", FIXED),
        F("since", LIST | FIXED),
        F("until", LIST | FIXED),
        F("withdrawn_on", LIST | FIXED),
    )
