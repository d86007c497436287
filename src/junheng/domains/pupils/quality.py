"""What is unusual about pupils and children, and about classes, schools and kindergartens by those who are in them."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook import QUALITY
from junheng.domains.pupils.models import Child, Pupil
from junheng.domains.schools.quality import WITH_CLASSES
from junheng.kernel.values.identity import birth_date, id_number_fault, sex
from junheng.kernel.values.school_term import school_year
from junheng.platform.quality import Rows, Severity, Sides, likeness, reconcile, row_rule, soft_rule
from junheng.platform.quality.counting import DayDigits, count_of, odd_name
from junheng.platform.sealing import Gone
from junheng.platform.spans import holds

GRADES = range(1, 13)


@soft_rule(
    "class-too-large",
    "classes",
    title=_("大班额"),
    why=_("班额过大影响每个孩子；大班额是优质均衡督导的一票项，须说明原因和化解办法。"),
    sentence=_("班内有 {pupils} 名学生，超过大班额界限 {limit} 名。"),
    severity=Severity.HIGH,
    facts=("pupils", "limit"),
    touches=("pupils.school_class",),
    limits=(QUALITY.largest_class,),
    acts=_("学校说明，县（市、区）审核化解计划"),
    asked=False,
)
def class_too_large(rows: Rows, on: date) -> Rows:
    """Pupils on the roll of the class on the day."""
    limit = QUALITY.largest_class.on(on).value
    roll = count_of(Pupil.objects.filter(holds(on), school_class=OuterRef("pk")))
    return rows.annotate(pupils=roll, limit=Value(limit)).filter(pupils__gt=limit)


@soft_rule(
    "class-empty",
    "classes",
    title=_("班级没有学生"),
    why=_("没有学生的班级会计入班级数，拉低平均班额。"),
    sentence=_("这个班在办，但没有一名在籍学生。"),
    severity=Severity.MEDIUM,
    fields=("until",),
    touches=("pupils.school_class",),
    acts=_("学校核对：补登学生，或写明结班日"),
    asked=False,
)
def class_empty(rows: Rows, on: date) -> Rows:
    """A class begins with its pupils."""
    roll = Pupil.objects.filter(holds(on), school_class=OuterRef("pk"))
    return rows.filter(~Exists(roll), school__kind__in=WITH_CLASSES)


@soft_rule(
    "boarding-without-boarders",
    "schools",
    title=_("寄宿制学校没有寄宿生"),
    why=_("寄宿制学校按寄宿生人数增加公用经费；一名寄宿生也没有，往往是学生名册漏登。"),
    sentence=_("登记为寄宿制学校，{pupils} 名学生中没有一名寄宿生。"),
    severity=Severity.MEDIUM,
    facts=("pupils",),
    fields=("boarding",),
    touches=("pupils.boarder",),
    acts=_("学校核对寄宿生"),
)
def boarding_without_boarders(rows: Rows, on: date) -> Rows:
    """A boarding school with pupils, none of whom boards."""
    roll = Pupil.objects.filter(holds(on), school=OuterRef("pk"))
    here = rows.filter(Exists(roll), ~Exists(roll.filter(boarder=True)), boarding=True)
    return here.annotate(pupils=count_of(roll))


@soft_rule(
    "boarders-without-boarding",
    "schools",
    title=_("有寄宿生的学校没有登记为寄宿制"),
    why=_("寄宿生补助按学校核定；学校不是寄宿制，寄宿生的登记就存疑。"),
    sentence=_("没有登记为寄宿制学校，却有 {boarders} 名寄宿生。"),
    severity=Severity.MEDIUM,
    facts=("boarders",),
    fields=("boarding",),
    touches=("pupils.boarder",),
    acts=_("学校核对寄宿制登记"),
)
def boarders_without_boarding(rows: Rows, on: date) -> Rows:
    """Boarders in a school that does not board."""
    boarders = Pupil.objects.filter(holds(on), school=OuterRef("pk"), boarder=True)
    return rows.filter(Exists(boarders), boarding=False).annotate(boarders=count_of(boarders))


@soft_rule(
    "pupil-too-young",
    "pupils",
    title=_("学生年龄小于入学年龄"),
    why=_("凡当年8月31日前年满六周岁的儿童方可入学；不足龄的须有依据。"),
    sentence=_("在 {grade} 年级，按出生日期入学时不满 {limit} 周岁。"),
    severity=Severity.MEDIUM,
    facts=("grade", "limit"),
    fields=("born_on", "grade"),
    limits=(QUALITY.entry_age,),
    acts=_("学校核对出生日期和年级"),
)
def pupil_too_young(rows: Rows, on: date) -> Rows:
    """Born after 31 August of the year in which the grade's children turned six."""
    age = QUALITY.entry_age.on(on).value
    young = Q()
    for grade in GRADES:
        young |= Q(grade=grade, born_on__gt=date(school_year(on) - grade + 1 - age, 8, 31))
    return rows.filter(young).annotate(limit=Value(age))


