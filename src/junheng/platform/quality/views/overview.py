"""The page of one's own unit: what is to be explained, what stands apart, doubles, contradictions, how full and how late."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from junheng.platform.figures.records import county_names
from junheng.platform.quality import queries
from junheng.platform.quality.background import may_order, order_check
from junheng.platform.quality.declare import every_declaration, every_expectation
from junheng.platform.quality.models import Run
from junheng.platform.quality.telling import tell
from junheng.platform.quality.words import Kind, Severity, State
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker, asker_of

PAGE = 25


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """One tab at a time; the filters of a tab are counted within it."""
    asker = asker_of(request)
    asked = queries.read(request.GET.dict())
    counts = queries.counts_by_kind(asker)
    run = Run.objects.first()
    context: dict[str, Any] = {
        "asked": asked,
        "run": run,
        "tabs": [
            *((kind.value, kind.label, counts.get(kind.value, 0)) for kind in Kind),
            ("filling", _("完整与及时"), None),
        ],
        "counties": county_names(),
        "may_check": may_order(asker),
    }
    make = filling if asked.kind == "filling" else listing
    context |= make(request, asker, asked)
    return render(request, "quality/overview.html", context)


@login_required
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Have everything checked now, in the background."""
    order_check(asker_of(request))
    messages.success(request, _("已提交检查。完成后「我的任务」会显示结果。"))
    return redirect("quality:overview")


def listing(request: HttpRequest, asker: Asker, asked: queries.Asked) -> dict[str, Any]:
    """One page of findings, with what they can be narrowed down by."""
    by_rule = queries.counts_by_rule(asker, asked)
    by_county = queries.counts_by_county(asker, asked)
    rows = queries.narrowed(asker, asked)
    paginator = Paginator(rows, PAGE)
    # the sum over the rules is the number of rows: it need not be counted again
    known = by_rule.get(asked.code, 0) if asked.code else sum(by_rule.values())
    paginator.count = known
    page = paginator.get_page(request.GET.get("page"))
    declared = every_declaration()
    counties = county_names()
    new = rows.filter(first_seen=run.at).count() if (run := Run.objects.first()) and not asked.gone else 0
    return {
        "page": page,
        "count": known,
        "new": new,
        "findings": tell(page.object_list, asker),
        "rules": [
            (code, str(declared[code].title), number) for code, number in by_rule.items() if code in declared
        ],
        "by_county": [
            (code, counties[code], by_county[code]) for code in sorted(by_county) if code in counties
        ],
        "severities": Severity.choices,
        "states": [*State.choices, ("expired", _("说明已到期"))],
        "units": units_of(asker) if asked.kind == Kind.RULE else [],
    }


def units_of(asker: Asker) -> list[dict[str, Any]]:
    """How far the explanations of each county have come."""
    counties = county_names()
    return [
        line | {"name": counties.get(line["county"], _("全市")), "code": line["county"]}
        for line in queries.explained_by_unit(asker)
    ]


def filling(request: HttpRequest, asker: Asker, asked: queries.Asked) -> dict[str, Any]:
    """The table of units and registers: counties, or the schools of one of them."""
    day = settings.JUNHENG_AS_OF or asker.today
    found = queries.fillings(asker, county=asked.county, on=day)
    registers = every_register()
    columns = [
        registers[slug]
        for slug in every_expectation()
        if asker.may("view", registers[slug]) and any(slug in cells for cells in found.values())
    ]
    counties = county_names()
    names = school_names(asker, found) if asked.county else counties
    page = Paginator([key for key in found if key in names], 2 * PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "columns": columns,
        "lines": [
            (key, names[key], [(column, found[key].get(column.slug)) for column in columns])
            for key in page.object_list
        ],
        "county_name": counties.get(asked.county, ""),
        "expected": [
            (
                registers[one.register],
                "、".join(registers[one.register].label_of(name) for name in one.fields),
                one.days,
            )
            for one in every_expectation().values()
            if registers[one.register] in columns
        ],
    }


def school_names(asker: Asker, found: dict[str, Any]) -> dict[str, str]:
    """The names of the schools of a county, as far as somebody sees them."""
    schools = every_register()["schools"]
    numbers = [int(key) for key in found if key.isdigit()]
    rows = asker.within(schools.model._default_manager.filter(pk__in=numbers), schools, "view")
    return {str(row.pk): str(row) for row in rows}
