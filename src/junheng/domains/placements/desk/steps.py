"""The steps as forms send them. Each calls its action, which asks everything again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.domains.intakes.desk.overview import seen_by
from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.scope import intake_of
from junheng.domains.placements.actions import again as afresh
from junheng.domains.placements.actions import closing, drawing, entrants, preparing, releasing
from junheng.domains.placements.desk.office import context_of
from junheng.domains.placements.models import Contributor, PublicValue, Run
from junheng.domains.placements.tasks import RUN
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.jobs.actions import order
from junheng.platform.registers.asker import Asker
from junheng.platform.seeds import posted
from junheng.platform.seeds.forms import PrepareForm


def begun(request: HttpRequest, code: str) -> tuple[Asker, Intake, str]:
    """Who does it, to what, and why."""
    asker = seen_by(request)
    return asker, intake_of(code, asker=asker, change=True), posted.why_in(request.POST)


def row_of(model: Any, intake: Intake, pk: int) -> Any:
    """A row of the draw of this admission; any other looks absent."""
    found = (
        model.objects.filter(draw__intake=intake, pk=pk).select_related("draw__intake").first()
        if pk < 2**63
        else None
    )
    if found is None:
        raise NotFound("no-such-step", "没有找到这一项，请刷新页面后重试。")
    return found


def back(request: HttpRequest, code: str, said: str) -> HttpResponse:
    """The page again, with what was done."""
    messages.success(request, said)
    return redirect("placements:office", code)


@login_required
@require_POST
def prepare(request: HttpRequest, code: str) -> HttpResponse:
    """Contributors, public values, and the value for silence."""
    asker, intake, _why = begun(request, code)
    form = PrepareForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            preparing.prepare(
                intake, asked["contributors"], asked["sources"], asked["fallback"], by=asker.user, at=asker.at, why=_("设定派位办法")
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            return back(request, code, _("派位办法已设定。请各参与方提交承诺值。"))
    return render(request, "placements/office.html", context_of(intake, asker, form), status=422)


@login_required
@require_POST
def commit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A contributor's promise."""
    asker, intake, _why = begun(request, code)
    digest = posted.promise_in(request.POST)
    preparing.commit(row_of(Contributor, intake, pk), digest, by=asker.user, at=asker.at, why=_("登记承诺值"))
    return back(request, code, _("承诺值已登记。"))


@login_required
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the closing, or agree to it."""
    asker, intake, why = begun(request, code)
    done = closing.close(intake, by=asker.user, at=asker.at, why=why or _("封存名单"))
    if done is None:
        return back(request, code, _("已提请封存，请另一人同意。"))
    return back(request, code, _("名单已封存，名单根和规则摘要已公布。"))


@login_required
@require_POST
def reveal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What a contributor opens."""
    asker, intake, _why = begun(request, code)
    nonce, secret = posted.opening_in(request.POST)
    drawing.reveal(
        row_of(Contributor, intake, pk), nonce, secret, by=asker.user, at=asker.at, why=_("登记揭示值")
    )
    return back(request, code, _("揭示值与承诺相符，已登记。"))


@login_required
@require_POST
def value(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What a source published, or that it published nothing."""
    asker, intake, _why = begun(request, code)
    said = posted.read_off_in(
        request.POST,
        row_of(PublicValue, intake, pk),
        drawing.enter_value,
        drawing.value_failed,
        by=asker.user,
        at=asker.at,
    )
    return back(request, code, said)


@login_required
@require_POST
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """The seed and the numbers."""
    asker, intake, why = begun(request, code)
    done = drawing.draw_numbers(intake, by=asker.user, at=asker.at, why=why or _("产生派位号"))
    return back(request, code, _("种子已产生：%(seed)s…") % {"seed": done.seed[:16]})


@login_required
@require_POST
def run(request: HttpRequest, code: str) -> HttpResponse:
    """The computation, as a job."""
    asker, intake, _why = begun(request, code)
    title = _("计算录取结果：%(intake)s") % {"intake": intake.title}
    order(RUN, title=title, parameters={"intake": intake.code}, by=asker.user, at=asker.at)
    return back(request, code, _("已开始计算，完成后本页显示核验结果。"))


@login_required
@require_POST
def release(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ask for the release, or agree to it."""
    asker, intake, why = begun(request, code)
    done = releasing.release(
        row_of(Run, intake, pk), by=asker.user, at=asker.at, why=why or _("发布录取结果")
    )
    return back(request, code, _("已提请发布，请另一人同意。") if done is None else _("结果已发布。"))


@login_required
@require_POST
def again(request: HttpRequest, code: str) -> HttpResponse:
    """A further run after appeals and places that were given back."""
    asker, intake, why = begun(request, code)
    done = afresh.again(intake, by=asker.user, at=asker.at, why=why)
    told = {"number": done.number, "moved": len(done.changes) - 1}
    return back(
        request, code, _("第 %(number)s 次运算完成，%(moved)s 名儿童的结果有变化，待两人发布。") % told
    )


@login_required
@require_POST
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Write who holds a place into the list of entrants."""
    asker, intake, _why = begun(request, code)
    count = entrants.hand_over(intake, by=asker.user, at=asker.at, why=_("转入新生录取名册"))
    return back(request, code, _("已转入 %(count)s 名新生，请学校开学时登记报到。") % {"count": count})
