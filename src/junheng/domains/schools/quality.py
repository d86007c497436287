"""What is unusual about schools and classes."""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Window
from django.utils.translation import gettext_lazy as _

from junheng.domains.schools.models import SchoolClass
from junheng.domains.schools.terms import SchoolKind
from junheng.platform.quality import Rows, Severity, Sides, expect, likeness, reconcile, soft_rule
from junheng.platform.quality.counting import odd_name
from junheng.platform.spans import holds

WITH_CLASSES = (
    SchoolKind.PRIMARY,
    SchoolKind.JUNIOR,
    SchoolKind.NINE_YEAR,
    SchoolKind.TWELVE_YEAR,
    SchoolKind.SENIOR,
)


@soft_rule(
    "school-without-classes",
    "schools",
    title=_("学校没有班级"),
    why=_("在册学校应有班级；没有班级的学校会计入学校数，却不在班级、学生的统计里。"),
    sentence=_("这所学校在册，但没有一个在办的班级。"),
    severity=Severity.HIGH,
    fields=("until",),
    touches=("classes",),
    acts=_("学校补登班级；已停办的由县（市、区）写明撤销日"),
    asked=False,
)
def without_classes(rows: Rows, on: date) -> Rows:
    """Vocational schools keep their classes elsewhere."""
    classes = SchoolClass.objects.filter(holds(on), school=OuterRef("pk"))
    return rows.filter(~Exists(classes), kind__in=WITH_CLASSES)


@soft_rule(
    "school-name-odd",
    "schools",
    title=_("校名含空格或阿拉伯数字"),
    why=_("校名以审批机关的批复为准，不含空格和阿拉伯数字；写法不一会使同一所学校被当成两所。"),
    sentence=_("校名里有空格或阿拉伯数字，请核对批复文件。"),
    severity=Severity.LOW,
    fields=("name",),
    acts=_("县（市、区）教育局核对校名"),
)
def school_name_odd(rows: Rows, on: date) -> Rows:
    """Numbers in names of schools are written in characters."""
    return rows.filter(odd_name("name"))


@soft_rule(
    "school-phone-shared",
    "schools",
    title=_("多所学校登记同一个电话"),
    why=_("突发事件要能打到这所学校；同一个电话被多所学校登记，往往是代填。"),
    sentence=_("{schools} 所学校登记了同一个联系电话。"),
    severity=Severity.LOW,
    facts=("schools",),
    fields=("phone",),
    acts=_("学校核对电话"),
    asked=False,
)
def school_phone_shared(rows: Rows, on: date) -> Rows:
    """Counted among the schools that hold on the day."""
    there = rows.exclude(phone="")
    return there.annotate(schools=Window(Count("pk"), partition_by="phone")).filter(schools__gt=1)


@reconcile(
    "class-area",
    "classes",
    sides=Sides(_("班级登记的区划"), _("学校名录的区划")),
    title=_("班级区划与学校区划不一致"),
    why=_("按区划统计班级时会算到别的县（市、区）。"),
    sentence=_("班级登记在 {left}，学校在 {right}；以学校名录为准。"),
    severity=Severity.HIGH,
    fields=("area",),
    acts=_("学校更正班级的区划"),
)
def class_area(rows: Rows, on: date) -> Rows:
    """A class lies where its school lies."""
    differing = rows.exclude(area_id=F("school__area_id"))
    return differing.annotate(left=F("area__name"), right=F("school__area__name"))


likeness(
    "school-double",
    "schools",
    title=_("学校疑似重复"),
    why=_("同一所学校登记两次，学校数、班级数都会多算。"),
    exact=(
        (("name", "area"), _("校名相同，且在同一区划")),
        (("phone", "address"), _("电话和地址都相同")),
    ),
    name="name",
    similar=True,
    fields=("code",),
)
expect("schools", "phone", "address", "principal", days=365)
