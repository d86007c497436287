"""Fees of the demonstration city: what may be charged, and what every school posted for this autumn.

The documents are real ones, the amounts are not: each says so itself.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from junheng.domains.fees.models import FeeItem, FeeNotice
from junheng.domains.fees.terms import STAGES, FeeKind, FeeStage, FeeUnit
from junheng.domains.schools.models import School
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of
from junheng.platform.spans import holds
from junheng.surfaces.demo.city import SEED
from junheng.surfaces.demo.city.areas import CITY
from junheng.surfaces.demo.dice import Dice

TERM, SINCE, POSTED, DAY = "2023A", date(2021, 9, 1), date(2023, 8, 25), date(2023, 12, 31)
AT = datetime(2023, 8, 25, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
WHY = "按演示方案登记"
GENERAL = "教财〔2020〕5号（标准为演示数据）"
AFTER = "豫教组秘〔2021〕11号（标准为演示数据）"
POOR = "家庭经济困难学生减免（演示数据）"
ITEMS: tuple[tuple[str, str, str, str, str, str, int | None, str, str], ...] = (
    ("YW-01", "课后服务费", "compulsory", "public", FeeKind.SERVICE, FeeUnit.MONTH, 15_000, AFTER, POOR),
    ("YW-02", "学生伙食费", "compulsory", "", FeeKind.COLLECTED, FeeUnit.MONTH, None, GENERAL, POOR),
    ("YW-03", "作业本费", "compulsory", "public", FeeKind.COLLECTED, FeeUnit.TERM, 3_000, GENERAL, POOR),
    (
        "YW-04",
        "学费（民办义务教育）",
        "compulsory",
        "private",
        FeeKind.TUITION,
        FeeUnit.TERM,
        450_000,
        GENERAL,
        "",
    ),
    ("GZ-01", "学费", "senior", "public", FeeKind.TUITION, FeeUnit.TERM, 80_000, GENERAL, POOR),
    ("GZ-02", "住宿费", "senior", "", FeeKind.TUITION, FeeUnit.TERM, 40_000, GENERAL, POOR),
    ("GZ-03", "教材费", "senior", "", FeeKind.COLLECTED, FeeUnit.TERM, None, GENERAL, ""),
    ("GZ-04", "学费（民办高中）", "senior", "private", FeeKind.TUITION, FeeUnit.TERM, 900_000, GENERAL, ""),
    ("ZZ-01", "住宿费（中职）", "vocational", "", FeeKind.TUITION, FeeUnit.TERM, 40_000, GENERAL, POOR),
    ("ZZ-02", "教材费（中职）", "vocational", "", FeeKind.COLLECTED, FeeUnit.TERM, None, GENERAL, ""),
)
AT_COST = {"YW-02": 32_000, "GZ-03": 45_000, "ZZ-02": 38_000}
"""About what is charged where it is charged at cost."""


@transaction.atomic
def add_fees() -> None:
    """The list, and the notice of nearly every school; one posted too much, and that is known (``fee-outside-list``)."""
    dice = Dice(SEED, "fees")
    items = [
        FeeItem(
            code=code, name=name, stage=FeeStage(stage), nature=nature, kind=kind, unit=unit, cap_fen=cap, basis=basis,
            exempt=exempt, area_id=CITY, since=SINCE,
        )
        for code, name, stage, nature, kind, unit, cap, basis, exempt in ITEMS
    ]  # fmt: skip
    insert_rows(FeeItem, items)
    rows: list[FeeNotice] = []
    for school in School.objects.filter(holds(DAY)).order_by("pk"):
        if dice.number(1, 40) == 1:
            continue  # not posted: a parent is told so
        stages = STAGES.get(school.kind, frozenset())
        for item in items:
            if item.stage in stages and item.nature in ("", school.nature):
                most = item.cap_fen if item.cap_fen is not None else AT_COST[item.code]
                amount = most * dice.number(60, 100) // 100 // 100 * 100
                rows.append(
                    FeeNotice(
                        school=school,
                        area_id=school.area_id,
                        term=TERM,
                        name=item.name,
                        amount_fen=amount,
                        published_on=POSTED,
                        item=item,
                    )
                )
    above = next((one for one in rows if one.item is not None and one.item.cap_fen is not None), None)
    if above is not None and above.item is not None and above.item.cap_fen is not None:
        above.amount_fen = above.item.cap_fen + 5_000
    insert_rows(FeeNotice, rows)
    for made, by in ((items, "caiwu"), (rows, "caiwu")):
        append_many(
            list(drafts_of(((one, None) for one in made), by=by, at=AT, why=WHY, verb=Verb.CREATE.value))
        )
