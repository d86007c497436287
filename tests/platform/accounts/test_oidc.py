"""Sign-in by a service: the whole walk against a little real one, and every lie it can tell is refused."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.accounts.models import Identity, Visit
from junheng.platform.accounts.oidc.fetching import Unreachable, fetch
from junheng.platform.audit.models import Entry
from junheng.project import env
from tests.platform.accounts.cases import code_of, member, with_app
from tests.platform.accounts.provider import CLIENT, SECRET, Provider, serving

pytestmark = pytest.mark.django_db
BACK = "/accounts/service/back/"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with serving() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider, settings: Any) -> Provider:
    """The service as new, and a house that trusts it."""
    running.__dict__.update(Provider(issuer=running.issuer).__dict__)
    settings.JUNHENG_OIDC = {
        "issuer": running.issuer, "client": CLIENT, "secret": SECRET, "claim": "preferred_username", "name": "统一身份认证登录",
    }  # fmt: skip
    return running


@pytest.fixture
def zhang() -> User:
    user = member(Role.COUNTY_OFFICER)
    User.objects.filter(pk=user.pk).update(username="zhangsan-01")
    user.refresh_from_db()
    return user


def leave(browser: Client, then: str = "") -> str:
    answer = browser.post("/accounts/service/", {"next": then})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer["Location"])


def walk(provider: Provider, browser: Client | None = None, **changed: str) -> Any:
    browser = browser or Client()
    return browser.get(BACK, provider.authorize(leave(browser)) | changed)


def refused(answer: Any, code: str) -> None:
    assert answer["X-Refusal"] == code, answer.content.decode()[:2000]
    assert "_auth_user_id" not in answer.client.session
    assert not Identity.objects.exists()


def test_who_is_known_comes_in_and_is_bound_once(provider: Provider, zhang: User) -> None:
    browser = Client()
    page = browser.get("/login/?next=/registers/").content.decode()
    assert "统一身份认证登录" in page
    back = provider.authorize(leave(browser, "/registers/"))
    before = browser.session.session_key
    answer = browser.get(BACK, back)
    assert (answer.status_code, answer["Location"]) == (302, "/registers/")
    assert browser.session.session_key != before
    assert browser.get("/registers/").status_code == 200
    bound = Identity.objects.get()
    assert (bound.user, bound.issuer, bound.subject) == (zhang, provider.issuer, "u-1")
    assert Visit.objects.get(user=zhang).how == "service"
    assert [one.why for one in Entry.objects.order_by("id")][-2:] == ["首次统一身份登录，绑定账号", "登录"]
    provider.claims["preferred_username"] = "another-name"
    assert walk(provider).status_code == 302
    assert Identity.objects.count() == 1, "the binding counts, not the name"


def test_a_sign_in_is_used_once(provider: Provider, zhang: User) -> None:
    browser = Client()
    back = provider.authorize(leave(browser))
    assert browser.get(BACK, back).status_code == 302
    again = Client()
    assert again.get(BACK, back)["X-Refusal"] == "sign-in-not-begun"
    assert browser.get(BACK, back)["X-Refusal"] == "sign-in-not-begun"


def test_the_second_factor_is_asked_after_the_service_too(provider: Provider, zhang: User) -> None:
    secret = with_app(zhang)
    browser = Client()
    assert walk(provider, browser)["Location"] == "/accounts/second/"
    assert "_auth_user_id" not in browser.session
    assert browser.post("/accounts/second/", {"code": code_of(secret)}).status_code == 302
    visit = Visit.objects.get(user=zhang)
    assert (visit.how, visit.factor) == ("service", "totp")


def test_nobody_registers_himself(provider: Provider) -> None:
    before = User.objects.count()
    answer = walk(provider)
    refused(answer, "no-account-for-identity")
    assert answer.status_code == 403
    assert "请联系本单位账号管理员开通" in answer.content.decode()
    assert "ZhangSan-01" in answer.content.decode()
    assert User.objects.count() == before
    entry = Entry.objects.get(table="accounts.identity")
    assert (entry.who, entry.why, entry.after) == (
        "oidc",
        "统一身份登录未通过",
        {"code": "no-account-for-identity"},
    )


def test_closed_accounts_stay_closed(provider: Provider, zhang: User) -> None:
    User.objects.filter(pk=zhang.pk).update(is_active=False)
    refused(walk(provider), "no-account-for-identity")
    User.objects.filter(pk=zhang.pk).update(is_active=True)
    walk(provider)
    User.objects.filter(pk=zhang.pk).update(is_active=False)
    assert walk(provider)["X-Refusal"] == "no-account-for-identity"


def test_a_name_that_went_to_another_person_opens_nothing(provider: Provider, zhang: User) -> None:
    walk(provider)
    provider.claims["sub"] = "u-2"
    answer = walk(provider)
    assert answer["X-Refusal"] == "identity-changed"
    assert Identity.objects.get().subject == "u-1"


LIES: dict[str, Callable[[Provider], None]] = {
    "nonce": lambda one: one.claims.update(nonce="another"),
    "no nonce": lambda one: setattr(one, "leave_out", ("nonce",)),
    "issuer": lambda one: one.claims.update(iss="https://evil.example"),
    "audience": lambda one: one.claims.update(aud="another-house"),
    "party": lambda one: one.claims.update(aud=[CLIENT, "another-house"], azp="another-house"),
    "expired": lambda one: one.claims.update(exp=int(time.time()) - 60),
    "no end": lambda one: setattr(one, "leave_out", ("exp",)),
    "from the future": lambda one: one.claims.update(iat=int(time.time()) + 600),
    "no subject": lambda one: setattr(one, "leave_out", ("sub",)),
    "key": lambda one: setattr(one, "key", "false"),
    "unknown key": lambda one: setattr(one, "headers", {"kid": "k2"}),
    "shared secret": lambda one: setattr(one, "algorithm", "HS256"),
    "no signature": lambda one: setattr(one, "algorithm", "none"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_does_not_hold_is_refused(provider: Provider, zhang: User, lie: str) -> None:
    LIES[lie](provider)
    answer = walk(provider)
    refused(answer, "sign-in-not-believed")
    assert answer.status_code == 403
    assert (
        Entry.objects.filter(table="accounts.identity", after={"code": "sign-in-not-believed"}).count() == 1
    )


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": None},
        {"authorization_endpoint": "https://evil.example/a"},
    ],
)
def test_a_description_that_leads_elsewhere_is_refused(provider: Provider, told: dict[str, Any]) -> None:
    provider.description = told
    answer = Client().post("/accounts/service/")
    assert (answer.status_code, answer["X-Refusal"]) == (503, "sign-in-service-away")
    assert "统一身份认证暂时不可用" in answer.content.decode()


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_service_that_is_away_is_a_page_that_says_so(provider: Provider, status: int) -> None:
    provider.status = status
    assert Client().post("/accounts/service/").status_code == 503
    assert "/elsewhere" not in provider.asked


def test_a_wrong_state_reaches_no_service(provider: Provider, zhang: User) -> None:
    browser = Client()
    back = provider.authorize(leave(browser))
    provider.asked.clear()
    refused(browser.get(BACK, back | {"state": "guessed"}), "sign-in-not-begun")
    refused(browser.get(BACK, back), "sign-in-not-begun")
    refused(browser.get(BACK, {"code": back["code"]}), "sign-in-not-begun")
    assert provider.asked == []


def test_a_code_that_is_not_ours_and_a_refusal_of_the_service(provider: Provider, zhang: User) -> None:
    refused(walk(provider, code="stolen"), "sign-in-service-away")
    browser = Client()
    state = parse_qs(urlsplit(leave(browser)).query)["state"][0]
    refused(browser.get(BACK, {"state": state, "error": "access_denied"}), "sign-in-refused")


def test_the_claim_may_come_with_the_user_facts_of_the_same_person(provider: Provider, zhang: User) -> None:
    provider.leave_out = ("preferred_username",)
    provider.userinfo = {"sub": "u-9", "preferred_username": "zhangsan-01"}
    refused(walk(provider), "sign-in-not-believed")
    provider.userinfo = {"sub": "u-1", "preferred_username": "zhangsan-01"}
    assert walk(provider).status_code == 302
    assert Identity.objects.get().user == zhang


def test_an_address_counts_only_when_the_service_has_verified_it(
    provider: Provider, zhang: User, settings: Any
) -> None:
    settings.JUNHENG_OIDC = settings.JUNHENG_OIDC | {"claim": "email"}
    User.objects.filter(pk=zhang.pk).update(email="zhang@jyj.example")
    provider.claims["email"] = "zhang@jyj.example"
    refused(walk(provider), "sign-in-not-believed")
    provider.claims["email_verified"] = True
    assert walk(provider).status_code == 302


def test_the_secret_may_go_in_the_form(provider: Provider, zhang: User) -> None:
    provider.description = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert walk(provider).status_code == 302


def test_nobody_is_led_out_of_the_house_afterwards(provider: Provider, zhang: User) -> None:
    browser = Client()
    back = provider.authorize(leave(browser, "https://evil.example/"))
    assert browser.get(BACK, back)["Location"] == "/"


def test_without_a_service_there_is_nothing(client: Client) -> None:
    assert "统一身份认证登录" not in client.get("/login/").content.decode()
    assert client.post("/accounts/service/").status_code == 404
    assert client.get(BACK).status_code == 404
    assert client.get("/accounts/service/").status_code == 405


def test_forms_may_lead_to_the_service_only_where_one_is_configured(client: Client) -> None:
    assert "form-action 'self';" in client.get("/login/")["Content-Security-Policy"] + ";"
    assert env.origin("https://id.example/realms/edu") == "https://id.example"
    with pytest.raises(env.ImproperlyConfigured):
        env.origin("id.example")


@pytest.mark.parametrize("address", ["http://id.example/x", "file:///etc/passwd", "ftp://id.example/", ""])
def test_only_https_is_asked(address: str) -> None:
    with pytest.raises(Unreachable):
        fetch(address)
