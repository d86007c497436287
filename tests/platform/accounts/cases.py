"""People with second factors and administrators, and browsers that have really logged in."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.accounts import factors, totp
from junheng.platform.accounts.models import Factor
from tests import cast
from tests.makers import areas
from tests.makers.rows import CITY, HERE

PASSWORD = "zhong-guo-jiaozuo-2024"


def member(role: str = Role.COUNTY_OFFICER, *, area: str = HERE, **given: Any) -> User:
    """Somebody with a role and a password, at home in the area of the role."""
    user = cast.somebody(role, area=area, **given)
    user.set_password(PASSWORD)
    user.area = area
    user.save()
    return user


def admin(area: str = CITY) -> User:
    """An administrator of accounts."""
    areas()
    return member(Role.ACCOUNT_ADMIN, area=area)


def with_app(user: User) -> str:
    """Give somebody an authenticator app, long ago; answers its secret."""
    secret, at = totp.new_secret(), timezone.now() - timedelta(hours=1)
    factors.add_app(user, secret=secret, code=code_of(secret, at=at), name="办公手机", at=at)
    return secret


def code_of(secret: str, *, at: Any = None, later: int = 0) -> str:
    """The code that the app shows now, or some steps later."""
    return totp.code_at(secret, totp.step_of(at or timezone.now()) + later)


def sign_in(user: User, secret: str = "") -> Client:
    """A browser that has logged in by the page, with the second factor if there is one."""
    browser = Client()
    answer = browser.post("/login/", {"username": user.username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    if secret:
        assert answer["Location"] == reverse("accounts:second")
        answer = browser.post(answer["Location"], {"code": code_of(secret)})
        assert answer.status_code == 302
        # what was used is used; tests that need another code take the next one
        assert Factor.objects.filter(user=user, used_at__isnull=False).exists()
    return browser


def make_old(browser: Client, name: str, **ago: float) -> None:
    """Have a moment of the session lie in the past."""
    session = browser.session
    session[name] -= int(timedelta(**ago).total_seconds())
    session.save()
