"""An answer at the desk: for questions about records that are on no phone of that person any more."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.domains.fieldwork.actions.answering import answer_question
from junheng.domains.fieldwork.desk.records import onlooker
from junheng.domains.fieldwork.policies.scope import record_called


@login_required
@require_POST
def answer(request: HttpRequest, uuid: str) -> HttpResponse:
    """Keep what the person says to one question."""
    asker = onlooker(request)
    record = record_called(uuid, asker=asker)
    given = request.POST
    answer_question(record, given.get("code", ""), given.get("answer", ""), by=asker.user, at=asker.at)
    messages.success(request, _("您的说明已保存。"))
    return redirect("fieldwork:record", uuid)
