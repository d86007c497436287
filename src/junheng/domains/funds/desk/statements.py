"""Statements that a finance officer signs: of the city, a county, a school, a calculation, a payment and the subsidies."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from junheng.domains.areas.models import Area
from junheng.domains.areas.queries import bureau_of
from junheng.domains.funds.desk.pages import (
    county_seen,
    rows_of_county,
    school_seen,
    schools_of,
    term_of,
    viewer,
)
from junheng.domains.funds.desk.rolls import derivation_called
from junheng.domains.funds.desk.subsidies import sums_of_counties, total_of, year_of
from junheng.domains.funds.models import Derivation, FundPayment
from junheng.domains.funds.queries import Account, account_of, accounts, changes, current, lines_of_school
from junheng.domains.funds.queries.subsidies import rate_of_year
from junheng.domains.schools.models import School
from junheng.platform.papers.issuing import answered
from junheng.platform.papers.printable import chinese
from junheng.platform.papers.statement import Cell, Column, Statement
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import asker_of, viewer_of
from junheng.platform.registers.values import term_label, yuan

SCHOOL = (Column("学校标识码", width=12), Column("学校", width=26))


def account_columns() -> list[Column]:
    """The parts of an account."""
    return [Column(words, kind="money", width=15) for words in account_words()]


def account_words() -> list[str]:
    """What the parts of an account are called."""
    return ["核定", "差额结算", "应拨", "已拨", "尚欠"]


def money(account: Account) -> list[int]:
    """The parts of an account."""
    return [account.due, account.settled, account.owed, account.paid, account.arrears]


def counted(county: str, account: Account) -> list[Cell]:
    """The sum of a county."""
    return [county, "", "小计", *money(account)]


def label(term: str) -> str:
    """The term in words; nothing before the first calculation."""
    return term_label(term) if term else ""


def rates_of(derivation: Derivation | None) -> list[str]:
    """The rates of a calculation, each with the day from which it holds and its clause."""
    if derivation is None:
        return []
    return [
        f"{one.get_stage_display()} · {one.get_rule_display()}：{yuan(one.fen, grouped=True)} 元/年（{chinese(one.since)}起；{one.clause}）"
        for one in derivation.rates.order_by("pk")
    ]


def said_of(derivation: Derivation | None) -> list[str]:
    """By which calculation and which frozen roll."""
    if derivation is None:
        return []
    roll = derivation.roll
    return [
        f"核定 {derivation.code}，名册 {roll.code}（{chinese(roll.day)}）。学期金额 = 人数 × 年标准 ÷ 2，精确到分。"
    ]


@login_required
@require_safe
def of_city(request: HttpRequest) -> FileResponse:
    """Every school that one sees, county by county, with the sum of each county and of all."""
    asker = viewer(request)
    term, _terms = term_of(request)

    def state() -> Statement:
        found = accounts(term, schools_of(asker))
        names = dict(Area.objects.filter(kind="county").values_list("code", "name"))
        schools = list(School.objects.filter(pk__in=found).order_by("area_id", "code"))
        sums: dict[str, Account] = {}
        for one in schools:
            sums[one.area_id[:6]] = sums.get(one.area_id[:6], Account()) + found[one.pk]
        return Statement(
            title=f"{label(term)}生均公用经费结算单",
            unit="、".join(names.get(code, code) for code in sums)
            if len(sums) < 3
            else "各县（市、区）教育局",
            period=label(term),
            columns=[Column("县（市、区）", width=12), *SCHOOL, *account_columns()],
            lines=[
                [names.get(one.area_id[:6], ""), one.code, one.name, *money(found[one.pk])] for one in schools
            ],
            sums=[
                *[counted(names.get(code, code), account) for code, account in sums.items()],
                ["", "", "合计", *money(sum(sums.values(), Account()))],
            ],
            rates=rates_of(current(term)),
            remarks=said_of(current(term)),
        )

    return answered(request, register_called("entitlements"), state, asker=asker, facts={"term": term})


@login_required
@require_safe
def of_county(request: HttpRequest, code: str) -> FileResponse:
    """Every school of a county with its account of a term, and the sums."""
    asker = viewer(request)
    area = county_seen(asker, code)
    term, _terms = term_of(request)

    def state() -> Statement:
        rows = rows_of_county(asker, area, term)
        return Statement(
            title=f"{area.name}{label(term)}生均公用经费结算单",
            unit=bureau_of(area.pk),
            period=label(term),
            columns=[*SCHOOL, *account_columns()],
            lines=[[one.code, one.name, *money(account)] for one, account in rows],
            sums=[["", "合计", *money(sum((account for _school, account in rows), Account()))]],
            rates=rates_of(current(term)),
            remarks=said_of(current(term)),
        )

    facts = {"area": area.pk, "term": term}
    return answered(request, register_called("entitlements"), state, asker=asker, facts=facts)


@login_required
@require_safe
def of_school(request: HttpRequest, pk: int) -> FileResponse:
    """Why one school is due what it is due in a term: rule, heads, rate, clause; and its account."""
    asker = viewer(request)
    school = school_seen(asker, pk)
    term, _terms = term_of(request)

    def state() -> Statement:
        derivation = current(term) if term else None
        found = list(lines_of_school(derivation, school)) if derivation else []
        account = dict(account_of(school, [term]))[term]
        sums: list[Sequence[Cell]] = [["合计", "", None, None, sum(one.amount_fen for one in found), ""]]
        sums += [
            [words, "", None, None, fen, ""]
            for words, fen in zip(account_words(), money(account), strict=True)
        ]
        return Statement(
            title=f"{school.name}{label(term)}生均公用经费核定单",
            unit=school.name,
            period=label(term),
            columns=[
                Column("学段", width=10), Column("规则", width=14), Column("人数", kind="count", width=8),
                Column("年标准", kind="money", width=12), Column("学期金额", kind="money", width=15), Column("依据", width=50),
            ],
            lines=[
                [one.get_stage_display(), one.get_rule_display(), one.count, one.rate.fen, one.amount_fen, one.rate.clause]
                for one in found
            ],
            sums=sums,
            remarks=said_of(derivation),
        )  # fmt: skip

    facts = {"school": school.code, "term": term}
    return answered(request, register_called("entitlements"), state, asker=asker, facts=facts)


@login_required
@require_safe
def of_derivation(request: HttpRequest, pk: int) -> FileResponse:
    """What a calculation changed of the one before: every line, how much by heads and how much by rates."""
    asker = viewer(request)
    derivation = derivation_called(pk)

    def state() -> Statement:
        mine = schools_of(asker)
        found = changes(derivation, School.objects.filter(pk__in=mine.order_by().values("pk")))
        before = derivation.previous.code if derivation.previous else "—"
        after = (
            [f"与 {before} 的差额，随{label(derivation.settle_term)}结算。"]
            if derivation.previous
            else ["该学期第一次核定，没有差额。"]
        )
        return Statement(
            title=f"{label(derivation.term)}生均公用经费差额明细表（{derivation.code}）",
            unit=bureau_of(derivation.area_id),
            period=label(derivation.term),
            columns=[
                *SCHOOL, Column("学段", width=8), Column("规则", width=12), Column("原人数", kind="count", width=7), Column("现人数", kind="count", width=7),
                Column("原年标准", kind="money", width=10), Column("现年标准", kind="money", width=10), Column("原金额", kind="money", width=13),
                Column("现金额", kind="money", width=13), Column("人数差额", kind="money", width=13), Column("标准差额", kind="money", width=13), Column("差额", kind="money", width=13),
            ],
            lines=[
                [one.school.code, one.school.name, one.stage_label, str(one.rule.label), *one.count, *one.rate, *one.amount,
                 one.by_count, one.by_rate, one.difference]
                for one in found
            ],
            sums=[
                ["", "合计", "", "", None, None, None, None, sum(one.amount[0] for one in found), sum(one.amount[1] for one in found),
                 sum(one.by_count for one in found), sum(one.by_rate for one in found), sum(one.difference for one in found)]
            ],
            rates=rates_of(derivation),
            remarks=[*said_of(derivation), *after],
        )  # fmt: skip

    return answered(
        request, register_called("entitlements"), state, asker=asker, facts={"derivation": derivation.code}
    )


@login_required
@require_safe
def of_instalment(request: HttpRequest, pk: int) -> FileResponse:
    """What each school got of one payment."""
    asker = asker_of(request)
    instalment = asker.row(register_called("instalments"), pk)

    def state() -> Statement:
        rows = list(payments_of(instalment.pk))
        return Statement(
            title=f"{instalment.area.name}{label(instalment.term)}生均公用经费拨付明细表",
            unit=bureau_of(instalment.area_id),
            period=label(instalment.term),
            columns=[*SCHOOL, Column("拨付金额", kind="money", width=16)],
            lines=[[one.school.code, one.school.name, one.amount_fen] for one in rows],
            sums=[["", "合计", sum(one.amount_fen for one in rows)]],
            remarks=[f"拨付文号 {instalment.code}，拨付日 {chinese(instalment.paid_on)}。"],
        )

    facts = {"instalment": instalment.code}
    return answered(request, register_called("instalments"), state, asker=asker, facts=facts)


def payments_of(instalment: int) -> Iterable[FundPayment]:
    """What each school got, by code."""
    return FundPayment.objects.filter(instalment=instalment).select_related("school").order_by("school__code")


@login_required
@require_safe
def of_subsidies(request: HttpRequest) -> FileResponse:
    """Subsidies of inclusive kindergartens of a year, county by county."""
    register = register_called("subsidies")
    asker = viewer_of(request, register)
    year = year_of(request, asker)

    def state() -> Statement:
        rows = sums_of_counties(asker, year)
        rate = rate_of_year(year)
        return Statement(
            title=f"{year}年普惠性幼儿园补助结算单",
            unit="、".join(row[0] for row in rows) if len(rows) < 3 else "各县（市、区）教育局",
            period=f"{year}年",
            columns=[
                Column("县（市、区）", width=20), Column("幼儿园（所）", kind="count", width=12), Column("幼儿（人）", kind="count", width=12),
                Column("应补", kind="money", width=16), Column("已补", kind="money", width=16), Column("尚欠", kind="money", width=16),
            ],
            lines=rows,
            sums=[["合计", *total_of(rows)]],
            rates=[f"每名幼儿 {yuan(rate.fen, grouped=True)} 元/年（{chinese(rate.since)}起；{rate.clause}）"],
            remarks=["按当年统计的在园幼儿数和认定有效的天数计算；撤销认定之日起不再补助。"],
        )  # fmt: skip

    return answered(request, register, state, asker=asker, facts={"year": year})
