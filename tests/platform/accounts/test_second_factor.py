"""Second factors: taken on with proof, asked for at the door and before every sensitive deed, good once, locked when guessed."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from junheng.domains.pupils.models import Pupil
from junheng.platform.access.models import Tries, User
from junheng.platform.access.roles import RULES, Role
from junheng.platform.access.tries import WINDOW
from junheng.platform.accounts import codes, factors, totp
from junheng.platform.accounts.models import Factor, Kind, Visit
from junheng.platform.accounts.moments import CONFIRMED, PENDING, PENDING_MINUTES, SEEN, SIGNED
from junheng.platform.accounts.policy import NEEDS_FACTOR
from junheng.platform.accounts.sensitive import BY_NAME
from junheng.platform.audit.models import Entry
from junheng.platform.registers import every_register
from junheng.platform.registers.flags import SENSITIVE
from tests.makers import make
from tests.platform.accounts.cases import PASSWORD, code_of, make_old, member, sign_in, with_app

pytestmark = pytest.mark.django_db
CONFIRM = "/accounts/confirm/"


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.JUNHENG_SECOND_FACTOR = "required"


@pytest.fixture
def pupil() -> Any:
    return make(Pupil, id_number="110101201501011237") if has("id_number") else make(Pupil)


def has(name: str) -> bool:
    return any(field.name == name for field in Pupil._meta.concrete_fields)


def unmask(browser: Client, pupil: Any, **heads: Any) -> Any:
    return browser.post(
        reverse("registers:unmask", args=["pupils", pupil.pk]), {"why": "核对学籍"}, headers=heads
    )


def readings() -> int:
    return Entry.objects.filter(verb="read").count()


# at the door


def test_a_password_alone_does_not_open_where_there_is_a_factor() -> None:
    user = member()
    secret = with_app(user)
    browser = Client()
    answer = browser.post(
        "/login/?next=/registers/", {"username": user.username, "password": PASSWORD, "next": "/registers/"}
    )
    assert answer["Location"] == "/accounts/second/"
    assert "_auth_user_id" not in browser.session
    assert browser.get("/registers/").status_code == 302
    before = browser.session.session_key
    page = browser.get("/accounts/second/").content.decode()
    assert "第二步验证" in page
    assert str(user) in page
    answer = browser.post("/accounts/second/", {"code": code_of(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/registers/")
    assert browser.session["_auth_user_id"] == str(user.pk)
    assert browser.session.session_key != before, "a new key after signing in"
    assert PENDING not in browser.session
    visit = Visit.objects.get(user=user)
    assert (visit.how, visit.factor, visit.session) == ("password", "totp", browser.session.session_key)
    entry = Entry.objects.filter(table="access.user", row=user.pk, why="登录").get()
    assert entry.after == {"how": "password", "factor": "totp"}


def test_nobody_stands_at_the_second_door_by_chance() -> None:
    page = Client().get("/accounts/second/")
    assert (page.status_code, page["X-Refusal"]) == (400, "sign-in-stale")


def test_the_second_door_closes_after_minutes_and_for_closed_accounts() -> None:
    user = member()
    secret = with_app(user)
    browser = Client()
    browser.post("/login/", {"username": user.username, "password": PASSWORD})
    session = browser.session
    session[PENDING] = session[PENDING] | {"at": session[PENDING]["at"] - PENDING_MINUTES * 60 - 1}
    session.save()
    assert browser.post("/accounts/second/", {"code": code_of(secret)})["X-Refusal"] == "sign-in-stale"
    browser.post("/login/", {"username": user.username, "password": PASSWORD})
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert browser.post("/accounts/second/", {"code": code_of(secret)})["X-Refusal"] == "sign-in-stale"


def test_a_code_is_good_once() -> None:
    user = member()
    secret = with_app(user)
    code = code_of(secret)
    assert factors.check_code(user, code, at=timezone.now()) == Kind.TOTP
    browser = Client()
    browser.post("/login/", {"username": user.username, "password": PASSWORD})
    again = browser.post("/accounts/second/", {"code": code})
    assert again.status_code == 400
    assert "口令不正确或已用过" in again.content.decode()
    assert "_auth_user_id" not in browser.session
    earlier = totp.code_at(secret, totp.step_of(timezone.now()) - 1)
    with pytest.raises(factors.Refusal):
        factors.check_code(user, earlier, at=timezone.now())


def test_two_requests_with_one_code_do_not_both_succeed() -> None:
    """The step is taken by one statement: whoever read the factor before comes too late."""
    user = member()
    secret = with_app(user)
    at = timezone.now()
    stale = Factor.objects.get(user=user, kind=Kind.TOTP)
    code = totp.code_at(secret, totp.step_of(at))
    assert factors.by_app(user, code, at=at) == "totp"
    step = totp.step_of_code(secret, code, at=at, after=stale.last_step)
    assert step is not None
    assert Factor.objects.filter(pk=stale.pk, last_step__lt=step).update(last_step=step) == 0


def test_the_clock_of_a_phone_may_be_half_a_minute_off_and_no_more() -> None:
    user = member()
    secret = with_app(user)
    at = timezone.now()
    now = totp.step_of(at)
    for step, good in ((now - 2, False), (now + 2, False), (now - 1, True), (now + 1, True)):
        found = totp.step_of_code(secret, totp.code_at(secret, step), at=at, after=0)
        assert (found == step) is good


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12345a", "１２３４５６", "abcdef"])
def test_what_is_no_code_is_no_code(text: str) -> None:
    assert totp.step_of_code(totp.new_secret(), text, at=timezone.now(), after=0) is None


def test_five_wrong_codes_lock_even_for_the_right_one_and_even_elsewhere() -> None:
    user = member()
    secret = with_app(user)
    browser = Client()
    browser.post("/login/", {"username": user.username, "password": PASSWORD})
    answers = [browser.post("/accounts/second/", {"code": "000000"}).status_code for _ in range(5)]
    assert answers == [400] * 4 + [429]
    other = Client()
    other.post("/login/", {"username": user.username, "password": PASSWORD})
    locked = other.post("/accounts/second/", {"code": code_of(secret)})
    assert locked.status_code == 429
    assert "请在 15 分钟后重试" in locked.content.decode()
    entries = Entry.objects.filter(table="access.user", row=user.pk, why="第二因素核对未通过")
    assert [one.after for one in entries] == [{"times": number} for number in range(1, 6)]
    Tries.objects.update(until=timezone.now())
    assert other.post("/accounts/second/", {"code": code_of(secret, later=1)}).status_code == 302
    assert WINDOW.total_seconds() == 900


def test_recovery_codes_are_good_once_and_kept_as_digests() -> None:
    user = member()
    with_app(user)
    made = factors.renew_codes(user, at=timezone.now())
    assert len(set(made)) == codes.HOW_MANY
    kept = str(Factor.objects.get(user=user, kind=Kind.CODES).data)
    told = str(list(Entry.objects.filter(table="accounts.factor").values_list("after", flat=True)))
    assert [one for one in made if one in kept or one in told] == []
    browser = Client()
    browser.post("/login/", {"username": user.username, "password": PASSWORD})
    assert browser.post("/accounts/second/", {"code": made[0].lower().replace("-", " ")}).status_code == 302
    assert "您使用了一个恢复码" in browser.get("/accounts/").content.decode()
    again = Client()
    again.post("/login/", {"username": user.username, "password": PASSWORD})
    assert again.post("/accounts/second/", {"code": made[0]}).status_code == 400
    assert again.post("/accounts/second/", {"code": made[1]}).status_code == 302
    factors.renew_codes(user, at=timezone.now())
    with pytest.raises(factors.Refusal):
        factors.check_code(user, made[2], at=timezone.now())


# taking on and letting go


def test_an_app_is_taken_on_with_a_code_and_recovery_codes_are_shown_once() -> None:
    user = member()
    browser = sign_in(user)
    page = browser.get("/accounts/factors/app/").content.decode()
    assert 'src="data:image/svg+xml' in page
    secret = "".join(re.findall(r'<code class="token">([A-Z2-7 ]+)</code>', page)[0].split())
    wrong = browser.post("/accounts/factors/app/", {"code": "000000"})
    assert wrong.status_code == 422
    assert not Factor.objects.exists()
    done = browser.post("/accounts/factors/app/", {"code": code_of(secret), "name": "办公手机"})
    assert done.status_code == 200
    shown = re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", done.content.decode())
    assert len(shown) == codes.HOW_MANY
    own = browser.get("/accounts/").content.decode()
    assert "办公手机" in own
    assert shown[0] not in own
    factor = Factor.objects.get(kind=Kind.TOTP)
    assert secret not in json.dumps(factor.data), "the secret is sealed at rest"
    assert secret not in str(list(Entry.objects.values("before", "after")))
    with pytest.raises(factors.Refusal):
        factors.check_code(user, code_of(secret), at=timezone.now())


def test_a_first_factor_wants_the_password_again_when_the_sign_in_is_old() -> None:
    user = member()
    browser = sign_in(user)
    make_old(browser, SIGNED, minutes=16)
    led = browser.get("/accounts/factors/app/")
    assert led["Location"].startswith(CONFIRM)
    assert browser.post(led["Location"], {"password": "wrong"}).status_code == 422
    back = browser.post(led["Location"], {"password": PASSWORD, "next": "/accounts/factors/app/"})
    assert back["Location"] == "/accounts/factors/app/"
    assert browser.get("/accounts/factors/app/").status_code == 200


def test_another_factor_wants_the_first_one() -> None:
    user = member()
    secret = with_app(user)
    browser = sign_in(user, secret)
    make_old(browser, CONFIRMED, minutes=16)
    for address in ("/accounts/factors/app/", "/accounts/factors/passkey/"):
        assert browser.get(address)["Location"].startswith(CONFIRM)
    factor = Factor.objects.get(user=user, kind=Kind.TOTP)
    assert browser.post(f"/accounts/factors/{factor.pk}/remove/")["Location"].startswith(CONFIRM)
    assert browser.post("/accounts/factors/codes/")["Location"].startswith(CONFIRM)
    assert Factor.objects.filter(pk=factor.pk).exists()
    browser.post(CONFIRM, {"code": code_of(secret, later=1)})
    assert browser.post(f"/accounts/factors/{factor.pk}/remove/")["Location"] == "/accounts/"
    assert not Factor.objects.filter(user=user).exists()


def test_nobody_removes_the_factor_of_another() -> None:
    user, other = member(), member()
    browser = sign_in(user, with_app(user))
    with_app(other)
    theirs = Factor.objects.get(user=other)
    answer = browser.post(f"/accounts/factors/{theirs.pk}/remove/")
    assert (answer.status_code, answer["X-Refusal"]) == (404, "no-such-factor")
    assert Factor.objects.filter(pk=theirs.pk).exists()


# before a sensitive deed


def test_without_a_factor_nothing_is_unmasked_and_the_way_is_shown(pupil: Any) -> None:
    browser = sign_in(member())
    answer = unmask(browser, pupil)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/")
    assert "须先启用第二因素才能办理" in browser.get("/accounts/").content.decode()
    assert readings() == 0


def test_a_fresh_factor_unmasks_and_an_old_one_asks_again(pupil: Any) -> None:
    user = member()
    secret = with_app(user)
    browser = sign_in(user, secret)
    assert unmask(browser, pupil).status_code == 200
    make_old(browser, CONFIRMED, minutes=15, seconds=5)
    page = f"http://testserver/registers/pupils/{pupil.pk}/"
    led = unmask(browser, pupil, referer=page)
    assert led["Location"] == f"{CONFIRM}?next=%2Fregisters%2Fpupils%2F{pupil.pk}%2F"
    assert readings() == 1
    back = browser.post(
        led["Location"], {"code": code_of(secret, later=1), "next": f"/registers/pupils/{pupil.pk}/"}
    )
    assert back["Location"] == f"/registers/pupils/{pupil.pk}/"
    assert unmask(browser, pupil).status_code == 200
    assert readings() == 2


def test_the_question_never_leads_out_of_the_house(pupil: Any) -> None:
    user = member()
    secret = with_app(user)
    browser = sign_in(user, secret)
    make_old(browser, CONFIRMED, minutes=16)
    assert unmask(browser, pupil, referer="https://evil.example/x")["Location"] == f"{CONFIRM}?next=%2F"
    answer = browser.post(CONFIRM, {"code": code_of(secret, later=1), "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_htmx_sends_the_whole_window(pupil: Any) -> None:
    answer = unmask(sign_in(member()), pupil, **{"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/accounts/")


def test_offered_lets_through_and_a_demo_says_so(settings: Any, pupil: Any) -> None:
    settings.JUNHENG_SECOND_FACTOR = "offered"
    browser = sign_in(member())
    assert "演示环境未启用第二因素" not in unmask(browser, pupil).content.decode()
    settings.DEMO = True
    assert "演示环境未启用第二因素" in unmask(browser, pupil).content.decode()
    assert readings() == 2


def test_who_has_a_factor_is_asked_even_where_it_is_only_offered(settings: Any, pupil: Any) -> None:
    settings.JUNHENG_SECOND_FACTOR = "offered"
    user = member()
    browser = sign_in(user, with_app(user))
    make_old(browser, CONFIRMED, minutes=16)
    assert unmask(browser, pupil)["Location"].startswith(CONFIRM)


def test_roles_that_see_nothing_masked_are_left_alone() -> None:
    assert {role for role in Role if RULES[role].unmask} | {Role.ACCOUNT_ADMIN} == NEEDS_FACTOR
    browser = sign_in(member(Role.AUDITOR))
    assert browser.post(reverse("tokens:mine"), {}).status_code == 422


def test_a_token_is_made_only_with_the_factor() -> None:
    answer = sign_in(member()).post(reverse("tokens:mine"), {"name": "考务系统"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/")


def test_every_name_on_the_list_is_an_address() -> None:
    known = {
        f"{space}:{name}"
        for space, (_prefix, one) in get_resolver().namespace_dict.items()
        for name in one.reverse_dict
        if isinstance(name, str)
    }
    assert BY_NAME - known == set()


@pytest.mark.parametrize("slug", [one.slug for one in every_register().values() if one.flagged(SENSITIVE)])
def test_a_password_alone_unmasks_in_no_register_by_no_address(slug: str, monkeypatch: Any) -> None:
    """Also with the middleware's list emptied: the second lock holds by itself."""
    register = every_register()[slug]
    row = make(register.model)
    role = next(
        (one for one in Role if RULES[one].level == "area" and may_unmask(one, register)), Role.CITY_SECTION
    )
    browser = sign_in(member(role))
    addresses = [
        reverse("registers:unmask", args=[slug, row.pk]),
        f"{reverse('registers:export', args=[slug])}?format=csv&on=all",
    ]
    before = readings()
    for listed in (True, False):
        if not listed:
            monkeypatch.setattr("junheng.platform.accounts.sensitive.BY_NAME", frozenset())
        for address in addresses:
            answer = browser.post(address, {"why": "核对"})
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code == 302 or not shown(
                row, register, body.decode("utf-8-sig", "replace")
            ), address
    assert readings() == before


