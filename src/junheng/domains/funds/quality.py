"""What is unusual about money per head."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook import FUNDING
from junheng.domains.funds.models import BedAssignment, Entitlement, FundBasis, FundBudget
from junheng.domains.funds.terms import UseKind
from junheng.domains.kindergartens.models import Census
from junheng.domains.pupils.models import Pupil
from junheng.kernel.errors import NotInForce
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.quality import Rows, Severity, Sides, measure, reconcile, soft_rule
from junheng.platform.quality.counting import count_of
from junheng.platform.spans import holds

RATES = {"primary": FUNDING.primary, "junior": FUNDING.junior}
WHOLE = BigIntegerField()


@soft_rule(
    "entitlement-over-rate",
    "entitlements",
    title=_("公用经费核定超过人数乘标准"),
    why=_("公用经费按人数和定额核定；多出的部分须说明依据。"),
    sentence=_("{term}核定 {amount_fen} 元，按 {heads} 人和当期标准应为 {due_fen} 元。"),
    severity=Severity.HIGH,
    facts=("term", "amount_fen", "heads", "due_fen"),
    fields=("amount_fen", "heads"),
    limits=(FUNDING.primary, FUNDING.junior, FUNDING.boarder, FUNDING.special, FUNDING.small_school),
    acts=_("县（市、区）教育局核对核定表"),
)
def over_rate(rows: Rows, on: date) -> Rows:
    """Half a year's rate a term for each head, and the supplement for boarders, by the rates of the term's first day.

    Small rural schools count as more heads than they have; schools of special education have a rate of their own, and
    pupils with a disability in ordinary classes may be at it: as many as their school names.
    """
    whens = [
        When(term=term, stage=stage, then=due)
        for term in sorted(set(rows.order_by().values_list("term", flat=True).distinct()))
        for stage, due in dues(term)
    ]
    due = Case(*whens, default=None, output_field=WHOLE)
    return rows.annotate(due_fen=due).filter(due_fen__isnull=False, amount_fen__gt=F("due_fen"))


def dues(term: str) -> Iterator[tuple[str, Any]]:
    """By stage the most that a row of a term may come to; none for a term before the rules."""
    first = SchoolTerm.parse(term).first
    for stage, rate in RATES.items():
        try:
            head, boarder = rate.on(first).value, FUNDING.boarder.on(first).value
            special, small = FUNDING.special.on(first).value, FUNDING.small_school.on(first).value
        except NotInForce:
            continue
        care = FundBasis.objects.filter(holds(first), school=OuterRef("school")).values(f"care_{stage}")[:1]
        heads, beds = whole("heads"), whole("boarders") * Value(boarder // 2)
        counted = Case(
            When(school__location="rural", heads__gt=0, heads__lt=small, then=Value(small)),
            default=heads,
            output_field=WHOLE,
        )
        ordinary = counted * Value(head // 2) + whole(Coalesce(Subquery(care), 0)) * Value(
            (special - head) // 2
        )
        own = When(school__kind="special", then=heads * Value(special // 2))
        yield stage, Case(own, default=ordinary, output_field=WHOLE) + beds


def whole(number: Any) -> Cast:
    """A number wide enough for money."""
    return Cast(number, WHOLE)


@soft_rule(
    "subsidy-over-rate",
    "subsidies",
    title=_("普惠园补助超过人数乘标准"),
    why=_("普惠园生均补助按人数和标准计算；多出的部分须说明依据。"),
    sentence=_("{year} 年应补 {owed_fen} 元，按 {heads} 人和当年标准应为 {due_fen} 元。"),
    severity=Severity.HIGH,
    facts=("year", "owed_fen", "heads", "due_fen"),
    fields=("owed_fen", "heads"),
    limits=(FUNDING.kindergarten,),
    acts=_("县（市、区）教育局核对补助计算表"),
)
def subsidy_over_rate(rows: Rows, on: date) -> Rows:
    """The yearly rate for each head, by the rate of the year's last day."""
    whens = []
    for year in sorted(set(rows.order_by().values_list("year", flat=True).distinct())):
        try:
            rate = FUNDING.kindergarten.on(date(year, 12, 31)).value
        except NotInForce:
            continue
        whens.append(When(year=year, then=F("heads") * Value(rate)))
    due = Case(*whens, default=None, output_field=IntegerField())
    return rows.annotate(due_fen=due).filter(due_fen__isnull=False, owed_fen__gt=F("due_fen"))


