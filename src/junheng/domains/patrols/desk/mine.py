"""One's own page: what this week still needs, one's waters, one's leave, one's misses."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.patrols.actions import request_leave
from junheng.domains.patrols.desk.weeks import ONE, day_of, year_of
from junheng.domains.patrols.forms import LeaveForm
from junheng.domains.patrols.policies import own_posts
from junheng.domains.patrols.queries import weeks as asking
from junheng.domains.patrols.queries.norms import monday_of, rules_on
from junheng.domains.people.models import Person
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import Asker, absent, asker_of


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The page of a responsible person."""
    return show(request, asker_of(request))


@login_required
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for leave from a post that is one's own."""
    asker = asker_of(request)
    post = own_posts(asker.user, on=asker.today).filter(pk=pk).first()
    if post is None:
        raise absent()
    form = LeaveForm(request.POST.dict(), row=post, asker=asker)
    if form.is_valid():
        try:
            request_leave(post, by=asker.user, at=asker.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            response = show(request, asker, post=post, form=form, status=refusal.status)
            response["X-Refusal"] = refusal.code
            return response
        messages.success(request, _("已登记请假。"))
        return redirect("patrols:mine")
    return show(request, asker, post=post, form=form, status=422)


def show(
    request: HttpRequest,
    asker: Asker,
    *,
    post: Person | None = None,
    form: LeaveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, about the post that was chosen or the first."""
    posts = list(own_posts(asker.user, on=asker.today))
    chosen = request.GET.get("post", "")
    post = post or next((one for one in posts if str(one.pk) == chosen), posts[0] if posts else None)
    context: dict[str, Any] = {"posts": posts, "post": post}
    if post is not None:
        day = day_of(asker)
        monday = monday_of(day)
        lines = asking.week(monday, where=(post.area_id[: asking.COUNTY],), until=day + ONE)
        context |= year_of(request, post, asker) | {
            "lines": [one for one in lines if one.person.pk == post.pk],
            "days": asking.days_of(monday),
            "monday": monday,
            "rules": rules_on(monday),
            "form": form or LeaveForm(row=post, asker=asker),
        }
    return render(request, "patrols/mine.html", context, status=status)