def may_unmask(role: Role, register: Any) -> bool:
    from junheng.platform.access.scope import role_may

    return role_may(role, register, "unmask")


def shown(row: Any, register: Any, text: str) -> bool:
    values = [str(getattr(row, field.name) or "") for field in register.flagged(SENSITIVE)]
    return any(len(value) > 3 and value in text for value in values)


# the session


def test_a_session_ends_when_nobody_is_there(settings: Any) -> None:
    browser = sign_in(member())
    make_old(browser, SEEN, minutes=29)
    assert browser.get("/registers/").status_code == 200
    make_old(browser, SEEN, minutes=31)
    assert browser.get("/registers/").status_code == 302
    assert "系统已自动退出" in browser.get("/login/").content.decode()
    settings.JUNHENG_IDLE_MINUTES = 0
    busy = sign_in(member())
    make_old(busy, SEEN, hours=5)
    assert busy.get("/registers/").status_code == 200


def test_a_session_ends_after_twelve_hours_however_busy() -> None:
    browser = sign_in(member())
    make_old(browser, SIGNED, hours=12, minutes=1)
    assert browser.get("/registers/").status_code == 302


def test_a_changed_key_of_the_house_is_said_not_crashed(settings: Any) -> None:
    user = member()
    with_app(user)
    settings.SECRET_KEY = "another key of this house, long enough"
    with pytest.raises(factors.Refusal) as told:
        factors.check_code(user, "123456", at=timezone.now())
    assert told.value.code == "factor-key-changed"
