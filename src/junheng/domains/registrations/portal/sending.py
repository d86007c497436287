"""The ordinary page behind the sending: whatever the fast lane did not answer, judged by the same rules."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.registrations.actions.drafts import form_of, saved
from junheng.domains.registrations.actions.judging import judged
from junheng.domains.registrations.actions.sending import Sending, Sent, Stale
from junheng.domains.registrations.actions.writing import GATHERER, Beat, write
from junheng.domains.registrations.models import Draft
from junheng.domains.registrations.portal.holding import hold_receipt
from junheng.domains.registrations.portal.steps import show
from junheng.domains.registrations.queries.faults import Misfilled, no_draft, sent_already, stale_token
from junheng.domains.registrations.queries.passes import Pass, read_pass
from junheng.domains.registrations.queries.rules import Form, cleaned
from junheng.domains.registrations.queries.sheets import sheet_of
from junheng.kernel.errors import Refusal

LAST = 5


@never_cache
@csrf_exempt  # the signed pass in the form says more than a session's token could
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Judge and write; what is wrong is shown on the last page, with everything as it was filled in."""
    if request.method != "POST":
        return redirect("registrations:step", LAST)
    at = timezone.now()
    given = read_pass(request.POST.get("pass", ""), at=at)
    if given is None:
        raise stale_token()
    fields = {name: ",".join(request.POST.getlist(name)) for name in request.POST}
    form = cleaned(fields)
    outcome = outcome_of(form, given, at)
    if isinstance(outcome, Sent):
        response = redirect("registrations:receipt")
        response.status_code = 303  # as the fast lane answers
        response["X-Receipt"] = outcome.codes.code
        hold_receipt(response, outcome.codes)
        return response
    draft = Draft.objects.filter(pk=given.draft).first()
    if draft is None:
        raise no_draft()
    if draft.application_id:
        raise sent_already()
    kept = {name: words for name, words in form.items() if name != "truthful"}
    write(saved(draft, form_of(draft) | kept, step=LAST, at=at))
    return show(request, draft, sheet_of(given.intake), form_of(draft) | kept, LAST, outcome, status=422)


def outcome_of(form: Form, given: Pass, at: datetime) -> Sent | list[Misfilled]:
    """What came of it. A plan that changed between judging and writing is judged by once more."""
    for again in (True, False):
        judgement = judged(form, given, sheet_of(given.intake), at=at)
        if not isinstance(judgement, Sending):
            return judgement
        try:
            sent: Sent = write(judgement)
        except Stale:
            if not again:
                raise
        else:
            return sent
    raise AssertionError("unreachable")


@never_cache
@require_safe
def lane_health(request: HttpRequest) -> JsonResponse:
    """Whether registrations are still written to the disk: asked by writing. 503 where they are not."""
    waiting = len(GATHERER[0].waiting) if GATHERER else 0
    try:
        write(Beat())
    except Refusal as refusal:
        return JsonResponse(
            {"status": refusal.code, "waiting": waiting}, status=503, headers={"Retry-After": "5"}
        )
    return JsonResponse({"status": "ok", "waiting": waiting})
