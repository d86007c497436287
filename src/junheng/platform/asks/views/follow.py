"""The pages of those who asked: who has answered, the table, reminders, requests for more time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from junheng.kernel.errors import NotAllowed, NotFound
from junheng.platform.asks.chasing import completeness, decide_time, missing_of, remind
from junheng.platform.asks.exporting import export, table_of
from junheng.platform.asks.models import Response
from junheng.platform.asks.places import place_names
from junheng.platform.asks.scopes import COLLECTIONS, RESPONSES, collection_for, response_for
from junheng.platform.asks.terms import State
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.exporting import CONTENT_TYPES

SHOWN = 100
"""Lines of the table on the page; the file has them all."""


@login_required
@require_safe
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers within one's scope, how complete they are, and who is missing."""
    asker = asker_of(request)
    one = collection_for(asker, pk)
    progress = completeness(one, asker)
    names = place_names([str(row["area"]) for row in progress])
    missing = missing_of(one, asker)
    context = {
        "survey": one,
        "progress": [row | {"name": names[str(row["area"])]} for row in progress],
        "asked": sum(int(str(row["asked"])) for row in progress),
        "sent": sum(int(str(row["sent"])) for row in progress),
        "missing": list(missing[:SHOWN]),
        "missing_count": missing.count(),
        "table": table_of(one, asker, exact=False, most=SHOWN),
        "can_export": asker.may("export", COLLECTIONS),
        "can_remind": one.state == State.OPEN and asker.may("change", COLLECTIONS),
    }
    return render(request, "asks/answers.html", context)


@login_required
@require_safe
def take_out(request: HttpRequest, pk: int) -> FileResponse:
    """The table as a workbook."""
    asker = asker_of(request)
    one = collection_for(asker, pk)
    if not asker.may("export", COLLECTIONS):
        raise NotAllowed("may-not-export-survey", "您没有导出答案的权限。如确需导出，请联系下发科室。")
    file, name, facts = export(one, asker=asker, why=_("导出答案"))
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPES["xlsx"])
    answer["X-Rows"] = str(facts["rows"])
    return answer


@login_required
@require_POST
def remind_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind those who have not answered."""
    asker = asker_of(request)
    one = collection_for(asker, pk)
    count = remind(one, asker=asker, why=request.POST.get("why", "").strip() or _("催报"))
    messages.success(request, _("已催报 %(count)s 个单位；今天催过的不再重复。") % {"count": count})
    return redirect("asks:answers", pk)


@login_required
@require_safe
def extensions(request: HttpRequest) -> HttpResponse:
    """Requests for more time that wait for an answer."""
    asker = asker_of(request)
    if not asker.may("change", COLLECTIONS):
        raise NotFound("no-extensions-here", "延期申请由下发科室和县（市、区）教育局答复。")
    rows = asker.within(
        Response.objects.filter(extension_to__isnull=False, collection__state=State.OPEN), RESPONSES, "view"
    ).select_related("collection")
    return render(request, "asks/extensions.html", {"rows": rows.order_by("extension_to", "pk")[:200]})


@login_required
@require_POST
def grant_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant more time, or not."""
    asker = asker_of(request)
    response = response_for(asker, pk)
    decide_time(
        response, granted=request.POST.get("grant") == "yes", asker=asker, why=request.POST.get("why", "")
    )
    messages.success(request, _("已答复延期申请。"))
    return redirect("asks:extensions")
