"""The clerk's pages: what waits in each admission, one application, addresses that many share, appeals."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.categories import category_of, why
from junheng.domains.intakes.policies.scope import INTAKES, intake_of
from junheng.domains.intakes.terms import IntakeState
from junheng.domains.registrations.actions.checking import (
    decide,
    decide_objection,
    open_details,
    open_evidence,
)
from junheng.domains.registrations.models import Application, Evidence, Objection, StatedCircumstance
from junheng.domains.registrations.policies.scope import (
    APPLICATIONS,
    CIRCUMSTANCES,
    OBJECTIONS,
    application_of,
)
from junheng.domains.registrations.queries.checks import at_school, categories_of, shared, sharing, states_of
from junheng.domains.registrations.terms import ApplicationState, FoundState
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import Asker, viewer_of

PAGE = 50
TONES = {"claimed": "warn", "asked": "warn", "approved": "good", "rejected": "bad"}
SHOWN = {"waiting": Q(state=FoundState.CLAIMED), "asked": Q(state=FoundState.ASKED), "done": Q(state__in=(FoundState.APPROVED, FoundState.REJECTED))}  # fmt: skip
LABELS = {
    "name": gettext_lazy("姓名"), "id_number": gettext_lazy("身份证件号"), "sex": gettext_lazy("性别"), "born_on": gettext_lazy("出生日期"), "address": gettext_lazy("住址"),
    "street": gettext_lazy("路街"), "number": gettext_lazy("门牌"), "community": gettext_lazy("小区或村"), "point": gettext_lazy("地图位置"), "guardian": gettext_lazy("监护人"), "phone": gettext_lazy("联系电话"),
    "relation": gettext_lazy("与儿童的关系"), "home_area": gettext_lazy("户籍区划"),
}  # fmt: skip


def clerk(request: HttpRequest) -> Asker:
    """Whoever may see the checks at all."""
    return viewer_of(request, CIRCUMSTANCES)


@login_required
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """The admissions in the scope, with what waits in each."""
    asker = clerk(request)
    sent = Q(application__state=ApplicationState.SENT)
    intakes = asker.within(Intake.objects.exclude(state=IntakeState.DRAFT), INTAKES, "view")
    rows = (
        intakes.select_related("area")
        .annotate(sent=Count("application", filter=sent))
        .order_by("-year", "area_id", "stage")
    )
    claimed = dict(
        StatedCircumstance.objects.filter(
            state=FoundState.CLAIMED,
            application__state=ApplicationState.SENT,
            application__intake__in=intakes,
        )
        .values_list("application__intake")
        .annotate(number=Count("id"))
    )
    open_ones = dict(
        Objection.objects.filter(state="open", application__intake__in=intakes)
        .values_list("application__intake").annotate(number=Count("id"))
    )  # fmt: skip
    lines = [(one, claimed.get(one.pk, 0), open_ones.get(one.pk, 0)) for one in rows]
    return render(request, "registrations/checks/lists.html", {"lines": lines})


@login_required
@require_safe
def queue(request: HttpRequest, code: str) -> HttpResponse:
    """What waits in one admission, oldest first."""
    asker = clerk(request)
    intake = intake_of(code, asker=asker)
    show = request.GET.get("show", "waiting")
    if show not in SHOWN:
        show = "waiting"
    rows = StatedCircumstance.objects.filter(
        SHOWN[show], application__intake=intake, application__state=ApplicationState.SENT
    )
    rows = asker.within(rows, CIRCUMSTANCES, "view").select_related("application", "about").order_by("id")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    counts = states_of(Application.objects.filter(intake=intake))
    many = sharing([one.application for one in page])
    context = {
        "intake": intake,
        "page": page,
        "show": show,
        "tabs": [
            ("waiting", _("待审核"), counts.get("claimed", 0)), ("asked", _("等家长补交"), counts.get("asked", 0)),
            ("done", _("已审核"), counts.get("approved", 0) + counts.get("rejected", 0)),
        ],
        "lines": [(one, TONES[one.state], many.get(one.application.address_blind, 1)) for one in page],
        "shared": len(shared(intake.pk, more_than=intake.address_limit)),
        "objections": Objection.objects.filter(application__intake=intake, state="open").count(),
    }  # fmt: skip
    return render(request, "registrations/checks/queue.html", context)


@login_required
@require_safe
def one(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One application: what it states and what was found. Details stay masked until somebody says why."""
    return application_page(request, application_of(code, number, asker=clerk(request)), None)


