"""A page for those who watch over privacy: who could see a row on a day, and who did."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.chapters import CHAPTERS
from junheng.platform.registers.keys import named
from junheng.platform.registers.onlookers import could_see, did_see, may_oversee, took_out
from junheng.platform.registers.views.browse import seen


@login_required
@require_safe
def onlookers(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """Everybody whose rights reached the row on the chosen day (today unless told), and the readings that day."""
    asker = asker_of(request)
    register = seen(slug, asker)
    row = asker.row(register, pk)
    if not may_oversee(asker):
        raise NotAllowed(
            "may-not-oversee",
            "只有市局领导、市局办公室和审计员可以查询谁能看、谁看过一条记录。如需了解，请联系他们。",
        )
    on = chosen_day(request.GET.get("on", ""), asker.today)
    context = {
        "register": register,
        "chapter": CHAPTERS[register.chapter],
        "row": row,
        "name": named(row),
        "on": on,
        "today": asker.today,
        "could": could_see(register, row, on=on, today=asker.today),
        "did": did_see(register, row, on=on),
        "took": took_out(register, row, on=on),
    }
    return render(request, "registers/onlookers.html", context)


def chosen_day(text: str, today: date) -> date:
    """The day asked for; a day that makes no sense or is yet to come is refused."""
    try:
        on = date.fromisoformat(text) if text else today
    except ValueError:
        raise Refusal(
            "bad-day",
            "「{text}」不是有效的日期。请按 2023-12-31 的格式填写时点，或清空后重试。",
            text=text[:30],
        ) from None
    if on > today:
        raise Refusal("day-to-come", "{day} 还没有到，无法查询谁能看到。请选择今天或以前的日期。", day=text)
    return on
