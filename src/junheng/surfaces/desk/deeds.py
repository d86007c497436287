"""Deeds on a report from the desk: draft it, sign it, publish it. Each calls one action and goes back to the page."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from junheng.content.bulletins import REPORTS, Report
from junheng.domains.bulletins import actions
from junheng.domains.bulletins.terms import SignOffRole
from junheng.domains.people.models import Person
from junheng.kernel.errors import NotAllowed, NotFound, Refusal
from junheng.platform.registers.asker import asker_of
from junheng.surfaces.desk.articles import may_change, own_person, readable


class SignForm(forms.Form):
    """Who signs in which role; ``digest`` is the version that was read."""

    role = forms.ChoiceField(label=gettext_lazy("岗位"), choices=SignOffRole.choices)
    person = forms.ModelChoiceField(label=gettext_lazy("签发人"), queryset=Person.objects.all())
    digest = forms.CharField(max_length=64)
    paper = forms.CharField(label=gettext_lazy("签发单编号"), max_length=60, required=False)


@login_required
@require_POST
def prepare(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the report's text from the newest frozen records."""
    asker = asker_of(request)
    actions.prepare(report_of(request, slug), by=request.user, at=asker.at)
    messages.success(request, _("已按最新的时点数据生成正文。原有签发如与新正文不一致，须重新签发。"))
    return redirect("desk:article", slug)


@login_required
@require_POST
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter one signature under the version that was read."""
    if own_person(request, readable(request, slug)) is None:
        report_of(request, slug)
    form = SignForm(request.POST)
    if not form.is_valid():
        raise Refusal("bad-signature", "没有选定岗位或签发人，签发没有生效。请返回上一页选好后再试。")
    given = form.cleaned_data
    actions.sign(
        readable(request, slug),
        role=given["role"],
        person=given["person"],
        digest=given["digest"],
        paper=given["paper"],
        by=request.user,
        at=asker_of(request).at,
    )
    messages.success(request, _("已签发。"))
    return redirect("desk:article", slug)


@login_required
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the signed version, or a correction with its reason."""
    reason = request.POST.get("reason", "").strip()[:400]
    actions.publish(report_of(request, slug), by=request.user, at=asker_of(request).at, reason=reason)
    messages.success(request, _("已发布。公众现在可以看到这一版。"))
    return redirect("desk:article", slug)


def report_of(request: HttpRequest, slug: str) -> Report:
    """The report behind the address, if this person may work on it."""
    if slug not in REPORTS:
        raise NotFound("unknown-report", "这篇稿件不是由数据生成的报告，不能在这里办理。请从“报告”页选择。")
    if not may_change(request):
        raise NotAllowed(
            "report-not-yours", "报告由市局办公室起草和发布。您可以查看，不能办理；如需修改请联系办公室。"
        )
    return REPORTS[slug]
