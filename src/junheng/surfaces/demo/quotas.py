"""Quota places of the demonstration city: this year's round, published, with its list before the public."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from junheng.domains.quotaplaces import actions
from junheng.domains.quotaplaces.models import QuotaCandidate, QuotaRound, QuotaSenior
from junheng.domains.quotaplaces.terms import Found
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import SchoolKind, SchoolNature
from junheng.platform.access.models import User
from junheng.platform.audit.save import save_row

SHANGHAI = ZoneInfo("Asia/Shanghai")
CODE = "fenpei-2024"
MOST_SENIORS = 12
WHY = "按演示方案办理"


def moment(day: int) -> datetime:
    """Nine in the morning of a day of December 2023."""
    return datetime(2023, 12, day, 9, tzinfo=SHANGHAI)


@transaction.atomic
def add_quotas() -> QuotaRound | None:
    """Make the round by the deeds by which people make it. None where the city has no senior or junior school."""
    users = {user.username: user for user in User.objects.all()}
    schools = list(
        School.objects.filter(
            kind__in=(SchoolKind.SENIOR, SchoolKind.TWELVE_YEAR), nature=SchoolNature.PUBLIC, until=None
        ).order_by("code")[:MOST_SENIORS]
    )
    if not schools:
        return None
    by, at = users["zhaoban"], moment(4)
    one = QuotaRound(
        code=CODE, title="2024 年优质普通高中分配生（演示）", area_id="4108", year=2024, share=50, less=50, control=420,
        order_text="演示教〔2023〕28号", roll_on=date(2023, 11, 30), entered_by=date(2021, 9, 30),
        public_from=date(2023, 12, 18), public_until=date(2024, 1, 5), basis="演示教〔2023〕28号（演示）",
    )  # fmt: skip
    save_row(one, by=by, at=at, why=WHY)
    for place, school in enumerate(schools):
        plan = QuotaSenior(quota_round=one, school=school, area_id="4108", plan=600 - 25 * place)
        save_row(plan, by=by, at=at, why=WHY)
    one = actions.make_table(one, by=by, at=moment(6), why=WHY)
    one = actions.publish_table(one, by=by, at=moment(8), why=WHY)
    one = actions.list_candidates(one, by=by, at=moment(18), why=WHY)
    object_to_some(one, users)
    return one


def object_to_some(one: QuotaRound, users: dict[str, User]) -> None:
    """Two objections of the first county: one that was right and is decided, one that waits."""
    rows = list(
        QuotaCandidate.objects.filter(quota_round=one, found="eligible").order_by("area", "number")[:2]
    )
    for place, row in enumerate(rows):
        county = users[f"xian-{row.area_id[:6]}"]
        objection = actions.raise_objection(
            row,
            words="本学期才从外校转入（演示）",
            on=date(2023, 12, 20 + place),
            by=county,
            at=moment(21),
            why=WHY,
        )
        if place == 0:
            actions.decide_objection(
                objection, found=Found.LATE, answer="学籍档案显示转入日有误，已更正（演示）",
                on=date(2023, 12, 22), by=users["jijiao"], at=moment(22), why=WHY,
            )  # fmt: skip
