"""Official papers of a scheme: the notice of a list, the decision about it, and the answer to an objection.

A child's name stands in them as on the public page: while a guardian's consent does.
"""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.queries import bureau_of
from junheng.domains.schemes.models import Publicity, PublicityLine, SchemeObjection
from junheng.domains.schemes.queries.showing import shown
from junheng.domains.schemes.terms import Answer, Decider, Stage
from junheng.platform.papers.issuing import marks
from junheng.platform.papers.official import Official, Table
from junheng.platform.papers.printable import chinese
from junheng.platform.papers.registry import paper
from junheng.platform.registers.asker import Asker

SAID = {
    Answer.UPHELD: "经核查，异议属实，对该申报不予认定。",
    Answer.DISMISSED: "经核查，异议不属实，公示结果不变。",
}


def office_of(row: Publicity) -> str:
    """Who shows the list: a school its own choice, else the bureau."""
    return row.school.name if row.school is not None else bureau_of(row.area_id)


def lines_of(row: Publicity) -> list[PublicityLine]:
    """The list in its order."""
    found = PublicityLine.objects.filter(publicity=row).select_related("application__pupil")
    return list(found.order_by("place"))


def table_of(lines: Sequence[PublicityLine], asker: Asker) -> Table:
    """The list as everybody may read it today; without a column of persons where there are none."""
    rows = shown(lines, on=asker.today)
    persons = any(one.name for one in rows)
    headings, widths = ["序号", "类别", "单位"], [5, 15, 25]
    return Table(
        [*headings, "个人"] if persons else headings,
        [
            [str(place), one.line.category, one.line.unit, *([one.name] if persons else [])]
            for place, one in enumerate(rows, start=1)
        ],
        [*widths, 11] if persons else widths,
    )


@paper("scheme-publicity", register="publicities", label=_("公示通知"))
def publicity(row: Publicity, asker: Asker) -> Official:
    """The list that is shown, until when, and how anybody objects."""
    lines = lines_of(row)
    return Official(
        office=office_of(row),
        number=f"公示编号 {row.code}",
        title=f"关于{row.scheme.title}拟{'推荐' if row.scheme.decider == Decider.PROVINCE else '认定'}名单的公示",
        to=[],
        body=[
            f"根据{row.scheme.title}，经申报、审核，拟{'推荐' if row.scheme.decider == Decider.PROVINCE else '认定'}以下{len(lines)}项，现予公示。",
            table_of(lines, asker),
            f"公示期为{chinese(row.opened_on)}至{chinese(row.until)}。对名单有异议的，请于公示期内在公示页面提出，可以不署名，凭回执号查看核查结论。",
            f"名单摘要（可据此核对）：\n{row.digest}",
        ],
        day=row.opened_on,
        marks=marks(),
    )


def is_decided(row: Publicity) -> bool:
    """Whether there is a decision."""
    return row.decided_on is not None


@paper("scheme-decision", register="publicities", label=_("认定决定"), ready=is_decided)
def decision(row: Publicity, asker: Asker) -> Official:
    """What was decided of the list. What an objection took away, or its applicant, is not in it."""
    own = row.scheme.decider == Decider.OWN
    upheld = set(
        SchemeObjection.objects.filter(publicity=row, state=Answer.UPHELD).values_list(
            "application", flat=True
        )
    )
    gone = {Stage.WITHDRAWN, Stage.REJECTED} if own else {Stage.WITHDRAWN}
    lines = [
        one for one in lines_of(row) if one.application_id not in upheld and one.application.stage not in gone
    ]
    verb = "认定" if own else "推荐"
    return Official(
        office=office_of(row),
        number=row.decision,
        title=f"关于公布{row.scheme.title}{verb}结果的决定",
        to=["各有关单位"],
        body=[
            f"{row.scheme.title}已经申报、审核，于{chinese(row.opened_on)}至{chinese(row.until)}公示（公示编号{row.code}）。"
            f"现决定对以下{len(lines)}项予以{verb}{f'“{row.scheme.awards}”' if own else '，报省级认定'}。",
            table_of(lines, asker),
            "证书编号可在“评选认定”页面核验。" if own else "省级认定结果另行公布。",
        ],
        day=row.decided_on,
        marks=marks(),
    )


def is_answered(row: SchemeObjection) -> bool:
    """Whether somebody looked into it."""
    return row.state in SAID and row.answered_on is not None


@paper("objection-answer", register="schemeobjections", label=_("异议答复"), ready=is_answered)
def answer(row: SchemeObjection, _asker: Asker) -> Official:
    """To whoever objected: what was found. Who that is, nobody asked."""
    return Official(
        office=office_of(row.publicity),
        number=f"公示编号 {row.publicity.code}",
        title="关于公示异议核查结论的答复",
        to=["异议人"],
        body=[
            f"{chinese(timezone.localdate(row.raised_at))}收到对{row.publicity.scheme.title}公示名单的异议，现答复如下。",
            "一、异议内容",
            row.words,
            "二、核查结论",
            f"{SAID[Answer(row.state)]}{row.answer}",
        ],
        day=row.answered_on,
        marks=marks(),
    )
