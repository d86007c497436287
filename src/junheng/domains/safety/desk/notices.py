"""What a county was told about a round, and its reply."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from junheng.domains.safety.actions import reply
from junheng.domains.safety.actions.closing import may_reply
from junheng.domains.safety.models import ResultNotice
from junheng.domains.safety.policies import NOTICES
from junheng.domains.safety.queries import share
from junheng.domains.safety.terms import CheckLevel
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import viewer_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers as they were sent, and the reply."""
    asker = viewer_of(request, NOTICES)
    rows = ResultNotice.objects.select_related("round", "area")
    one = asker.within(rows, NOTICES, "view").filter(pk=pk).first() if pk < 2**63 else None
    if one is None:
        raise NotFound("no-such-notice", "没有找到这份结果通报，或者它不在您的权限范围内。")
    wrong, status = "", 200
    if request.method == "POST":
        words = request.POST.get("words", "")[:2000]
        try:
            reply(one, words=words, by=asker.user, at=asker.at, why=_("答复检查结果"))
        except Refusal as refusal:
            wrong, status = sentence_of(refusal), refusal.status
        else:
            messages.success(request, _("已答复，市局可以看到。"))
            return redirect("safety:notice", pk)
    context = {
        "notice": one,
        "round": one.round,
        "wrong": wrong,
        "words": request.POST.get("words", ""),
        "may_reply": not one.reply
        and asker.today <= one.reply_until
        and may_reply(one, by=asker.user, at=asker.at),
        **numbers(one),
    }
    return render(request, "safety/notice.html", context, status=status)


def numbers(one: ResultNotice) -> dict[str, Any]:
    """The numbers of a notice with the names of levels."""
    told = one.numbers
    return {
        "levels": [(CheckLevel(level).label, part) for level, part in told["levels"].items()],
        "pairs": [
            (
                *(CheckLevel(level).label for level in pair.split("-")),
                part,
                share(part["agree"]),
                share(part["missed"]),
            )
            for pair, part in told["pairs"].items()
        ],
        "first": [(CheckLevel(level).label, count) for level, count in told["first"].items()],
        "all_good": told["all_good"],
    }