@soft_rule(
    "pupil-too-old",
    "pupils",
    title=_("学生年龄明显大于所在年级"),
    why=_("多为出生年份录错；确属留级、休学的须说明。"),
    sentence=_("在 {grade} 年级，比同年级适龄学生大 {limit} 年以上。"),
    severity=Severity.LOW,
    facts=("grade", "limit"),
    fields=("born_on", "grade"),
    limits=(QUALITY.years_behind,),
    acts=_("学校核对出生日期和年级"),
)
def pupil_too_old(rows: Rows, on: date) -> Rows:
    """Special schools teach older pupils too."""
    years, age = QUALITY.years_behind.on(on).value, QUALITY.entry_age.on(on).value
    old = Q()
    for grade in GRADES:
        old |= Q(grade=grade, born_on__lt=date(school_year(on) - grade - age - years, 9, 1))
    return rows.exclude(school__kind="special").filter(old).annotate(limit=Value(years))


@soft_rule(
    "pupil-name-odd",
    "pupils",
    title=_("学生姓名含空格或数字"),
    why=_("姓名以户籍为准；夹着空格、数字的姓名在升学、资助核对时对不上。"),
    sentence=_("姓名里有空格或数字，请对照户口簿核对。"),
    severity=Severity.LOW,
    fields=("name",),
    acts=_("学校核对姓名"),
)
def pupil_name_odd(rows: Rows, on: date) -> Rows:
    """Names of persons have neither."""
    return rows.filter(odd_name("name"))


@soft_rule(
    "pupil-code-birthday",
    "pupils",
    title=_("学籍号与出生日期不符"),
    why=_("学籍号内含身份证件上的出生日期，两者必有一个登错。"),
    sentence=_("学籍号里的出生日期与登记的出生日期不同。"),
    severity=Severity.MEDIUM,
    fields=("born_on",),
    acts=_("学校凭户口簿更正，县（市、区）学籍主管部门核准"),
)
def pupil_code_birthday(rows: Rows, on: date) -> Rows:
    """Formal numbers (G, J) carry the day; what they tell stands beside the sealed number."""
    formal = rows.exclude(code_tells="")
    return formal.annotate(carried=Substr("code_tells", 1, 8), born=DayDigits("born_on")).exclude(
        carried=F("born")
    )


@soft_rule(
    "pupil-code-sex",
    "pupils",
    title=_("学籍号与性别不符"),
    why=_("以G开头的学籍号内含身份证件号，其顺序码单数为男、双数为女。"),
    sentence=_("学籍号表示的性别与登记的性别不同。"),
    severity=Severity.MEDIUM,
    fields=("sex",),
    acts=_("学校凭户口簿更正，县（市、区）学籍主管部门核准"),
)
def pupil_code_sex(rows: Rows, on: date) -> Rows:
    """The 17th digit of the identity number is odd for a boy."""
    formal = rows.annotate(sign=Substr("code_tells", 9, 1))
    return formal.filter(Q(sign="1", sex=2) | Q(sign="2", sex=1))


def identity_facts(row: Any, on: date) -> dict[str, Any] | None:
    """What an identity number says against the rest of a row; nothing where it is empty or destroyed."""
    number = row.id_number
    if not number or isinstance(number, Gone):
        return None
    if fault := id_number_fault(number):
        return {"fault": fault}
    if birth_date(number) != row.born_on:
        return {"fault": str(_("身份证件号里的出生日期与登记的不同。"))}
    if sex(number) != row.sex:
        return {"fault": str(_("身份证件号表示的性别与登记的不同。"))}
    return None


