"""The table: graduates counted, places shared out with both margins exact, published."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.quotaplaces.actions.stepping import advance, locked, write_rows
from junheng.domains.quotaplaces.models import (
    QuotaCell,
    QuotaJunior,
    QuotaRound,
)
from junheng.domains.quotaplaces.queries import (
    graduates_on,
    juniors_of,
    seniors_of,
    shares_of,
)
from junheng.domains.quotaplaces.terms import RoundState
from junheng.domains.schools.models import School
from junheng.kernel import quotas
from junheng.kernel.apportionment import controlled_rounding
from junheng.kernel.apportionment import faults as table_faults
from junheng.kernel.errors import Refusal
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def make_table(one: QuotaRound, *, by: Any, at: datetime, why: str) -> QuotaRound:
    """Count the graduates, give every senior school its share, and round the table so that both margins are exact."""
    one = locked(one, {RoundState.DRAFT}, _("计算名额表"), by=by, at=at)
    seniors = seniors_of(one)
    if not seniors:
        raise Refusal("no-plans", "这个批次还没有高中招生计划。请先在「高中招生计划」中填写或导入。")
    for senior in seniors:
        senior.quota = quotas.quota_places(senior.plan, one.share)
        save_row(senior, by=by, at=at, why=why, verb=Verb.DEED.value)
    counted = graduates_on(one)
    if not counted:
        raise Refusal("no-graduates", "{day} 没有一名在籍的九年级学生。请核对学籍统计日。", day=one.roll_on)
    count_juniors(one, counted, by=by, at=at, why=why)
    juniors = juniors_of(one)
    shares = shares_of(seniors, juniors)
    table = controlled_rounding(shares, order=one.order_text)
    if wrong := table_faults(shares, table):
        raise Refusal(
            "table-faulty", "名额表未通过独立核验：{faults}。没有保存。", faults="；".join(wrong[:5])
        )
    there = {(row.senior_id, row.junior_id): row for row in QuotaCell.objects.filter(quota_round=one)}
    rows = []
    for i, senior in enumerate(seniors):
        for j, junior in enumerate(juniors):
            row = there.pop((senior.school_id, junior.school_id), None) or QuotaCell(
                quota_round=one,
                senior_id=senior.school_id,
                junior_id=junior.school_id,
                area_id=junior.area_id,
            )
            row.places = table[i][j]
            row.exact = f"{senior.quota * junior.graduates}/{shares.whole}"
            row.raised = table[i][j] > shares.floor(i, j)
            rows.append(row)
    write_rows(QuotaCell, rows, by=by, at=at, why=why)
    one.table_digest = digest_of_rows(
        [senior.school.code, junior.school.code, table[i][j]]
        for i, senior in enumerate(seniors)
        for j, junior in enumerate(juniors)
    )
    return advance(one, RoundState.TABLED, by=by, at=at, why=why)


def count_juniors(one: QuotaRound, counted: dict[int, int], *, by: Any, at: datetime, why: str) -> None:
    """Write down the graduates of every junior school; one that has none any more is kept with none."""
    schools = School.objects.in_bulk(counted)
    there = {row.school_id: row for row in QuotaJunior.objects.filter(quota_round=one)}
    rows = []
    for pk in sorted(set(counted) | set(there)):
        row = there.get(pk) or QuotaJunior(quota_round=one, school_id=pk, area_id=schools[pk].area_id)
        row.graduates = counted.get(pk, 0)
        rows.append(row)
    write_rows(QuotaJunior, rows, by=by, at=at, why=why)


@transaction.atomic
def take_table_back(one: QuotaRound, *, by: Any, at: datetime, why: str) -> QuotaRound:
    """Open the rules and plans again while the table was not published yet."""
    one = locked(one, {RoundState.TABLED}, _("退回修改"), by=by, at=at)
    one.table_digest = ""
    return advance(one, RoundState.DRAFT, by=by, at=at, why=why)


@transaction.atomic
def publish_table(one: QuotaRound, *, by: Any, at: datetime, why: str) -> QuotaRound:
    """Publish the table: from now on rules, plans and table stay as they are."""
    one = locked(one, {RoundState.TABLED}, _("公布名额表"), by=by, at=at)
    return advance(one, RoundState.PUBLISHED, by=by, at=at, why=why)
