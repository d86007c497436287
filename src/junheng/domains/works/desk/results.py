"""The results of a category: sums, places, prizes, what is forwarded; and the protocol with every juror's points."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from junheng.domains.schemes.models import SchemeApplication, SchemeCriterion
from junheng.domains.schemes.queries.showing import unit_of
from junheng.domains.works.models import ContestRule
from junheng.domains.works.policies import JUDGING
from junheng.domains.works.queries.scores import Line, criteria_of, protocol_of, sums_of
from junheng.platform.papers.issuing import answered
from junheng.platform.papers.statement import Cell, Column, Statement
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.registry import register_called


def lines_of(rule: ContestRule, criteria: Sequence[SchemeCriterion]) -> list[Line]:
    """The works of a category with their sheets, the first place first."""
    rows = SchemeApplication.objects.filter(category=rule.category_id, stage__in=JUDGING).select_related(
        "school", "kindergarten", "group", "area", "pupil__school_class__school"
    )
    return protocol_of(rule.category, list(rows.order_by("number")), criteria)


def rule_seen(asker: Asker, number: int) -> ContestRule:
    """A rule of prizes within somebody's scope."""
    rule: ContestRule = asker.row(register_called("contestrules"), number)
    return rule


@login_required
@require_safe
def results(request: HttpRequest, number: int) -> HttpResponse:
    """Every work of a category, by its number and school."""
    rule = rule_seen(asker_of(request), number)
    criteria = criteria_of(rule.category)
    lines = lines_of(rule, criteria)
    rows = [
        (one, unit_of(one.application), list(zip(criteria, sums_of(one.sheets), strict=False)))
        for one in lines
    ]
    context = {
        "rule": rule,
        "rows": rows,
        "criteria": criteria,
        "forwarded": [one for one in lines if one.work is not None and one.work.forwarded],
        "equal": any(one.work is not None and one.work.drawn for one in lines),
    }
    return render(request, "works/results.html", context)


@login_required
@require_safe
def protocol(request: HttpRequest, number: int) -> FileResponse:
    """Every juror's points for every criterion, to be signed and kept: as a workbook or on paper."""
    asker = asker_of(request)
    rule = rule_seen(asker, number)

    def state() -> Statement:
        criteria = criteria_of(rule.category)
        lines: list[list[Cell]] = []
        for one in lines_of(rule, criteria):
            lines += [[*named(one), sheet.login, *sheet.points, sheet.total, ""] for sheet in one.sheets]
            total = sum(sheet.total for sheet in one.sheets)
            lines.append(
                [*named(one), _("合计"), *(sums_of(one.sheets) or [0] * len(criteria)), total, outcome(one)]
            )
        columns = [Column(_("申报编号"), width=16), Column(_("单位"), width=20), Column(_("评委"), width=10)]
        columns += [Column(str(each), kind="count", width=10) for each in criteria]
        columns += [Column(_("总分"), kind="count", width=8), Column(_("结果"), width=16)]
        scheme = rule.category.scheme
        return Statement(
            title=_("%(scheme)s评审记录") % {"scheme": scheme.title},
            unit=rule.category.name,
            period=str(scheme.year),
            columns=columns,
            lines=lines,
            remarks=[*remarks(rule)],
            measure=_("分"),
        )

    return answered(request, register_called("contestrules"), state, asker=asker, facts={"rule": rule.pk})


def named(line: Line) -> tuple[str, str]:
    """The number and the school of a work."""
    return line.application.number or "", unit_of(line.application)


def outcome(line: Line) -> str:
    """What became of a work."""
    work = line.work
    if work is None or work.place is None:
        return ""
    said = [_("第 %(place)s 名") % {"place": work.place}, work.get_prize_display()]
    said += [_("上报")] if work.forwarded else []
    said += [_("同分，按方案文字排定")] if work.drawn else []
    return " ".join(one for one in said if one)


def remarks(rule: ContestRule) -> list[str]:
    """How works are ranked, and the digest of what was ranked."""
    said = [
        _("先比总分，再按评分项顺序比各项得分；仍相同的名次并列，在奖次或上报界线上的按方案公布的文字排定。")
    ]
    if rule.ranked_on is not None:
        said.append(
            _("%(day)s 排定，评审记录摘要 %(digest)s") % {"day": rule.ranked_on, "digest": rule.digest}
        )
    return said
