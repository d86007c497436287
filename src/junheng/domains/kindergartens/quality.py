"""What is unusual about kindergartens."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook import QUALITY
from junheng.domains.kindergartens.models import Census, KindergartenSupport, Nature
from junheng.domains.kindergartens.queries.support import given_between, recognised_of
from junheng.platform.quality import Rows, Severity, Sides, expect, likeness, measure, reconcile, soft_rule
from junheng.platform.quality.counting import odd_name
from junheng.platform.spans import holds


@soft_rule(
    "kindergarten-name-odd",
    "kindergartens",
    title=_("园名含空格或阿拉伯数字"),
    why=_("园名以审批机关的批复为准；写法不一会使同一所幼儿园被当成两所。"),
    sentence=_("园名里有空格或阿拉伯数字，请核对批复文件。"),
    severity=Severity.LOW,
    fields=("name",),
    acts=_("县（市、区）教育局核对园名"),
)
def kindergarten_name_odd(rows: Rows, on: date) -> Rows:
    """Numbers in names are written in characters."""
    return rows.filter(odd_name("name"))


@soft_rule(
    "inclusive-without-support",
    "kindergartens",
    title=_("普惠性民办园没有得到补助以外的扶持"),
    why=_(
        "普惠性民办园应得到积极扶持；说“都有扶持”以前，要知道哪些园没有教师培训、派驻教师、教研指导和配备的记录。"
    ),
    sentence=_("{days} 天以来一直有有效的普惠认定，却没有补助以外的扶持记录。"),
    severity=Severity.MEDIUM,
    facts=("days",),
    fields=("code",),
    limits=(QUALITY.days_without_support,),
    acts=_("县（市、区）教育局安排扶持，或补登已给的扶持"),
    asked=False,
)
def inclusive_without_support(rows: Rows, on: date) -> Rows:
    """Recognised on the day and as many days before it as the limit says, and given nothing in between."""
    days = QUALITY.days_without_support.on(on).value
    first = on - timedelta(days=days)
    held = recognised_of()
    given = KindergartenSupport.objects.filter(given_between(first, on), kindergarten=OuterRef("pk"))
    both = rows.filter(Exists(held.filter(holds(on))), Exists(held.filter(holds(first))))
    return both.exclude(Exists(given)).annotate(days=Value(days))


@reconcile(
    "census-nature",
    "censuses",
    sides=Sides(_("年度统计的性质"), _("办园性质台账")),
    title=_("年度统计的办园性质与台账不一致"),
    why=_("公办园在园幼儿占比由它得出。"),
    sentence=_("{year} 年统计报为 {left}，统计时点台账为 {right}；以台账为准。"),
    severity=Severity.HIGH,
    facts=("year",),
    fields=("nature",),
    touches=("natures.nature",),
    acts=_("幼儿园更正统计，县（市、区）教育局审核"),
)
def census_nature(rows: Rows, on: date) -> Rows:
    """What was reported, and what the register of natures says of that day."""
    then = Nature.objects.filter(
        kindergarten=OuterRef("kindergarten"), since__lte=OuterRef("counted_on")
    ).exclude(until__lte=OuterRef("counted_on"))
    recorded = rows.annotate(left=F("nature"), right=Subquery(then.order_by("-since").values("nature")[:1]))
    return recorded.filter(right__isnull=False).exclude(left=F("right"))


@measure(
    "kindergarten-children",
    "kindergartens",
    title=_("在园幼儿数"),
    unit=_("名"),
    why=_("与本园往年相比变化远大于其他幼儿园，多为漏报、重报或多写一位。"),
    fields=("code",),
    touches=("censuses.children",),
    least=20,
    least_share=Fraction(1, 2),
    acts=_("幼儿园核对年度统计"),
)
def children_by_year(on: date) -> Iterator[tuple[int, str, int]]:
    """What each kindergarten reported for each year up to the day."""
    rows = Census.objects.filter(counted_on__lte=on).order_by("id")
    for unit, year, children in rows.values_list("kindergarten", "year", "children"):
        yield unit, str(year), children


@measure(
    "kindergarten-fullness",
    "kindergartens",
    title=_("每个学位的在园幼儿数"),
    unit=_("名/百个学位"),
    why=_("与同类地区的幼儿园相比过高或过低，多为核定学位或幼儿数登错。"),
    fields=("capacity",),
    touches=("censuses.children",),
    past=False,
    peers=("location",),
    least=40,
    least_share=Fraction(1, 2),
    acts=_("幼儿园核对核定学位"),
)
def fullness(on: date) -> Iterator[tuple[int, str, Fraction]]:
    """Reported children to a hundred approved places, last year."""
    rows = Census.objects.filter(counted_on__lte=on, kindergarten__capacity__gt=0).order_by("id")
    for unit, year, children, places in rows.values_list(
        "kindergarten", "year", "children", "kindergarten__capacity"
    ):
        yield unit, str(year), Fraction(100 * children, places)


likeness(
    "kindergarten-double",
    "kindergartens",
    title=_("幼儿园疑似重复"),
    why=_("同一所幼儿园登记两次，园数、学位数都会多算。"),
    exact=((("name", "area"), _("园名相同，且在同一区划")), (("phone", "area"), _("电话相同，且在同一区划"))),
    name="name",
    similar=True,
    fields=("code",),
)
expect("kindergartens", "phone", "fee_fen", days=365)
