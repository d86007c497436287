"""Going to the sign-in service, and coming back from it."""

import hmac
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.accounts.entrance import SERVICE, open_door, safe_next
from junheng.platform.accounts.oidc.linking import account_behind, note_failure
from junheng.platform.accounts.oidc.service import Exchange, address_of, begin, redeem, the_service

KEPT = "oidc"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_POST
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Send the browser to the service, and remember what must come back."""
    service, exchange = the_service(), begin()
    address = address_of(service, exchange, way_back(request))
    request.session[KEPT] = asdict(exchange) | {"then": safe_next(request, request.POST.get("next", ""))}
    return HttpResponseRedirect(address)


@require_GET
@never_cache
@sensitive_variables("kept", "exchange", "claims")
def come_back(request: HttpRequest) -> HttpResponse:
    """Take what the service says, once; believe it only after every check."""
    service, at = the_service(), timezone.now()
    kept = request.session.pop(KEPT, None)
    if kept is None or not hmac.compare_digest(kept["state"].encode(), request.GET.get("state", "").encode()):
        raise NotAllowed(
            "sign-in-not-begun", "这次登录不是从本页面发起的，或已超时，未登录。请回到登录页重新登录。"
        )
    then = kept.pop("then")
    exchange = Exchange(**kept)
    try:
        if "code" not in request.GET:
            raise NotAllowed(
                "sign-in-refused", "统一身份认证没有放行（{why}），未登录。请重新登录。",
                why=request.GET.get("error", "—")[:40],
            )  # fmt: skip
        claims = redeem(service, exchange, request.GET["code"], way_back(request))
        user = account_behind(service, claims, at=at)
    except Refusal as refusal:
        note_failure(refusal.code, at=at)
        raise
    return open_door(request, user, BACKEND, then, how=SERVICE)


def way_back(request: HttpRequest) -> str:
    """Our address that the service knows."""
    return request.build_absolute_uri(reverse("accounts:oidc-back"))
