"""Official papers of money: to a school what it is due more or less, to the schools of a county what was paid to them."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.queries import bureau_of
from junheng.domains.funds.models import DifferenceNote, FundPayment, Instalment
from junheng.domains.funds.queries import changes
from junheng.domains.schools.models import School
from junheng.platform.papers.issuing import marks
from junheng.platform.papers.official import Official, Table
from junheng.platform.papers.printable import chinese
from junheng.platform.papers.registry import paper
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.values import term_label, yuan


def in_yuan(fen: int) -> str:
    """An amount as a letter writes it."""
    return f"{yuan(fen, grouped=True)}元"


@paper("difference-notice", register="differencenotes", label=_("差额通知"))
def difference_notice(row: DifferenceNote, _asker: Asker) -> Official:
    """To a school: by how much a later calculation differs, why, line by line, and when it is settled."""
    derivation = row.derivation
    found = changes(derivation, School.objects.filter(pk=row.school_id))
    lines = [
        [
            f"{one.stage_label}{one.rule.label}", f"{one.count[0]:,}→{one.count[1]:,}",
            f"{yuan(one.rate[0], grouped=True)}→{yuan(one.rate[1], grouped=True)}", yuan(one.by_count, grouped=True),
            yuan(one.by_rate, grouped=True), yuan(one.difference, grouped=True),
        ]
        for one in found
    ]  # fmt: skip
    lines.append(
        [
            "合计",
            "",
            "",
            *(yuan(fen, grouped=True) for fen in (row.by_count_fen, row.by_rate_fen, row.amount_fen)),
        ]
    )
    way = "增加" if row.amount_fen >= 0 else "减少"
    return Official(
        office=bureau_of(derivation.area_id),
        number=f"核定编号 {derivation.code}",
        title=f"关于{term_label(row.term)}生均公用经费差额的通知",
        to=[row.school.name],
        body=[
            f"经重新核定，你校{term_label(row.term)}生均公用经费比原核定{way}{in_yuan(abs(row.amount_fen))}。其中因人数变化{in_yuan(row.by_count_fen)}，"
            f"因标准变化{in_yuan(row.by_rate_fen)}。差额随{row.settle_label}结算。",
            "逐项差额如下（标准、金额单位为元）：",
            Table(["项目", "人数", "年标准", "人数差额", "标准差额", "差额"], lines, [14, 9, 15, 11, 11, 11]),
            "如对人数或标准有异议，请持学籍等材料向所在县（市、区）教育局提出。",
        ],
        day=timezone.localdate(derivation.derived_at),
        copies=[bureau_of(row.area_id)],
        marks=marks(),
    )


@paper("payment-notice", register="instalments", label=_("拨付通知"))
def payment_notice(row: Instalment, asker: Asker) -> Official:
    """To the schools of a county: what each got of one payment, as far as the reader sees it."""
    payments = FundPayment.objects.filter(instalment=row).select_related("school").order_by("school__code")
    seen = list(asker.within(payments, register_called("fundpayments"), "view"))
    lines = [
        [str(place), one.school.code, one.school.name, yuan(one.amount_fen, grouped=True)]
        for place, one in enumerate(seen, start=1)
    ]
    lines.append(["", "", "合计", yuan(sum(one.amount_fen for one in seen), grouped=True)])
    return Official(
        office=bureau_of(row.area_id),
        number=row.code,
        title=f"关于拨付{term_label(row.term)}生均公用经费的通知",
        to=["各有关学校"],
        body=[
            f"{chinese(row.paid_on)}已拨付{term_label(row.term)}生均公用经费{in_yuan(row.total_fen)}，共{row.schools}所学校，明细如下（单位：元）：",
            Table(["序号", "学校标识码", "学校", "拨付金额"], lines, [5, 12, 25, 14]),
            "请及时核对到账金额。公用经费不得用于人员经费、基本建设投资和偿还债务，年末在“公用经费使用公示”中公示支出。",
        ],
        day=row.paid_on,
        marks=marks(),
    )
