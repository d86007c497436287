"""Notices of inspections: what is to be remedied until when, and that it was looked at again."""

from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.queries import bureau_of
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import FindingState, Severity
from junheng.platform.papers.issuing import marks
from junheng.platform.papers.official import Official
from junheng.platform.papers.printable import chinese
from junheng.platform.papers.registry import paper
from junheng.platform.registers.asker import Asker


def unit_of(row: Finding) -> str:
    """Whose hazard it is."""
    unit = row.school or row.kindergarten
    if unit is not None:
        return str(unit)
    return f"{row.water}责任单位" if row.water is not None else bureau_of(row.area_id)


def hazard(row: Finding) -> str:
    """What was found, where, how dangerous it is and against which clause."""
    where = f"部位：{row.place}。" if row.place else ""
    clause = f"依据：{row.cites}。" if row.cites else ""
    return f"{where}问题：{row.what.rstrip('。')}。等级：{row.get_severity_display()}隐患。{clause}"


def is_open(row: Finding) -> bool:
    """Whether it is still to be remedied, or to be looked at again."""
    return row.state != FindingState.CLOSED


def is_closed(row: Finding) -> bool:
    """Whether somebody else looked and closed it."""
    return row.state == FindingState.CLOSED and row.closed_on is not None


@paper("rectification-notice", register="findings", label=_("限期整改通知书"), ready=is_open)
def to_be_remedied(row: Finding, _asker: Asker) -> Official:
    """To the unit: what, until when, and how it is closed."""
    measures = f"整改措施：{row.measures.rstrip('。')}。" if row.measures else ""
    major = (
        [f"（三）重大隐患整改期间落实管控措施和应急预案。{row.plan}"]
        if row.severity == Severity.MAJOR
        else []
    )
    return Official(
        office=bureau_of(row.area_id),
        number=f"隐患编号 {row.code}",
        title="安全隐患限期整改通知书",
        to=[unit_of(row)],
        body=[
            f"{chinese(row.found_on)}检查发现你单位存在以下隐患，现通知限期整改。",
            "一、隐患情况",
            hazard(row),
            "二、整改要求",
            f"（一）{chinese(row.due_on)}前完成整改。整改责任人：{row.owner}。{measures}",
            "（二）整改完成后如实报告并附佐证；由整改人以外的人员复查，复查合格的予以销号，不合格的退回重新整改。",
            *major,
        ],
        day=row.found_on,
        marks=marks(),
    )


@paper("closing-reply", register="findings", label=_("整改复查意见书"), ready=is_closed)
def closed(row: Finding, _asker: Asker) -> Official:
    """To the unit: that its remedy was looked at and the hazard is closed."""
    remedied = f"你单位于{chinese(row.remedied_on)}报告整改完成。" if row.remedied_on else ""
    again = f"其间退回重新整改{row.reopened}次。" if row.reopened else ""
    return Official(
        office=bureau_of(row.area_id),
        number=f"隐患编号 {row.code}",
        title="安全隐患整改复查意见书",
        to=[unit_of(row)],
        body=[
            f"{chinese(row.found_on)}检查发现的隐患，复查意见如下。",
            "一、隐患情况",
            hazard(row),
            "二、复查意见",
            f"{remedied}{again}经复查（复查人：{row.closed_by}），隐患已经消除，同意销号。",
            "请你单位巩固整改成果，防止同类隐患再次发生。",
        ],
        day=row.closed_on,
        marks=marks(),
    )
