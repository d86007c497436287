"""The page from which cases are overseen: how far they are, what is late, what is owed, and each institution by name."""

import csv
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from junheng.domains.areas.models import Area
from junheng.domains.governance.models import Case, CaseDeadline, Refund
from junheng.domains.governance.queries.deadlines import RULES, overdue, with_case
from junheng.domains.governance.queries.overview import (
    UNDERWAY,
    ages,
    counted_window,
    dealt_with,
    late_counts,
    states,
)
from junheng.domains.governance.queries.refunds import added_up
from junheng.domains.governance.terms import What
from junheng.platform.audit.append import record_table
from junheng.platform.audit.models import Verb
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, asker_of, forbidden, viewer_of
from junheng.platform.registers.values import yuan

PAGE = 50
LATE_SHOWN = 40
COUNTY = 6


def day_of(asker: Asker) -> date:
    """The day the page speaks of."""
    found: date = asker.day
    return found


def sees_cases(request: HttpRequest) -> bool:
    """Whether the menu offers the page: to whoever sees cases of some place."""
    asker = asker_of(request)
    return bool(asker.granting(register_called("cases"), "view"))


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All cases within one's scope, counted; the late ones; the institutions that were dealt with, fifty at a time."""
    asker = viewer_of(request, register_called("cases"))
    day = day_of(asker)
    cases, lates = scoped(asker, Case, "cases"), scoped(asker, CaseDeadline, "casedeadlines")
    chosen = county_of(request)
    listed = dealt_with(cases, counted_window(day))
    if chosen:
        listed = listed.filter(area__code__startswith=chosen)
    late = with_case(lates.filter(overdue(day)))
    escalated = request.GET.get("overdue") == "escalated"
    if escalated:
        late = late.filter(escalated_on__isnull=False)
    again = cases.order_by().values("site").annotate(n=Count("pk")).filter(n__gt=1)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    context = {
        "day": day,
        "window": counted_window(day),
        "states": states(cases),
        "ages": ages(cases, day),
        "unfiled": cases.filter(state__in=UNDERWAY, file__isnull=True).count(),
        "late": [(one, (day - one.due_on).days) for one in late[:LATE_SHOWN]],
        "late_counts": late_counts(lates, day),
        "escalated": escalated,
        "owed": added_up(scoped(asker, Refund, "refunds")),
        "again": list(
            again.order_by("-n", "site").values_list("site", "n")[:10],
        ),
        "again_count": again.count(),
        "page": page,
        "counties": counties(),
        "county": chosen,
        "rules": rules_on(day),
        "can_export": asker.may("export", register_called("cases")),
    }
    return render(request, "governance/overview.html", context)


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The institutions that were dealt with, one a line, as a table; leaves an entry."""
    asker = viewer_of(request, register_called("cases"))
    if not asker.may("export", register_called("cases")):
        raise forbidden()
    day = day_of(asker)
    rows = asker.within(Case.objects.all(), register_called("cases"), "export")
    found = list(dealt_with(rows, counted_window(day)))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cases.csv"'
    response.write("\ufeff")
    out = csv.writer(response)
    out.writerow(
        [
            _("查处对象编号"),
            _("案件编号"),
            _("现场名称"),
            _("所在区划"),
            _("处理决定日"),
            _("文书号"),
            _("送达日"),
            _("复查日"),
            _("应退（元）"),
            _("已退（元）"),
            _("案件数"),
        ]
    )
    for one in found:
        out.writerow([tame(value) for value in line_of(one)])
    record_table(
        Case,
        Verb.EXPORT.value,
        by=asker.user,
        at=asker.at,
        why="导出查处机构名单",
        after={"rows": len(found)},
    )
    return response


def line_of(one: Any) -> list[str]:
    """One institution as a line of the table."""
    days = (one.decided_on, one.served_on, one.revisited_on)
    decided, served, revisited = (day.isoformat() if day else "" for day in days)
    return [
        one.site, one.code, one.title, one.area.name, decided, one.decision or "", served, revisited,
        yuan(one.owed), yuan(one.repaid), str(one.times),
    ]  # fmt: skip


def tame(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in {"=", "+", "-", "@"} else value


def scoped(asker: Asker, model: Any, slug: str) -> Any:
    """The rows of a register that somebody sees."""
    return asker.within(model.objects.all(), register_called(slug), "view")


def county_of(request: HttpRequest) -> str:
    """The county that is asked for; none where it is not written as one."""
    text = request.GET.get("county", "")
    return text if len(text) == COUNTY and text.isascii() and text.isdigit() else ""


def counties() -> list[tuple[str, str]]:
    """All counties by code."""
    return list(Area.objects.filter(kind="county", until=None).order_by("code").values_list("code", "name"))


def rules_on(day: date) -> list[tuple[What, Any]]:
    """The rules by which last days are counted, as they are in force."""
    return [(what, rule.on(day)) for what, rule in RULES.items()]