@login_required
@require_POST
def reveal(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """The same with the details of the form, without choices; the reading is an entry of the audit."""
    asker = clerk(request)
    application = application_of(code, number, asker=asker)
    told = open_details(application, by=asker.user, at=asker.at, why=request.POST.get("why", ""))
    return application_page(request, application, told)


def application_page(
    request: HttpRequest,
    application: Application,
    details: dict[str, Any] | None,
    more: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page of one application; nothing on it says what the family chose."""
    asker = clerk(request)
    found = list(application.circumstances.select_related("about").order_by("id"))
    here = StatedCircumstance.objects.filter(application=application)
    context = {
        "intake": application.intake,
        "application": application,
        "details": None
        if details is None
        else [(LABELS.get(key, key), value) for key, value in details.items()],
        "found": [(one, TONES[one.state]) for one in found],
        "evidence": Evidence.objects.filter(application=application).order_by("id"),
        "writes": asker.within(here, CIRCUMSTANCES, "change").exists()
        and application.intake.state == IntakeState.PUBLISHED,
        "many": sharing([application]).get(application.address_blind, 1),
        "category": category_sentence(application, found),
        "unmasks": asker.may("unmask", APPLICATIONS),
        "objections": Objection.objects.filter(application=application).order_by("id"),
    }
    response = render(request, "registrations/checks/one.html", context | dict(more or {}), status=status)
    response["Cache-Control"] = "no-store"
    return response


def category_sentence(application: Application, found: list[StatedCircumstance]) -> str:
    """The category at the school of the address, which is no choice but where somebody lives."""
    school = application.catchment_school
    if school is None:
        return ""
    categories = categories_of(application.intake_id)
    approved = at_school(found, school.pk)
    private = school.nature == "private"
    one = category_of(approved, in_catchment=True, private=private, categories=categories)
    if one is None:
        return ""
    return why(one, approved, in_catchment=True, school=school.name, categories=categories)


@login_required
@require_POST
def photo(request: HttpRequest, code: str, number: str, pk: int) -> HttpResponse:
    """A photo that was given for a statement."""
    asker = clerk(request)
    application = application_of(code, number, asker=asker)
    row = Evidence.objects.filter(application=application, pk=pk).first() if pk < 2**63 else None
    if row is None:
        raise NotFound("no-such-evidence", "这份报名里没有这份材料，或者它已经按期销毁。")
    response = HttpResponse(open_evidence(row, by=asker.user, at=asker.at), content_type=row.media)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def decided(request: HttpRequest, code: str, number: str, pk: int) -> HttpResponse:
    """Write what was found about one statement."""
    asker = clerk(request)
    application = application_of(code, number, asker=asker)
    row = application.circumstances.filter(pk=pk).first() if pk < 2**63 else None
    if row is None:
        raise NotFound("no-such-statement", "这份报名里没有这一项情况。请返回审核列表。")
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    try:
        done = decide(row, to, reason=reason, by=asker.user, at=asker.at)
    except Refusal as refusal:
        if refusal.code != "finding-without-reason":
            raise
        wrong = {"wrong_at": row.pk, "said": sentence_of(refusal)}
        return application_page(request, application, None, wrong, status=422)
    messages.success(request, _("已记录：%(what)s。") % {"what": done.get_state_display()})
    return redirect("registrations:check", code, number)


@login_required
@require_safe
def addresses(request: HttpRequest, code: str) -> HttpResponse:
    """Addresses from which more applications came than the limit of the admission."""
    asker = clerk(request)
    intake = intake_of(code, asker=asker)
    context = {"intake": intake, "rows": shared(intake.pk, more_than=intake.address_limit)}
    return render(request, "registrations/checks/addresses.html", context)


@login_required
@require_safe
def objections(request: HttpRequest, code: str) -> HttpResponse:
    """The appeals of one admission."""
    asker = clerk(request)
    intake = intake_of(code, asker=asker)
    rows = asker.within(Objection.objects.filter(application__intake=intake), OBJECTIONS, "view")
    rows = rows.select_related("application", "circumstance").order_by("state", "id")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"intake": intake, "page": page, "writes": asker.may("change", OBJECTIONS)}
    response = render(request, "registrations/checks/objections.html", context)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def objection_decided(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Decide an appeal."""
    asker = clerk(request)
    intake = intake_of(code, asker=asker)
    rows = asker.within(Objection.objects.filter(application__intake=intake), OBJECTIONS, "view")
    row = rows.filter(pk=pk).first() if pk < 2**63 else None
    if row is None:
        raise NotFound("no-such-objection", "没有找到这件申诉，或者它不在您的权限范围内。")
    upheld = request.POST.get("decision") == "uphold"
    decide_objection(row, upheld=upheld, answer=request.POST.get("answer", ""), by=asker.user, at=asker.at)
    messages.success(request, _("申诉已处理，家长可以看到答复。"))
    return redirect("registrations:objections", code)
