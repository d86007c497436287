"""The steps of a plan as forms send them. Each calls its action, which asks everything again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.domains.visits import actions
from junheng.domains.visits.desk.plans import context_of, seen_by
from junheng.domains.visits.models import Contributor, PublicValue, SamplePlan
from junheng.domains.visits.policies.scope import absent, plan_of_code
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import LARGEST, Asker
from junheng.platform.seeds import posted
from junheng.platform.seeds.forms import PrepareForm

SIZE = "size-"
"""How the field of a stratum's size begins."""


def begun(request: HttpRequest, code: str) -> tuple[Asker, SamplePlan, str]:
    """Who does it, to what, and why."""
    asker = seen_by(request)
    return asker, plan_of_code(code, asker=asker), posted.why_in(request.POST)


def row_of(model: Any, plan: SamplePlan, pk: int) -> Any:
    """A row of this plan; any other looks absent."""
    found = model.objects.filter(plan=plan, pk=pk).select_related("plan").first() if pk <= LARGEST else None
    if found is None:
        raise absent()
    return found


def back(request: HttpRequest, code: str, said: str) -> HttpResponse:
    """The page again, with what was done."""
    messages.success(request, said)
    return redirect("visits:plan", code)


@login_required
@require_POST
def sizes(request: HttpRequest, code: str) -> HttpResponse:
    """How many of each stratum."""
    asker, plan, _why = begun(request, code)
    asked = {}
    for name in request.POST:
        text = request.POST.get(name, "")
        if name.startswith(SIZE):
            if not text.isascii() or not text.isdigit() or len(text) > 6:
                raise Refusal("size-no-number", "抽取数须是不小于 1 的整数。请改正后重新保存。")
            asked[name.removeprefix(SIZE)] = int(text)
    actions.change_sizes(plan, asked, by=asker.user, at=asker.at, why=_("修改抽取数"))
    return back(request, code, _("抽取数已保存，入样概率已重新计算。"))


@login_required
@require_POST
def prepare(request: HttpRequest, code: str) -> HttpResponse:
    """Contributors, public values, and the value for silence."""
    asker, plan, _why = begun(request, code)
    form = PrepareForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            actions.prepare(
                plan, asked["contributors"], asked["sources"], asked["fallback"], by=asker.user, at=asker.at, why=_("设定抽取办法")
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            return back(request, code, _("抽取办法已设定。请各参与方提交承诺值。"))
    return render(request, "visits/plan.html", context_of(plan, asker, form), status=422)


@login_required
@require_POST
def commit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A contributor's promise."""
    asker, plan, _why = begun(request, code)
    digest = posted.promise_in(request.POST)
    actions.commit(row_of(Contributor, plan, pk), digest, by=asker.user, at=asker.at, why=_("登记承诺值"))
    return back(request, code, _("承诺值已登记。"))


@login_required
@require_POST
def freeze(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the freezing, or agree to it."""
    asker, plan, why = begun(request, code)
    done = actions.freeze(plan, by=asker.user, at=asker.at, why=why or _("封存抽查方案"))
    said = _("已提请封存，请另一人同意。") if done is None else _("方案已封存，方案摘要和对象根已公布。")
    return back(request, code, said)


@login_required
@require_POST
def reveal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What a contributor opens."""
    asker, plan, _why = begun(request, code)
    nonce, secret = posted.opening_in(request.POST)
    actions.reveal(
        row_of(Contributor, plan, pk), nonce, secret, by=asker.user, at=asker.at, why=_("登记揭示值")
    )
    return back(request, code, _("揭示值与承诺相符，已登记。"))


@login_required
@require_POST
def value(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What a source published, or that it published nothing."""
    asker, plan, _why = begun(request, code)
    said = posted.read_off_in(
        request.POST,
        row_of(PublicValue, plan, pk),
        actions.enter_value,
        actions.value_failed,
        by=asker.user,
        at=asker.at,
    )
    return back(request, code, said)


@login_required
@require_POST
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """The seed and the sample: once."""
    asker, plan, why = begun(request, code)
    done = actions.draw_sample(plan, by=asker.user, at=asker.at, why=why or _("产生种子并抽取"))
    return back(
        request, code, _("已抽取 %(count)s 个对象，独立核验没有发现问题。") % {"count": len(done.teams)}
    )


@login_required
@require_POST
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the teams to be sent, or agree to it."""
    asker, plan, why = begun(request, code)
    done = actions.release(plan, by=asker.user, at=asker.at, why=why or _("派出检查组"))
    return back(request, code, _("已提请派出，请另一人同意。") if done is None else _("检查组已派出。"))


@login_required
@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Results for everybody."""
    asker, plan, why = begun(request, code)
    actions.publish_results(plan, by=asker.user, at=asker.at, why=why or _("公布抽查结果"))
    return back(request, code, _("抽查结果和复算文件已公布。"))
