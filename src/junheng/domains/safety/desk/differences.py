"""The levels beside each other: of a round and its counties, of one school item by item, and as a file."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from junheng.domains.checklists.models import ChecklistItem
from junheng.domains.safety.desk.rounds import inspector, plan_called
from junheng.domains.safety.models import Round, Sheet
from junheng.domains.safety.policies import readable
from junheng.domains.safety.queries import counties_of, report_of, school_rows, share, shown, told
from junheng.domains.safety.queries.comparing import Report, Sent, sent_of
from junheng.domains.safety.terms import ORDER, CheckLevel, Result
from junheng.domains.schools.models import School
from junheng.kernel.errors import NotFound
from junheng.kernel.inspections.differences import Table, weight
from junheng.platform.access.scope import within_area
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.registers.sheets import harmless

MOST = 20
"""Items and schools that are named one by one."""


@login_required
@require_safe
def differences(request: HttpRequest, code: str) -> HttpResponse:
    """What the levels say beside each other in a round, or in one county of it."""
    asker = inspector(request)
    plan = plan_called(code)
    rows = readable(asker, Sheet.objects.filter(round=plan.round))
    county = request.GET.get("county", "")[:9]
    if county:
        rows = rows.filter(within_area("area", county))
    report = report_of(rows)
    names = counties_of([*report.by_county, *report.by_inspector, county])
    context = {
        "round": plan.round,
        "plan": plan,
        "report": report,
        "county": names.get(county, ""),
        "tables": told(report.tables),
        "counties": counties(report, names),
        "inspectors": inspectors(report, names),
        "first": [(CheckLevel(level).label, report.first[level]) for level in ORDER if report.first[level]],
        "first_total": report.first.total(),
        "items": unseen(report),
        "schools": lenient_schools(report),
        "all_good": len(report.all_good),
        "county_code": county,
    }
    return render(request, "safety/differences.html", context)


def counties(report: Report, names: dict[str, str]) -> list[dict[str, Any]]:
    """By county: what its schools missed, against each level that looked."""
    lines = []
    for code in sorted(report.by_county):
        tables = report.by_county[code]
        own = sum((table for (first, _second), table in tables.items() if first == CheckLevel.SELF), Table())
        lines.append({"code": code, "name": names.get(code, code), "table": shown(own)})
    return lines


def inspectors(report: Report, names: dict[str, str]) -> list[Any]:
    """Who inspected for a county, against the city at the same schools; who overlooked most stands first."""
    worst = sorted(report.by_inspector.items(), key=lambda one: (-one[1].only_second, one[0]))
    return [shown(table, names.get(code, code)) for code, table in worst]


def unseen(report: Report) -> list[tuple[ChecklistItem, int]]:
    """The items that schools overlooked most often."""
    top = sorted(report.unseen.items(), key=lambda one: (-one[1], one[0]))[:MOST]
    items = ChecklistItem.objects.in_bulk([pk for pk, _count in top])
    return [(items[pk], count) for pk, count in top]


def lenient_schools(report: Report) -> list[dict[str, Any]]:
    """The schools that overlooked most about themselves, with their weight in the next draw."""
    worst = sorted(
        (pk for pk, (missed, _found) in report.overlooked.items() if missed),
        key=lambda pk: (-weight(*report.overlooked[pk]), -report.overlooked[pk][0], pk),
    )[:MOST]
    schools = School.objects.select_related("area").in_bulk(worst)
    return [
        {
            "school": schools[pk],
            "missed": report.overlooked[pk][0],
            "found": report.overlooked[pk][1],
            "share": share(report.overlooked[pk]),
            "all_good": pk in report.all_good,
            "weight": weight(*report.overlooked[pk]),
        }
        for pk in worst
    ]


@login_required
@require_safe
def school(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One school in a round, item by item."""
    asker = inspector(request)
    plan = plan_called(code)
    rows = (
        readable(asker, Sheet.objects.filter(round=plan.round, school=pk))
        if pk < 2**63
        else Sheet.objects.none()
    )
    sheets = sorted(rows.select_related("school", "by_area", "area"), key=lambda one: ORDER.index(one.level))
    if not sheets:
        raise NotFound(
            "nothing-to-compare",
            "这所学校在这一轮还没有您可以查看的检查表。本级提交之后，或轮次结束之后再看。",
        )
    lines = school_rows(sheets)
    context = {
        "round": plan.round,
        "plan": plan,
        "school": sheets[0].school,
        "sheets": sheets,
        "lines": lines,
        "differing": sum(one.differs for one in lines),
        "only": "all" not in request.GET,
        "tables": told(report_of(Sheet.objects.filter(pk__in=[one.pk for one in sheets])).tables),
    }
    return render(request, "safety/school.html", context)


@login_required
@require_safe
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Every item that somebody found wanting, with what each level said of it. Taking it is an entry of the audit."""
    asker = inspector(request)
    plan = plan_called(code)
    out = StringIO()
    writer = csv.writer(out)
    levels = [CheckLevel(one) for one in ORDER]
    writer.writerow(
        [
            _("学校标识码"),
            _("学校"),
            _("区划"),
            _("条目号"),
            _("检查内容"),
            *(one.label for one in levels),
            _("最先发现"),
        ]
    )
    lines = list(lines_of(plan.round, sent_of(readable(asker, Sheet.objects.filter(round=plan.round)))))
    writer.writerows([harmless(str(cell)) for cell in line] for line in lines)
    record(
        plan.round,
        Verb.EXPORT.value,
        by=asker.user,
        at=asker.at,
        why=_("导出差异表"),
        after={"rows": len(lines)},
    )
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="differences-{plan.round.pk}.csv"'
    answer["X-Rows"] = str(len(lines))
    return answer


def lines_of(one: Round, sheets: list[Sent]) -> Iterator[list[str]]:
    """The lines of the file, by school and item."""
    schools: dict[int, dict[str, Sent]] = {}
    for each in sheets:
        schools.setdefault(each.school, {})[each.level] = each
    facts = {
        pk: (code, name, area)
        for pk, code, name, area in School.objects.filter(pk__in=schools).values_list(
            "pk", "code", "name", "area__name"
        )
    }
    items = {each.pk: each for each in ChecklistItem.objects.filter(checklist__roundplan__round=one)}
    for pk in sorted(schools, key=lambda one: facts[one][0]):
        here = schools[pk]
        failed = frozenset[int]().union(*(each.seen.failed for each in here.values()))
        for item in sorted(failed, key=lambda one: (items[one].position, one)):
            first = min(
                (each.done_on, ORDER.index(each.level)) for each in here.values() if item in each.seen.failed
            )
            yield [
                *facts[pk], items[item].number, items[item].clause,
                *(result_in(here.get(level), item) for level in ORDER), str(CheckLevel(ORDER[first[1]]).label),
            ]  # fmt: skip


def result_in(sent: Sent | None, item: int) -> str:
    """What one level said of an item; nothing where it did not look."""
    if sent is None:
        return ""
    if item in sent.seen.failed:
        return str(Result.FAIL.label)
    return str((Result.NA if item in sent.seen.left_out else Result.PASS).label)
