"""Login, lock-out, headers, sizes and refusals: what a browser meets before any page."""

import json
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings as django_settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from junheng.kernel.errors import Conflict
from junheng.platform.access.models import User
from junheng.platform.access.refusals import RefusalMiddleware, bad_request
from junheng.platform.access.roles import Role
from tests import cast

pytestmark = pytest.mark.django_db
PASSWORD = "zhong-guo-jiaozuo-2024"


@pytest.fixture
def member() -> User:
    user = cast.somebody(Role.COUNTY_OFFICER)
    user.set_password(PASSWORD)
    user.save()
    return user


def try_login(browser: Client, user: User, password: str) -> Any:
    return browser.post("/login/", {"username": user.username, "password": password})


def test_login_opens_and_logout_closes(client: Client, member: User) -> None:
    assert try_login(client, member, PASSWORD).status_code == 302
    assert client.session["_auth_user_id"] == str(member.pk)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_lock_out_for_a_quarter_of_an_hour(client: Client, member: User) -> None:
    for _ in range(4):
        assert try_login(client, member, "wrong").status_code == 200
    locked = try_login(client, member, "wrong")
    assert (locked.status_code, locked["X-Refusal"]) == (429, "locked-out")
    assert "连续 5 次登录失败，账号已暂时锁定。请在 15 分钟后重试" in locked.content.decode()
    assert try_login(client, member, PASSWORD).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - django_settings.AXES_COOLOFF_TIME)
    assert try_login(client, member, PASSWORD).status_code == 302


def test_demonstration_logins_are_listed_in_a_demo_and_nowhere_else(
    client: Client, member: User, settings: Any
) -> None:
    assert client.get("/login/").context["demo_logins"] == []
    assert settings.DEMO_PASSWORD not in client.get("/login/").content.decode()
    settings.DEMO = True
    page = client.get("/login/")
    assert page.context["demo_logins"] == [
        {
            "username": member.username,
            "display_name": "县（市、区）教育局",
            "roles": ["县（市、区）教育局"],
            "password": settings.DEMO_PASSWORD,
        }
    ]
    assert settings.DEMO_PASSWORD in page.content.decode()


def test_passwords_are_hashed_with_argon2() -> None:
    assert django_settings.PASSWORD_HASHERS[-1] == "django.contrib.auth.hashers.Argon2PasswordHasher"
    assert Argon2PasswordHasher().encode("x", "salt-of-the-house").startswith("argon2$argon2id$")


def test_cookies_and_headers_are_strict(client: Client, member: User) -> None:
    page = client.get("/login/")
    policy = page["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert (page["X-Frame-Options"], page["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert page["Referrer-Policy"] == "same-origin"
    cookie = try_login(client, member, PASSWORD).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_form_without_its_token_is_refused_with_a_sentence(member: User) -> None:
    page = try_login(Client(enforce_csrf_checks=True), member, PASSWORD)
    assert (page.status_code, page["X-Refusal"]) == (403, "stale-form")
    assert "页面已过期，没有保存任何内容。" in page.content.decode()


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/login/?next=/pupils/", '<a class="button" data-kind="main" href="/login/?next=/pupils/">'),
        ("http://elsewhere.example/login/", ""),
        ("http://testserver//elsewhere.example/", ""),
        ("javascript:alert(1)", ""),
    ],
)  # fmt: skip
def test_a_refused_form_leads_back_to_its_page_and_nowhere_else(
    client: Client, referer: str, back: str
) -> None:
    body = b"u=" + b"a" * (2 * 1024 * 1024)
    kind = "application/x-www-form-urlencoded"
    page = client.generic("POST", "/login/", body, content_type=kind, HTTP_REFERER=referer).content.decode()
    assert ("返回刚才的页面" in page) == bool(back)
    assert back in page


def test_too_much_text_is_refused_before_it_is_read(client: Client) -> None:
    body = b"u=" + b"a" * (2 * 1024 * 1024)
    page = client.generic("POST", "/login/", body, content_type="application/x-www-form-urlencoded")
    assert (page.status_code, page["X-Refusal"]) == (413, "too-large")
    assert "超过 2 MB" in page.content.decode()


def test_too_big_a_file_is_refused_before_it_is_read(client: Client) -> None:
    page = client.generic(
        "POST",
        "/login/",
        b"x",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(21 * 1024 * 1024),
    )
    assert (page.status_code, page["X-Refusal"]) == (413, "file-too-large")


def test_an_address_that_leads_nowhere_says_so_in_chinese(client: Client) -> None:
    page = client.get("/no/such/page/")
    assert (page.status_code, page["X-Refusal"]) == (404, "not-found")
    assert "没有找到这个页面" in page.content.decode()


def refuse(request: HttpRequest) -> HttpResponse | None:
    """What the middleware makes of a refusal."""
    middleware = RefusalMiddleware(lambda _request: HttpResponse())
    return middleware.process_exception(request, Conflict("sample", "「{name}」已被修改。", name="甲校"))


def test_a_refusal_is_a_page_a_sentence_or_json(rf: RequestFactory) -> None:
    page = refuse(request_for(rf.get("/x/")))
    assert page is not None
    assert (page.status_code, page["X-Refusal"]) == (409, "sample")
    assert "「甲校」已被修改。" in page.content.decode()
    note = refuse(request_for(rf.get("/x/", headers={"HX-Request": "true"})))
    assert note is not None
    assert note.content.decode() == "「甲校」已被修改。"
    answer = refuse(request_for(rf.get("/api/x/")))
    assert answer is not None
    assert answer["Content-Type"].startswith("application/problem+json")
    told = json.loads(answer.content)
    assert (told["status"], told["code"], told["detail"]) == (409, "sample", "「甲校」已被修改。")
    assert told["sentence"] == told["detail"]


def test_a_mistake_of_ours_stays_one(rf: RequestFactory) -> None:
    assert (
        RefusalMiddleware(lambda _request: HttpResponse()).process_exception(rf.get("/"), KeyError("x"))
        is None
    )


def test_what_django_cannot_read_is_refused(rf: RequestFactory) -> None:
    assert bad_request(request_for(rf.get("/")), ValueError())["X-Refusal"] == "bad-request"


def request_for(request: Any) -> Any:
    """A request as the middleware would have prepared it."""
    request.user = cast.stranger()
    return request


@pytest.mark.parametrize(("chosen", "spoken"), [("", "zh-hans"), ("en", "en"), ("fr", "zh-hans")])
def test_chinese_until_somebody_chooses_whatever_the_browser_prefers(
    client: Client, chosen: str, spoken: str
) -> None:
    client.cookies["django_language"] = chosen
    assert client.get("/login/", headers={"Accept-Language": "en"})["Content-Language"] == spoken