@soft_rule(
    "subsidy-paid-without-day",
    "subsidies",
    title=_("补助已付却没有拨付日"),
    why=_("没有拨付日的付款不能与国库支付核对。"),
    sentence=_("已补 {paid_fen} 元，没有写拨付日。"),
    severity=Severity.LOW,
    facts=("paid_fen",),
    fields=("paid_on",),
    acts=_("县（市、区）教育局补登拨付日"),
)
def paid_without_day(rows: Rows, on: date) -> Rows:
    """Money left, and nobody wrote when."""
    return rows.filter(paid_fen__gt=0, paid_on=None)


def of_this_term(rows: Rows, on: date) -> tuple[Rows, Rows]:
    """The statements of the day's term, and the roll on its first day that they speak of."""
    term = SchoolTerm.containing(on)
    roll = Pupil.objects.filter(holds(term.first), school=OuterRef("school"), stage=OuterRef("stage"))
    return rows.filter(term=str(term)), roll


@reconcile(
    "entitlement-heads",
    "entitlements",
    sides=Sides(
        _("公用经费核定的学生数"),
        _("开学日在籍学生"),
        rows=("pupils", {"school": "school_id", "stage": "stage"}),
    ),
    title=_("公用经费核定人数与学籍不一致"),
    why=_("人数决定拨款；核定表与学籍差一人，经费就差一份。"),
    sentence=_("{term}核定 {left} 人，开学日在籍 {right} 人；以学籍为准。"),
    severity=Severity.HIGH,
    facts=("term",),
    fields=("heads",),
    touches=("pupils.school",),
    acts=_("学校核对学籍，县（市、区）教育局更正核定"),
)
def entitlement_heads(rows: Rows, on: date) -> Rows:
    """What was granted for, and who was on the roll."""
    here, roll = of_this_term(rows, on)
    return here.annotate(left=F("heads"), right=count_of(roll)).exclude(left=F("right"))


@reconcile(
    "entitlement-boarders",
    "entitlements",
    sides=Sides(
        _("公用经费核定的寄宿生数"),
        _("开学日在籍寄宿生"),
        rows=("pupils", {"school": "school_id", "stage": "stage"}),
    ),
    title=_("公用经费核定寄宿生数与学籍不一致"),
    why=_("寄宿生另有补助，人数以学籍登记的寄宿为准。"),
    sentence=_("{term}核定寄宿生 {left} 人，开学日在籍寄宿生 {right} 人；以学籍为准。"),
    severity=Severity.HIGH,
    facts=("term",),
    fields=("boarders",),
    touches=("pupils.boarder",),
    acts=_("学校核对寄宿登记，县（市、区）教育局更正核定"),
)
def entitlement_boarders(rows: Rows, on: date) -> Rows:
    """The supplement is paid for those who board and have a bed: where beds are fewer, that is why."""
    here, roll = of_this_term(rows, on)
    boarders = count_of(roll.filter(boarder=True))
    first = SchoolTerm.containing(on).first
    beds = FundBasis.objects.filter(holds(first), school=OuterRef("school")).values("beds")[:1]
    found = here.annotate(left=F("boarders"), right=boarders, beds=Subquery(beds)).exclude(left=F("right"))
    fewer = found.exclude(left__lt=F("right"), beds__isnull=False, beds__lte=F("left"))
    given_out = BedAssignment.objects.filter(holds(first), dormitory__school=OuterRef("school"))
    return fewer.exclude(Exists(given_out), left__lt=F("right"))


