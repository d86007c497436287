"""A tip that was passed on, to the office that deals with it; and its result, to the unit it was about.

Neither says who told, when, or in which words. The unit is told no more than what was found.
"""

from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.queries import bureau_of, city_bureau_of
from junheng.domains.tips.models import Referral
from junheng.domains.tips.terms import REPORTED, Outcome
from junheng.platform.papers.issuing import marks
from junheng.platform.papers.official import Official
from junheng.platform.papers.printable import chinese
from junheng.platform.papers.registry import paper
from junheng.platform.registers.asker import Asker

SAID = {
    Outcome.TRUE: "反映的情况属实。请你单位立即改正，并举一反三，防止再次发生；逾期不改正的，依法依规处理。",
    Outcome.PARTLY: "反映的情况部分属实。请你单位对属实的部分立即改正，防止再次发生；逾期不改正的，依法依规处理。",
    Outcome.UNFOUNDED: "没有发现反映的情况。请你单位继续规范办学。",
}


@paper("referral-notice", register="referrals", label=_("转办通知"))
def passed_on(row: Referral, _asker: Asker) -> Official:
    """To the office that deals with it."""
    return Official(
        office=city_bureau_of(row.area_id),
        number=f"转办编号 {row.code}",
        title="关于转办群众反映事项的通知",
        to=[bureau_of(row.area_id)],
        body=[
            "现将群众反映的事项转你局办理。",
            "一、反映事项",
            f"被反映对象：{row.title}。类别：{row.get_kind_display()}。{f'地点：{row.place}。' if row.place else ''}",
            row.summary,
            "二、办理要求",
            f"请于{chinese(row.due_on)}前办结并报告核查结果。办理中不得向被反映单位和其他人透露反映人的任何情况，不得把本通知转给被反映单位。",
        ],
        day=row.assigned_on,
        marks=[*marks(), "内部办理"],
    )


def is_reported(row: Referral) -> bool:
    """Whether there is a result, and a unit to tell."""
    return (
        row.outcome in REPORTED
        and row.done_on is not None
        and (row.school_id or row.institution_id) is not None
    )


@paper("referral-answer", register="referrals", label=_("核查结果告知书"), ready=is_reported)
def told(row: Referral, _asker: Asker) -> Official:
    """To the unit that was meant: what was found, and nothing of what was said."""
    return Official(
        office=bureau_of(row.area_id),
        number=f"转办编号 {row.code}",
        title="关于核查结果的告知书",
        to=[str(row.school or row.institution)],
        body=[
            f"我局对涉及你单位的“{row.get_kind_display()}”问题进行了核查。经核查，{SAID[Outcome(row.outcome)]}"
        ],
        day=row.done_on,
        marks=marks(),
    )
