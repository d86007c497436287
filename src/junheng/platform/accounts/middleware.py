"""The guard of a session: it ends when nobody is there, and sensitive deeds meet the question for a second factor."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.platform.accounts.moments import MUST_CHANGE, is_over, note_seen
from junheng.platform.accounts.policy import Standing, Unconfirmed, standing
from junheng.platform.accounts.sensitive import SAFE, is_sensitive

WITH_OLD_PASSWORD = frozenset({"accounts:password", "logout", "set_language"})
"""Where a session may go whose password must be changed first."""


class SessionGuardMiddleware:
    """Stands behind the middleware that knows who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        at = timezone.now()
        if is_over(request, at=at):
            logout(request)
            messages.warning(request, _("您已较长时间没有操作，系统已自动退出。请重新登录。"))
        else:
            note_seen(request, at=at)
        if request.method not in SAFE:
            request.limit = Unconfirmed(request, at)  # type: ignore[attr-defined] # read by asker_of
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead whoever has not shown a second factor to where it is shown, or made."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if (
            request.session.get(MUST_CHANGE)
            and name not in WITH_OLD_PASSWORD
            and request.user.is_authenticated
        ):
            messages.warning(request, _("您的密码已超过规定的使用期限，请先更换。"))
            return HttpResponseRedirect(reverse("accounts:password"))
        if not is_sensitive(request.method or "", name, view) or not request.user.is_authenticated:
            return None
        stands = standing(request, at=timezone.now())
        if stands == Standing.FREE and settings.DEMO:
            messages.warning(request, _("演示环境未启用第二因素：正式系统会在此要求验证第二因素。"))
        if stands in {Standing.FREE, Standing.CONFIRMED}:
            return None
        return lead(request, stands)


def lead(request: HttpRequest, stands: Standing) -> HttpResponse:
    """The way to the question, and back to the page from which the deed was begun."""
    if stands == Standing.ENROL:
        address = reverse("accounts:own")
        messages.warning(
            request,
            _("您的角色可以查看敏感信息，须先启用第二因素才能办理。请在下方启用，然后回到原页面重新提交。"),
        )
    else:
        address = f"{reverse('accounts:confirm')}?{urlencode({'next': came_from(request)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def came_from(request: HttpRequest) -> str:
    """The page of this house from which a form was sent; the first page where that is not known."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if not parts.path.startswith("/") or parts.netloc != request.get_host():
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