@reconcile(
    "subsidy-heads",
    "subsidies",
    sides=Sides(_("补助的享受人数"), _("当年统计的在园幼儿")),
    title=_("普惠园补助人数与年度统计不一致"),
    why=_("补助按在园幼儿数拨付，两本台账应是同一个数。"),
    sentence=_("{year} 年补助 {left} 人，年度统计在园 {right} 人；以年度统计为准。"),
    severity=Severity.MEDIUM,
    facts=("year",),
    fields=("heads",),
    touches=("censuses.children",),
    acts=_("幼儿园核对，县（市、区）教育局更正"),
)
def subsidy_heads(rows: Rows, on: date) -> Rows:
    """One fact, written down for money and for statistics."""
    reported = Census.objects.filter(kindergarten=OuterRef("kindergarten"), year=OuterRef("year"))
    both = rows.annotate(left=F("heads"), right=Subquery(reported.values("children")[:1]))
    return both.filter(right__isnull=False).exclude(left=F("right"))


@measure(
    "school-heads",
    "schools",
    title=_("享受公用经费的学生数"),
    unit=_("人"),
    why=_("与本校往期相比变化远大于其他学校，多为漏报、重报或多写一位。"),
    fields=("code",),
    touches=("entitlements.heads",),
    least=30,
    acts=_("学校核对核定表"),
)
def heads_by_term(on: date) -> Iterator[tuple[int, str, int]]:
    """Heads of each school and term up to the day, both stages together."""
    found: dict[tuple[int, str], int] = {}
    rows = Entitlement.objects.order_by("id").values_list("school", "term", "heads")
    for school, term, heads in rows:
        if SchoolTerm.parse(term).first <= on:
            found[(school, in_order(term))] = found.get((school, in_order(term)), 0) + heads
    for (school, term), heads in found.items():
        yield school, term, heads


def in_order(term: str) -> str:
    """A term as text that sorts by time: spring of a year before its autumn.

    >>> sorted(["2023A", "2023S", "2022A"], key=in_order)
    ['2022A', '2023S', '2023A']
    """
    return f"{term[:4]}-{'02' if term.endswith('S') else '09'}"


@soft_rule(
    "budget-training-share",
    "fundbudgets",
    title=_("教师培训预算低于规定比例"),
    why=_("教师培训费不低于学校年度公用经费预算的规定比例。"),
    sentence=_("{year} 年预算合计 {total} 元，教师培训 {training} 元，低于 {limit}%。"),
    severity=Severity.MEDIUM,
    facts=("year", "total", "training", "limit"),
    fields=("amount_fen",),
    limits=(FUNDING.training_share,),
    acts=_("学校调整预算或说明原因"),
)
def training_share(rows: Rows, on: date) -> Rows:
    """Asked of one row of a school's year: that of training, or else its first."""
    limit = FUNDING.training_share.on(on).value
    year = FundBudget.objects.filter(school=OuterRef("school"), year=OuterRef("year")).order_by()
    training = year.filter(kind=UseKind.TRAINING)
    first = Coalesce(Subquery(training.values("pk")[:1]), Subquery(year.order_by("pk").values("pk")[:1]))
    total = year.values("school").annotate(sum=Sum("amount_fen")).values("sum")
    found = rows.annotate(
        limit=Value(limit),
        total=whole(Subquery(total)),
        training=whole(Coalesce(Subquery(training.values("amount_fen")[:1]), 0)),
        asked_of=first,
    ).annotate(short=F("total") * limit - F("training") * 100)
    return found.filter(pk=F("asked_of"), total__gt=0, short__gt=0)


@soft_rule(
    "bed-of-somebody-gone",
    "bedassignments",
    title=_("已离校或不再寄宿的学生还占着床位"),
    why=_("床位没有及时退出，新来的寄宿生就没有床位，补助也会少计。"),
    sentence=_("{since} 入住，这名学生已不在本校寄宿，床位没有退出。"),
    severity=Severity.LOW,
    facts=("since",),
    fields=("until",),
    acts=_("学校填写退宿日"),
)
def bed_of_somebody_gone(rows: Rows, on: date) -> Rows:
    """Beds that are given out to pupils who left the school, or board no longer."""
    here = Q(pupil__until=None) | Q(pupil__until__gt=on)
    return rows.filter(holds(on)).exclude(here, pupil__boarder=True, pupil__school=F("dormitory__school"))