IDENTITY = {
    "title": _("身份证件号与登记的信息不符"),
    "why": _("身份证件号有校验位，并含出生日期和性别，依据 GB 11643-1999；号码是加密的，只在保存时核对。"),
    "sentence": _("{fault}请对照证件核对。"),
    "severity": Severity.MEDIUM,
    "facts": ("fault",),
    "fields": ("id_number", "born_on", "sex"),
    "acts": _("学校对照证件核对"),
}
row_rule("pupil-id-number", "pupils", **IDENTITY)(identity_facts)
row_rule("child-id-number", "children", **IDENTITY)(identity_facts)


@soft_rule(
    "child-age",
    "children",
    title=_("幼儿年龄与班级类型不符"),
    why=_("小班、中班、大班按年龄编班，相差一年以上多为出生日期或班级登错。"),
    sentence=_("按出生日期与所在班级类型的年龄相差超过 {limit} 年。"),
    severity=Severity.LOW,
    facts=("limit",),
    fields=("born_on", "grade"),
    limits=(QUALITY.kindergarten_age, QUALITY.years_older_in_kindergarten),
    acts=_("幼儿园核对出生日期和班级"),
)
def child_age(rows: Rows, on: date) -> Rows:
    """Full years on 31 August of the school year, from three in the small class on."""
    first, years = QUALITY.kindergarten_age.on(on).value, QUALITY.years_older_in_kindergarten.on(on).value
    wrong = Q()
    for place, grade in enumerate(("small", "middle", "big")):
        youngest = school_year(on) - first - place
        wrong |= Q(grade=grade, born_on__gt=date(youngest + years, 8, 31))
        wrong |= Q(grade=grade, born_on__lte=date(youngest - 1 - years, 8, 31))
    return rows.filter(wrong).annotate(limit=Value(years))


@soft_rule(
    "kindergarten-over-capacity",
    "kindergartens",
    title=_("在园幼儿超过核定学位"),
    why=_("超过核定学位涉及安全和保教质量，须说明原因和分流办法。"),
    sentence=_("在园 {children} 名幼儿，核定学位 {capacity} 个。"),
    severity=Severity.HIGH,
    facts=("children", "capacity"),
    fields=("capacity",),
    touches=("children.kindergarten",),
    acts=_("幼儿园说明，县（市、区）教育局审核"),
)
def over_capacity(rows: Rows, on: date) -> Rows:
    """Children on the day against the places that were approved."""
    here = Child.objects.filter(holds(on), kindergarten=OuterRef("pk"))
    return rows.annotate(children=count_of(here)).filter(children__gt=F("capacity"))


@soft_rule(
    "kindergarten-too-large",
    "kindergartens",
    title=_("幼儿园规模偏大"),
    why=_("幼儿园规模一般不超过 360 人，过大的须说明。"),
    sentence=_("在园 {children} 名幼儿，一般不超过 {limit} 名。"),
    severity=Severity.LOW,
    facts=("children", "limit"),
    touches=("children.kindergarten",),
    limits=(QUALITY.largest_kindergarten,),
    acts=_("幼儿园说明"),
    asked=False,
)
def kindergarten_too_large(rows: Rows, on: date) -> Rows:
    """Children on the day against the usual size."""
    limit = QUALITY.largest_kindergarten.on(on).value
    here = Child.objects.filter(holds(on), kindergarten=OuterRef("pk"))
    return rows.annotate(children=count_of(here), limit=Value(limit)).filter(children__gt=limit)


@soft_rule(
    "kindergarten-empty",
    "kindergartens",
    title=_("在册幼儿园没有幼儿"),
    why=_("没有幼儿的幼儿园会计入园数和学位数。"),
    sentence=_("这所幼儿园在册，但没有一名在园幼儿。"),
    severity=Severity.MEDIUM,
    fields=("until", "capacity"),
    touches=("children.kindergarten",),
    acts=_("幼儿园补登幼儿；已停办的由县（市、区）写明停办日"),
    asked=False,
)
def kindergarten_empty(rows: Rows, on: date) -> Rows:
    """Nobody is registered on the day."""
    return rows.filter(~Exists(Child.objects.filter(holds(on), kindergarten=OuterRef("pk"))))


