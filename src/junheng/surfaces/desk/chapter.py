"""One chapter of the bureau's work: its figures, its promises, its registers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from junheng.kernel.errors import NotFound
from junheng.platform.access.scope import may
from junheng.platform.figures import queries
from junheng.platform.registers import every_register
from junheng.surfaces.portal.chapters import CHAPTERS


@login_required
def chapter(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that belongs to a chapter, within the reader's scope."""
    if code not in CHAPTERS:
        raise NotFound("unknown-chapter", "没有这个篇章。请从左侧菜单的五个篇章中选择。")
    today = timezone.localdate()
    states = [state for state in queries.promises() if state.chapter == code]
    return render(
        request,
        "desk/chapter.html",
        {
            "chapter": CHAPTERS[code],
            "figures": queries.figures(chapter=code),
            "broken": [state for state in states if not state.holds],
            "kept": [state for state in states if state.holds],
            "registers": [
                one
                for one in every_register().values()
                if one.chapter == code and may(request.user, one, "view", on=today)
            ],
        },
    )
