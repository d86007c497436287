"""Statements of award money: every grant of some years with what became of it, and one school's with its use."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from junheng.domains.areas.queries import city_bureau_of
from junheng.domains.awardfunds.desk.pages import context_of, seen
from junheng.domains.awardfunds.models import AwardUse
from junheng.domains.awardfunds.queries.ledger import Followed
from junheng.domains.schools.models import School
from junheng.platform.papers.issuing import answered
from junheng.platform.papers.printable import chinese
from junheng.platform.papers.statement import Cell, Column, Statement
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, absent, viewer_of
from junheng.platform.registers.values import yuan

MONEY = [Column(words, kind="money", width=14) for words in ("奖补", "已拨", "尚欠", "已到账", "已公示用途")]


def money(one: Followed) -> list[int]:
    """What became of a grant."""
    return [one.grant.amount_fen, one.paid, one.arrears, one.received, one.used]


def summed(rows: list[Followed]) -> list[int]:
    """The sum of each column; what came with a title that is gone is in it as it was paid."""
    return [sum(column) for column in zip(*map(money, rows), strict=True)] or [0] * len(MONEY)


def title_of(one: Followed) -> str:
    """For which title."""
    title = one.grant.title
    return f"{title.get_level_display()}{title.get_name_display()}（{chinese(title.awarded_on)}）"


def holder_of(one: Followed) -> str:
    """Who holds it."""
    title = one.grant.title
    return str(title.school or title.group or one.grant.area)


@login_required
@require_safe
def of_years(request: HttpRequest) -> FileResponse:
    """Every grant of the years that are asked for, as the page has them; and rule times titles below it."""
    register = register_called("grants")
    asker = viewer_of(request, register)
    context = context_of(request, asker, seen(asker))
    first, last = context["first"], context["last"]

    def state() -> Statement:
        rows = [one for one, _words in context["rows"]]
        years = f"{first}年" if first == last else f"{first}—{last}年"
        lines: list[list[Cell]] = [
            [holder_of(one), title_of(one), one.document or "未登记文号", *money(one), words or ("称号已撤销，已处理" if one.revoked else "已走完")]
            for one, words in context["rows"]
        ]  # fmt: skip
        return Statement(
            title=f"{years}授予称号奖补资金结算单",
            unit=city_bureau_of(rows[0].grant.area_id) if rows else "—",
            period=years,
            columns=[Column("单位", width=20), Column("称号", width=24), Column("下达文号", width=16), *MONEY, Column("情况", width=20)],
            lines=lines,
            sums=[["合计", "", "", *summed(rows), ""]],
            rates=[
                f"{one.level.label}{one.name.label}：{yuan(one.rule.value, grouped=True)} 元 × {one.titles} 个 = {yuan(one.due, grouped=True)} 元，"
                f"已下达 {yuan(one.granted, grouped=True)} 元（{one.rule.cites}{'；待确认' if one.rule.certainty.to_be_confirmed else ''}）"
                for one in context["equations"]
            ],
            remarks=[f"情况截至{chinese(context['on'])}。标准 × 称号不含已撤销的称号；明细含已撤销的，另注情况。"],
        )  # fmt: skip

    return answered(request, register, state, asker=asker, facts={"from": first, "to": last})


@login_required
@require_safe
def of_school(request: HttpRequest, pk: int) -> FileResponse:
    """One school: its grants, and what it published of their use."""
    register = register_called("grants")
    asker = viewer_of(request, register)
    own = [one for one in seen(asker) if one.grant.title.school_id == pk]
    found = School.objects.filter(pk=pk).first()
    if found is None or not own:
        raise absent()
    return answered(
        request, register, lambda: stated(found, own, asker), asker=asker, facts={"school": found.code}
    )


def stated(school: School, own: list[Followed], asker: Asker) -> Statement:
    """The statement of a school."""
    uses = AwardUse.objects.filter(school=school).order_by("spent_on", "pk")
    return Statement(
        title=f"{school.name}奖补资金结算单",
        unit=school.name,
        period=f"截至{chinese(asker.day)}",
        columns=[Column("称号", width=28), Column("下达文号", width=20), *MONEY, Column("情况", width=26)],
        lines=[
            [title_of(one), one.document or "未登记文号", *money(one), one.named(asker.day) or ("称号已撤销，已处理" if one.revoked else "已走完")]
            for one in own
        ],
        sums=[["合计", "", *summed(own), ""]],
        remarks=[
            f"使用公示：{chinese(one.spent_on)} {one.item}（{one.get_kind_display()}）{yuan(one.amount_fen, grouped=True)} 元，凭证 {one.proof}"
            for one in uses
        ],
    )  # fmt: skip
