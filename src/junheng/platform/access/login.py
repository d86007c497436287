"""Logging in and out: the views, and what somebody sees who tried too often."""

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from junheng.platform.access.entering import HALL, ways_in
from junheng.platform.access.models import User
from junheng.platform.access.refusals import TooManyTries, refusal_response
from junheng.platform.access.scope import remember_grants, roles_of


class Login(LoginView):
    """The login page. In a demo, and nowhere else, it lists who can log in and how."""

    template_name = "ui/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the other ways in, and the demonstration logins if this is a demo."""
        return super().get_context_data(**kwargs) | {
            "ways": ways_in(self.request),
            "demo_logins": demo_logins() if settings.DEMO else [],
        }

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """The password is right: whoever has a second factor is asked for it before the door opens."""
        if HALL.entrance is None:
            return super().form_valid(form)
        user = form.get_user()
        return HALL.entrance(self.request, user, user.backend, self.get_success_url())


class Logout(LogoutView):
    """Logging out is a POST, so that no picture on some page can do it."""

    next_page = settings.LOGOUT_REDIRECT_URL


def demo_logins() -> list[dict[str, Any]]:
    """Everybody who can log in to a demo: ``username``, ``display_name``, ``roles`` (labels), ``password``."""
    today = timezone.localdate()
    users = list(User.objects.filter(is_active=True).order_by("id"))
    remember_grants(users, on=today)
    return [
        {
            "username": user.username,
            "display_name": str(user),
            "roles": [role.label for role in roles_of(user, on=today)],
            "password": settings.DEMO_PASSWORD,
        }
        for user in users
    ]


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """The page after five wrong passwords."""
    return refusal_response(
        request,
        TooManyTries(
            "locked-out",
            "连续 {tries} 次登录失败，账号已暂时锁定。请在 {minutes} 分钟后重试；忘记密码请联系本单位管理员重置。",
            tries=settings.AXES_FAILURE_LIMIT,
            minutes=int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
        ),
    )
