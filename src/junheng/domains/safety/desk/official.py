"""What a county is told about a round of inspection, and what it replies, as official papers."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.queries import bureau_of, city_bureau_of
from junheng.domains.safety.desk.notices import numbers
from junheng.domains.safety.models import ResultNotice
from junheng.domains.safety.policies import NOTICES
from junheng.platform.papers.issuing import marks
from junheng.platform.papers.official import Official, Table
from junheng.platform.papers.printable import chinese
from junheng.platform.papers.registry import paper
from junheng.platform.registers.asker import Asker


@paper("result-notice", register=NOTICES, label=_("检查结果通报"))
def result(row: ResultNotice, _asker: Asker) -> Official:
    """To a county: the numbers as they were sent."""
    told = numbers(row)
    levels = [
        [str(label), f"{part['due']:,}", f"{part['sent']:,}", f"{part['failed']:,}"]
        for label, part in told["levels"]
    ]
    pairs = [[f"{first}与{second}", agreed, missed] for first, second, _part, agreed, missed in told["pairs"]]
    first = "；".join(f"{label}{count:,}条" for label, count in told["first"])
    compared: list[str | Table] = (
        ["二、逐级比较", Table(["比较", "符合率", "漏查率"], pairs, [28, 14, 14])] if pairs else []
    )
    found = f"问题由谁最先发现：{first}。" if first else ""
    all_good = f"{told['all_good']:,}所学校自查全部符合，而他人发现了问题。" if told["all_good"] else ""
    return Official(
        office=city_bureau_of(row.area_id),
        number=f"检查轮次 {row.round.code}",
        title=f"关于{row.round.title}结果的通报",
        to=[bureau_of(row.area_id)],
        body=[
            f"现将{row.round.title}在你县（市、区）的检查结果通报如下。",
            "一、各级检查",
            Table(["层级", "应提交（份）", "已提交（份）", "不符合（条）"], levels, [14, 14, 14, 14]),
            *compared,
            f"{found}{all_good}",
            f"如对结果有异议，请于{chinese(row.reply_until)}前书面答复。",
            f"结果数字的摘要（可据此核对）：\n{row.digest}",
        ],
        day=timezone.localdate(row.sent_at),
        marks=marks(),
    )


def is_replied(row: ResultNotice) -> bool:
    """Whether the county replied."""
    return bool(row.reply) and row.replied_at is not None


@paper("result-reply", register=NOTICES, label=_("检查结果答复"), ready=is_replied)
def reply(row: ResultNotice, _asker: Asker) -> Official:
    """To the city: what the county says to the numbers."""
    return Official(
        office=bureau_of(row.area_id),
        number=f"检查轮次 {row.round.code}",
        title=f"关于{row.round.title}结果的答复",
        to=[city_bureau_of(row.area_id)],
        body=["检查结果通报收悉，现答复如下。", row.reply],
        day=timezone.localdate(row.replied_at) if row.replied_at else None,
        marks=marks(),
    )
