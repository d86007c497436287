"""Award money in the demonstration city: documents, payments in parts, receipts, uses, and what stands open.

One school has not confirmed its last part, one has not published what it used, one has published a part. Of the two
titles that were revoked the money of one was asked back and returned; about the other nobody has decided.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from junheng.domains.awardfunds.models import AwardLine, AwardNotice, AwardPayment, AwardRecovery, AwardUse
from junheng.domains.awardfunds.queries.rules import rule_of
from junheng.domains.awardfunds.terms import AwardUseKind, Verdict
from junheng.domains.schools.models import School
from junheng.domains.titles.models import Grant
from junheng.platform.access.models import Grant as Access
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.surfaces.demo.city.areas import CITY
from junheng.surfaces.demo.funds import write
from junheng.surfaces.demo.logins import SINCE

FIRST_SHARE = 70
"""How much of a grant came with its first part, in a hundred."""
AFTER = timedelta(days=45)
PUBLISHED = date(2023, 12, 29)
ITEMS = (
    ("科学实验室器材", AwardUseKind.EQUIPMENT, 34),
    ("特色课程和社团建设", AwardUseKind.CULTURE, 26),
    ("教师校本研修", AwardUseKind.TRAINING, 22),
    ("课堂教学改革", AwardUseKind.TEACHING, 18),
)
"""What a school published, in parts of a hundred."""


@transaction.atomic
def add_award_funds() -> None:
    """All of it, from the grants that came with titles."""
    grants = list(
        Grant.objects.select_related("title__school").exclude(title__school=None).order_by("granted_on", "pk")
    )
    add_notices(grants)
    paid = [one for one in grants if one.paid_on is not None]
    standing = [one for one in paid if one.title.revoked_on is None]
    unconfirmed = standing[-1:]
    add_payments(grants, {one.pk for one in unconfirmed})
    add_recovery([one for one in paid if one.title.revoked_on is not None][:1])
    told = (
        {one.pk: 2 if in_parts(one) else 0 for one in unconfirmed}
        | {one.pk: 3 for one in standing[-3:-2]}
        | {one.pk: 0 for one in standing[-2:-1]}
    )
    add_uses(standing, told)
    for one in unconfirmed:
        add_principal(one.title.school)


def add_notices(grants: Iterable[Grant]) -> None:
    """The province's documents: one for the titles of a kind that were awarded on a day."""
    batches: dict[tuple[str, date], list[Grant]] = {}
    for one in grants:
        batches.setdefault((one.title.name, one.granted_on), []).append(one)
    for number, ((name, on), rows) in enumerate(batches.items(), start=1):
        level = rows[0].title.level
        rule = rule_of(name, level, on)
        assert rule is not None
        notice = AwardNotice(
            code=f"演示豫财教〔{on.year}〕{number}号", issuer="省财政厅、省教育厅（演示）", title=name, level=level,
            area_id=CITY, issued_on=on, titles=len(rows), rate_fen=rule.value, total_fen=rule.value * len(rows),
            clause=f"{rule.title} · {rule.cites}",
        )  # fmt: skip
        write(AwardNotice, [notice], on=on)
        write(AwardLine, [AwardLine(notice=notice, grant=one) for one in rows], on=on)


def in_parts(one: Grant) -> bool:
    """Whether a first part of it came some weeks after its document."""
    return one.paid_on is not None and one.granted_on + AFTER < one.paid_on


def add_payments(grants: Iterable[Grant], unconfirmed: set[int]) -> None:
    """Two parts of each that was paid: some weeks after the document, and on the day that stands in the register."""
    rows = []
    for number, one in enumerate(grants, start=1):
        if one.paid_on is None:
            continue
        first = one.amount_fen * FIRST_SHARE // 100
        days = [(one.granted_on + AFTER, first)] if in_parts(one) else []
        days.append((one.paid_on, one.amount_fen - sum(amount for _day, amount in days)))
        for part, (day, amount) in enumerate(days, start=1):
            confirmed = part < len(days) or one.pk not in unconfirmed
            rows.append(
                AwardPayment(
                    grant=one, school=one.title.school, area_id=one.area_id, amount_fen=amount, paid_on=day,
                    code=f"演示财教〔{day.year}〕奖补{number:02}-{part}号", received_on=day if confirmed else None,
                    received_by="校长（演示）" if confirmed else "",
                )
            )  # fmt: skip
    for row in rows:
        write(AwardPayment, [row], on=row.paid_on)


def add_recovery(grants: Iterable[Grant]) -> None:
    """The money of a revoked title, asked back and returned."""
    for one in grants:
        row = AwardRecovery(
            grant=one, area_id=one.area_id, verdict=Verdict.RECOVER, amount_fen=one.amount_fen,
            document="演示财教〔2023〕收回1号", decided_on=PUBLISHED, returned_on=PUBLISHED,
        )  # fmt: skip
        write(AwardRecovery, [row], on=PUBLISHED)


def add_uses(grants: Iterable[Grant], told: Mapping[int, int]) -> None:
    """What schools say they used it for, item by item, each with its proof; of some grants only so many items."""
    rows: list[Any] = []
    for number, one in enumerate(grants, start=1):
        spent = min(one.paid_on or PUBLISHED, PUBLISHED)
        left = one.amount_fen
        for place, (item, kind, share) in enumerate(ITEMS, start=1):
            last = place == len(ITEMS)
            amount = left if last else one.amount_fen * share // 100
            left -= amount
            if place > told.get(one.pk, len(ITEMS)):
                continue
            rows.append(
                AwardUse(
                    school=one.title.school, area_id=one.area_id, item=item, kind=kind, amount_fen=amount,
                    proof=f"演示凭证{number:02}-{place}", spent_on=spent, published_on=PUBLISHED,
                )
            )  # fmt: skip
    write(AwardUse, rows, on=PUBLISHED)


def add_principal(school: School | None) -> None:
    """A login for the head of the school that has not confirmed its last part, with the password of the others."""
    other = User.objects.filter(username="xiaozhang1").first()
    if school is None or other is None:
        return
    head = User.objects.create(
        username="xiaozhang3",
        display_name=f"{school.name}校长（演示）",
        area=school.area_id,
        password=other.password,
    )
    Access.objects.create(user=head, role=Role.PRINCIPAL, area=school.area_id, school=school.pk, since=SINCE)