@reconcile(
    "pupil-home",
    "pupils",
    sides=Sides(_("学生登记的户籍区划"), _("学生家庭的户籍区划")),
    title=_("学生户籍与家庭户籍不一致"),
    why=_("两本台账各记一份户籍；随迁子女和跨县域招生的统计以它为准。"),
    sentence=_("学生登记的户籍在 {left}，家庭登记在 {right}；以家庭为准。"),
    severity=Severity.MEDIUM,
    fields=("home_area",),
    touches=("households.area",),
    acts=_("班主任凭户口簿核对"),
)
def pupil_home(rows: Rows, on: date) -> Rows:
    """Where the pupil is registered and where the family is."""
    differing = rows.exclude(home_area_id=F("household__area_id"))
    return differing.annotate(left=F("home_area__name"), right=F("household__area__name"))


@reconcile(
    "pupil-class",
    "pupils",
    sides=Sides(_("学生登记的年级"), _("所在班级的年级")),
    title=_("学生年级与班级年级不一致"),
    why=_("按年级统计学生和按班级统计会得到两个数。"),
    sentence=_("学生登记在 {left} 年级，班级是 {right} 年级；以班级为准。"),
    severity=Severity.HIGH,
    fields=("grade", "school_class"),
    touches=("classes.grade",),
    acts=_("班主任核对年级"),
)
def pupil_class(rows: Rows, on: date) -> Rows:
    """A pupil is in the grade of the class."""
    differing = rows.exclude(grade=F("school_class__grade"))
    return differing.annotate(left=F("grade"), right=F("school_class__grade"))


@reconcile(
    "pupil-school",
    "pupils",
    sides=Sides(_("学生登记的学校"), _("所在班级的学校")),
    title=_("学生的学校与班级的学校不一致"),
    why=_("同一名学生会在一处算到这所学校，在另一处算到那所学校。"),
    sentence=_("学生登记在标识码 {left} 的学校，班级属于 {right}；以班级为准。"),
    severity=Severity.HIGH,
    fields=("school", "school_class"),
    touches=("classes.school",),
    acts=_("学校核对学籍"),
)
def pupil_school(rows: Rows, on: date) -> Rows:
    """A pupil is in the school of the class."""
    differing = rows.exclude(school_id=F("school_class__school_id"))
    return differing.annotate(left=F("school__code"), right=F("school_class__school__code"))


@reconcile(
    "census-children",
    "censuses",
    sides=Sides(
        _("年度统计上报的幼儿数"),
        _("统计时点在园名册"),
        rows=("children", {"kindergarten": "kindergarten_id"}),
    ),
    title=_("年度统计的幼儿数与在园名册不一致"),
    why=_("学前教育的各项占比由上报数得出，名册是它的底账。"),
    sentence=_("{year} 年上报 {left} 名幼儿，统计时点名册上有 {right} 名；以名册为准。"),
    severity=Severity.HIGH,
    facts=("year",),
    fields=("children",),
    touches=("children.kindergarten",),
    limits=(QUALITY.children_apart,),
    acts=_("幼儿园核对名册，县（市、区）教育局更正统计"),
)
def census_children(rows: Rows, on: date) -> Rows:
    """The census of this school year: earlier ones speak of children that no register of today holds."""
    apart = QUALITY.children_apart.on(on).value
    then = Child.objects.filter(kindergarten=OuterRef("kindergarten"), since__lte=OuterRef("counted_on"))
    then = then.filter(Q(until=None) | Q(until__gt=OuterRef("counted_on")))
    here = rows.filter(year=school_year(on), counted_on__lte=on)
    both = here.annotate(left=F("children"), right=count_of(then))
    return both.filter(Q(left__gte=F("right") + apart) | Q(left__lte=F("right") - apart))


likeness(
    "pupil-double",
    "pupils",
    title=_("学生疑似重复"),
    why=_("一名学生同一天有两条在籍记录，学生数、经费、资助都会多算。"),
    exact=(
        (("id_number_blind",), _("身份证件号相同")),
        (("code_blind",), _("学籍号相同，且同一天都在籍")),
        (("household", "born_on", "name"), _("姓名、出生日期、家庭都相同")),
        (("school_class", "name", "born_on", "sex"), _("同班，姓名、出生日期、性别都相同")),
    ),
    fields=("code",),
)
likeness(
    "child-double",
    "children",
    title=_("幼儿疑似重复"),
    why=_("一名幼儿同时登记在两所幼儿园，在园幼儿数和补助都会多算。"),
    exact=(
        (("id_number_blind",), _("身份证件号相同")),
        (("household", "born_on", "name"), _("姓名、出生日期、家庭都相同")),
    ),
    fields=("kindergarten",),
)
