"""A family's own result: looked up by its code, with a sentence for every choice, its proof, its answer and its appeal."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from junheng.domains.placements.actions.replies import FAMILY, appeal, last_run, reply
from junheng.domains.placements.queries.results import result_of
from junheng.domains.registrations.models import Application
from junheng.domains.registrations.queries.finding import application_with
from junheng.domains.registrations.terms import FoundState
from junheng.kernel.errors import Refusal
from junheng.platform.access.address import address_of
from junheng.platform.access.refusals import sentence_of


def asked(request: HttpRequest, at: datetime) -> Application:
    """The application that code and secret open."""
    code, secret = request.POST.get("code", "")[:40], request.POST.get("secret", "")[:40]
    return application_with(code, secret, at=at, asked_from=address_of(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask for code and secret; show the result."""
    if request.method != "POST":
        return render(request, "placements/look_up.html", {"code": request.GET.get("code", "")[:20]})
    try:
        application = asked(request, timezone.now())
    except Refusal as refusal:
        context = {"code": request.POST.get("code", "")[:20], "error": sentence_of(refusal)}
        return render(request, "placements/look_up.html", context, status=refusal.status)
    return show(request, application)


def show(
    request: HttpRequest, application: Application, *, said: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    """The page of one result; nothing of it is kept anywhere on the way."""
    at = timezone.now()
    intake = application.intake
    one = last_run(intake)
    context = {
        "application": application,
        "intake": intake,
        "code": request.POST.get("code", "")[:40],
        "secret": request.POST.get("secret", "")[:40],
        "result": None if one is None else result_of(application, one),
        "statements": application.circumstances.exclude(state=FoundState.APPROVED).order_by("id"),
        "may_reply": one is not None and at < intake.reply_by,
        "may_appeal": one is not None and at < intake.appeal_by,
        "said": said,
        "error": error,
    }
    response = render(request, "placements/result.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@never_cache
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """The family comes, or gives the place back."""
    at = timezone.now()
    application = asked(request, at)
    accepted = request.POST.get("answer") == "accept"
    if not accepted and request.POST.get("sure") != "yes":
        error = _("放弃后不能恢复。确定放弃请先勾选，再提交。")
        return show(request, application, error=error, status=422)
    try:
        reply(application, accepted=accepted, by=FAMILY, at=at, why=_("家长答复录取"))
    except Refusal as refusal:
        return show(request, application, error=sentence_of(refusal), status=refusal.status)
    said = (
        _("已确认，开学时请按学校通知报到。") if accepted else _("已放弃这个学位，将按次序递补给其他儿童。")
    )
    return show(request, Application.objects.select_related("intake").get(pk=application.pk), said=said)


@never_cache
@require_POST
def appeal_against(request: HttpRequest) -> HttpResponse:
    """An appeal against the result or against what was found."""
    at = timezone.now()
    application = asked(request, at)
    about = request.POST.get("about", "")
    try:
        number = int(about) if about.isascii() and about.isdigit() and len(about) < 18 else None
        appeal(application, request.POST.get("words", ""), about=number, by=FAMILY, at=at, why=_("家长申诉"))
    except Refusal as refusal:
        return show(request, application, error=sentence_of(refusal), status=refusal.status)
    return show(request, application, said=_("申诉已收到，由没有经手过的人员处理，答复会显示在这里。"))
