"""The page of one case file, the form for an exhibit, and the bytes of one."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.governance import actions
from junheng.domains.governance.desk.deeds import gives_more_time, known
from junheng.domains.governance.desk.overview import day_of
from junheng.domains.governance.forms import ExhibitForm
from junheng.domains.governance.models import (
    Case,
    CaseDeadline,
    CaseExtension,
    CaseFile,
    CasePartner,
    Exhibit,
    Recusal,
    Refund,
)
from junheng.domains.governance.queries.chain import chains_of
from junheng.domains.governance.queries.deadlines import missed
from junheng.domains.governance.queries.procedure import handling, open_steps, steps_of
from junheng.domains.governance.queries.refunds import added_up
from junheng.domains.governance.queries.sites import suggestions
from junheng.domains.governance.terms import ENDED, DeadlineState, LegalStep, What
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.registers import Register, every_register, register_called
from junheng.platform.registers.asker import Asker, asker_of, forbidden
from junheng.platform.registers.panels import Panel, panel


@panel("detail", order=5)
def file_of(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a case: where its file is, and what may come next."""
    if register.model is not Case:
        return None
    _case, file, steps = known(row.pk)
    if file is None:
        return Panel("governance/_nofile.html", {"case": row, "ended": row.state in ENDED})
    done = list(steps)
    return Panel(
        "governance/_file.html",
        {"case": row, "file": file, "last": done[-1] if done else None, "next": open_steps(row, file, done)},
    )


@login_required
@require_safe
def case_file(request: HttpRequest, number: int) -> HttpResponse:
    """One case: its steps and last days, exhibits with their chains, money, officers, and cases that look the same."""
    asker = asker_of(request)
    case, file = found(asker, number)
    day, done = day_of(asker), steps_of(case)
    deadlines = list(
        CaseDeadline.objects.filter(case=case).annotate(late=missed(day)).order_by("since", "pk")
    )
    running = any(one.what == What.DECIDE and one.state == DeadlineState.OPEN for one in deadlines)
    longer: dict[str, list[CaseExtension]] = defaultdict(list)
    for one in CaseExtension.objects.filter(case=case).order_by("pk"):
        longer[one.what].append(one)
    able = asker.reaches(case, register_called("cases"), "change")
    names = dict(LegalStep.choices)
    context = {
        "case": case,
        "file": file,
        "done": done,
        "next": [(one.value, names[one]) for one in open_steps(case, file, done)] if able else [],
        "deadlines": [(one, longer.get(one.what, [])) for one in deadlines],
        "chains": chains_of(case),
        "refunds": list(Refund.objects.filter(case=case).order_by("family")),
        "owed": added_up(Refund.objects.filter(case=case)),
        "handlers": handling(done),
        "recusals": list(Recusal.objects.filter(case=case).select_related("enforcer")),
        "partners": list(CasePartner.objects.filter(case=case)),
        "same": list(Case.objects.filter(site=case.site).exclude(pk=case.pk).order_by("pk")[:20]),
        "likely": suggestions(case, file) if able else [],
        "source": source_of(asker, file),
        "open": able and case.state not in ENDED,
        "extends": able
        and running
        and case.state not in ENDED
        and gives_more_time(asker, done, used=len(longer[What.DECIDE])),
        "able": able,
        "day": day,
    }
    return render(request, "governance/file.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_exhibit(request: HttpRequest, number: int) -> HttpResponse:
    """Ask what an exhibit is, take its file, and write it down."""
    asker = asker_of(request)
    case, _file = found(asker, number)
    if not asker.reaches(case, register_called("cases"), "change"):
        raise forbidden()
    if request.method != "POST":
        return shown(request, case, ExhibitForm(row=case, asker=asker))
    form = ExhibitForm(request.POST.dict(), row=case, asker=asker)
    if not form.is_valid():
        return shown(request, case, form, status=422)
    file = request.FILES.get("file")
    try:
        content = b"" if file is None else file.read(actions.exhibits.LARGEST + 1)
        actions.add_exhibit(case, content=content, by=asker.user, at=asker.at, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, sentence_of(refusal))
        answer = shown(request, case, form, status=refusal.status)
        answer["X-Refusal"] = refusal.code
        return answer
    messages.success(request, _("证据已登记。"))
    return redirect("governance:file", case.pk)


def shown(request: HttpRequest, case: Case, form: ExhibitForm, *, status: int = 200) -> HttpResponse:
    """The page of the form."""
    return render(request, "governance/exhibit.html", {"case": case, "form": form}, status=status)


@login_required
@require_safe
def exhibit_bytes(request: HttpRequest, number: int) -> HttpResponse:
    """The file of an exhibit as it was taken. Looking at it leaves an entry."""
    asker = asker_of(request)
    row: Exhibit = asker.row(register_called("exhibits"), number, "change")
    content = actions.open_exhibit(row)
    record(row, Verb.READ.value, by=asker.user, at=asker.at, why="查看证据", after={"digest": row.digest})
    response = HttpResponse(content, content_type=row.media)
    response["Content-Disposition"] = f'inline; filename="exhibit-{row.case_id}-{row.number}"'
    return response


def found(asker: Asker, number: int) -> tuple[Case, CaseFile]:
    """A case within somebody's scope with its file; absent where there is none."""
    case: Case = asker.row(register_called("cases"), number)
    file = CaseFile.objects.filter(case=case).first()
    if file is None:
        raise NotFound("no-case-file", "这件案件还没有案卷。请在案件页面“建立案卷”。")
    return case, file


def source_of(asker: Asker, file: CaseFile) -> tuple[str, str, int] | None:
    """The register from which a case came, with its name, where this person sees it at all."""
    register = every_register().get(file.source)
    if register is None or not asker.may("view", register):
        return None
    return register.slug, register.label, file.source_row
