"""Looking after accounts and grants: within one's area, never for oneself, two for what is sensitive, all of it in the chain."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.domains.schools.models import School
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.accounts.models import Factor, Invitation, Proposal, Visit
from junheng.platform.accounts.reading import administrators, idle_accounts, sight_of, without_factor
from junheng.platform.accounts.rights import accounts_of
from junheng.platform.audit.models import Entry
from junheng.platform.registers import every_register
from tests import cast
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE
from tests.platform.accounts.cases import PASSWORD, admin, code_of, member, sign_in, with_app

pytestmark = pytest.mark.django_db


def today() -> Any:
    return timezone.localdate()


# who looks after whom


def test_an_administrator_sees_no_row_of_any_register() -> None:
    user = admin()
    sight = sight_of(user, on=today())
    assert (sight.views, sight.changes, sight.exports, sight.unmasks) == (0, 0, 0, 0)
    browser = sign_in(user)
    for slug in every_register():
        assert browser.get(reverse("registers:list", args=[slug])).status_code == 404


def test_accounts_outside_the_area_look_absent() -> None:
    county = admin(HERE)
    here, there, city = member(area=HERE), member(area=THERE), member(Role.CITY_LEADER, area=CITY)
    abroad = member(area=HERE)
    cast.grant(abroad, Role.COUNTY_OFFICER, area=THERE)
    auditor = member(Role.AUDITOR, area=HERE)
    reached = set(accounts_of(county, on=today()))
    assert here in reached
    assert reached & {there, city, abroad, auditor} == set(), (
        "nor who has rights elsewhere, nor one's own auditor"
    )
    assert {here, there, city, abroad, auditor} <= set(accounts_of(admin(CITY), on=today()))
    browser = sign_in(county)
    page = browser.get("/accounts/people/").content.decode()
    assert here.username in page
    assert there.username not in page
    for name in ("person", "give"):
        assert browser.get(reverse(f"accounts:{name}", args=[there.pk])).status_code == 404
    for name in ("close", "invite", "reset", "give"):
        answer = browser.post(reverse(f"accounts:{name}", args=[there.pk]), {"why": "x"})
        assert (answer.status_code, answer["X-Refusal"]) == (404, "no-such-account"), name
    theirs = Grant.objects.get(user=there)
    assert browser.post(reverse("accounts:end-grant", args=[theirs.pk]), {"why": "x"}).status_code == 404
    there.refresh_from_db()
    theirs.refresh_from_db()
    assert there.is_active
    assert theirs.until is None


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ACCOUNT_ADMIN])
def test_no_other_role_reaches_these_pages(role: Role) -> None:
    person = member(role, area=CITY)
    browser = sign_in(person)
    assert "账号管理" not in browser.get("/accounts/").content.decode()
    for name, args in (("people", []), ("new", []), ("proposals", []), ("person", [person.pk])):
        assert browser.get(reverse(f"accounts:{name}", args=args)).status_code == 403, name
    for name, args in (
        ("close-idle", []),
        ("judge", [1]),
        ("close", [person.pk]),
        ("give", [person.pk]),
        ("end-grant", [1]),
    ):
        assert browser.post(reverse(f"accounts:{name}", args=args), {"why": "x"}).status_code == 403, name


def test_the_menu_offers_accounts_to_administrators_only() -> None:
    assert "/accounts/people/" in sign_in(admin()).get("/accounts/").content.decode()


def test_every_deed_on_accounts_asks_for_the_factor(settings: Any) -> None:
    settings.JUNHENG_SECOND_FACTOR = "required"
    browser, other = sign_in(admin()), member()
    grant = Grant.objects.get(user=other)
    for name, args in (
        ("new", []), ("close-idle", []), ("close", [other.pk]), ("invite", [other.pk]), ("reset", [other.pk]),
        ("give", [other.pk]), ("end-grant", [grant.pk]), ("judge", [1]),
    ):  # fmt: skip
        answer = browser.post(reverse(f"accounts:{name}", args=args), {"why": "x"})
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/"), name


# accounts


def test_a_new_account_gets_a_link_once_and_nobody_knows_the_password() -> None:
    browser = sign_in(admin(HERE))
    page = browser.post(
        "/accounts/people/new/", {"username": "zhangsan-01", "name": "张三（演示）", "area": HERE}
    )
    link = page.context["link"]
    assert link in page.content.decode()
    user = User.objects.get(username="zhangsan-01")
    assert link not in browser.get(reverse("accounts:person", args=[user.pk])).content.decode()
    secret = link.rstrip("/").rsplit("/", 1)[1]
    assert secret not in str(list(Invitation.objects.values())) + str(list(Entry.objects.values()))
    guest = Client()
    assert "您的用户名是 zhangsan-01" in guest.get(link).content.decode()
    for weak, says in (("12345678", "10"), ("password123", "常见"), ("zhangsan-01", "相似")):
        answer = guest.post(link, {"new_password1": weak, "new_password2": weak})
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert guest.post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD})["Location"] == "/login/"
    assert guest.get(link)["X-Refusal"] == "invitation-over"
    assert sign_in(user).get("/accounts/").status_code == 200
    entries = Entry.objects.filter(table="access.user", row=user.pk).order_by("id")
    assert [one.why for one in entries] == ["新建账号", "设置密码", "登录"]
    user.refresh_from_db()
    assert "password" not in str(list(entries.values_list("after", flat=True))).replace(
        "password_set_at", ""
    ).replace("'how': 'password'", "")
    assert user.password not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"username": "A b"}, "用户名须为"),
        ({"username": "x"}, "用户名须为"),
        ({"name": "  "}, "这个字段是必填项"),
        ({"username": "taken-name"}, "已被使用"),
        ({"area": THERE}, "选择一个有效的选项"),
    ],
)
def test_a_wrong_new_account_is_refused_with_a_sentence(given: dict[str, str], says: str) -> None:
    User.objects.create(username="taken-name")
    browser, before = sign_in(admin(HERE)), User.objects.count()
    page = browser.post("/accounts/people/new/", {"username": "li-si", "name": "李四", "area": HERE} | given)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert User.objects.count() == before


def test_a_link_runs_out_is_replaced_and_dies_with_the_account(settings: Any) -> None:
    browser, user = sign_in(admin(HERE)), member()
    address = reverse("accounts:invite", args=[user.pk])
    first, second = (browser.post(address).context["link"] for _ in range(2))
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    Invitation.objects.update(until=timezone.now())
    assert Client().get(second).status_code == 404
    third = browser.post(address).context["link"]
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert Client().get(third).status_code == 404
    assert browser.post(address)["X-Refusal"] == "account-closed"


def test_guessing_links_is_paused() -> None:
    guest = Client()
    answers = {guest.get(f"/accounts/invitation/guess-{number}/").status_code for number in range(20)}
    assert answers == {404}
    assert guest.get("/accounts/invitation/one-more/").status_code == 429


def test_closing_ends_sessions_at_once_and_wants_a_reason() -> None:
    user = member()
    theirs, browser = sign_in(user), sign_in(admin(HERE))
    address = reverse("accounts:close", args=[user.pk])
    assert browser.post(address, {"why": " "})["X-Refusal"] == "reason-missing"
    assert theirs.get("/registers/").status_code == 200
    browser.post(address, {"why": "调离"})
    assert theirs.get("/registers/").status_code == 302
    assert Client().post("/login/", {"username": user.username, "password": PASSWORD}).status_code == 200
    browser.post(address, {"why": "调回"})
    assert sign_in(user).get("/registers/").status_code == 200
    entries = Entry.objects.filter(table="access.user", row=user.pk, verb="change").order_by("id")
    assert [(one.why, one.after) for one in entries] == [
        ("调离", {"is_active": False}),
        ("调回", {"is_active": True}),
    ]


def test_nobody_does_a_deed_on_himself() -> None:
    user = admin()
    browser = sign_in(user)
    for name in ("close", "invite", "reset", "give"):
        answer = browser.post(reverse(f"accounts:{name}", args=[user.pk]), {"why": "x"})
        assert (answer.status_code, answer["X-Refusal"]) == (403, "not-on-yourself"), name
    grant = Grant.objects.get(user=user)
    assert browser.post(reverse("accounts:end-grant", args=[grant.pk]), {"why": "x"}).status_code == 403


def test_idle_accounts_are_listed_and_closed_by_choice() -> None:
    now = timezone.now()
    county = admin(HERE)
    old, young, never, elsewhere = member(), member(), member(), member(area=THERE)
    User.objects.filter(pk__in=[old.pk, elsewhere.pk]).update(last_login=now - timedelta(days=91))
    User.objects.filter(pk=young.pk).update(last_login=now - timedelta(days=89))
    User.objects.filter(pk=never.pk).update(date_joined=now - timedelta(days=91))
    assert set(idle_accounts(county, at=now, on=today())) == {old, never}
    browser = sign_in(county)
    page = browser.get("/accounts/people/?state=idle").content.decode()
    assert old.username in page
    assert young.username not in page
    browser.post("/accounts/people/idle/close/", {"account": [old.pk, young.pk, elsewhere.pk]})
    closed = set(User.objects.filter(is_active=False))
    assert closed == {old}, "only what is idle and in one's care"
    assert Entry.objects.filter(table="access.user", row=old.pk, why="长期未使用").exists()


# factors of others


def test_lost_factors_are_reset_by_one_or_by_two() -> None:
    plain, teacher = member(Role.TOWNSHIP_WARDEN), member()
    with_app(plain)
    with_app(teacher)
    browser = sign_in(admin(HERE))
    browser.post(reverse("accounts:reset", args=[plain.pk]), {"why": "手机丢失，已当面核实"})
    assert not Factor.objects.filter(user=plain).exists()
    browser.post(reverse("accounts:reset", args=[teacher.pk]), {"why": "手机丢失，已当面核实"})
    assert Factor.objects.filter(user=teacher).exists()
    sign_in(admin(CITY)).post(
        reverse("accounts:judge", args=[Proposal.objects.get().pk]), {"verdict": "approve"}
    )
    assert not Factor.objects.filter(user=teacher).exists()
    assert Entry.objects.filter(table="access.user", row=teacher.pk, why="手机丢失，已当面核实").exists()


# one's own account


def test_ones_own_password_wants_the_old_one_and_ends_other_sessions() -> None:
    user = member()
    here, there = sign_in(user), sign_in(user)
    new = "another-long-passphrase-7"
    wrong = {"old_password": "wrong", "new_password1": new, "new_password2": new}
    assert here.post("/accounts/password/", wrong).status_code == 422
    assert here.post("/accounts/password/", wrong | {"old_password": PASSWORD}).status_code == 302
    assert here.get("/accounts/").status_code == 200
    assert there.get("/accounts/").status_code == 302
    user.refresh_from_db()
    assert user.check_password(new)
    assert user.password_set_at is not None


def test_sessions_are_listed_and_ended_elsewhere() -> None:
    user, other = member(), member()
    here, there, third, foreign = sign_in(user), sign_in(user), sign_in(user), sign_in(other)
    assert len(here.get("/accounts/").context["sessions"]) == 3
    theirs = Visit.objects.get(user=other)
    assert here.post(reverse("accounts:leave-one", args=[theirs.pk]))["X-Refusal"] == "no-such-visit"
    assert foreign.get("/accounts/").status_code == 200
    visit = Visit.objects.get(session=there.session.session_key)
    here.post(reverse("accounts:leave-one", args=[visit.pk]))
    assert there.get("/accounts/").status_code == 302
    assert third.get("/accounts/").status_code == 200
    here.post(reverse("accounts:leave-others"))
    assert third.get("/accounts/").status_code == 302
    assert here.get("/accounts/").status_code == 200


def test_an_old_password_must_be_changed_where_the_bureau_says_so(settings: Any) -> None:
    settings.JUNHENG_PASSWORD_DAYS = 90
    user = member()
    User.objects.filter(pk=user.pk).update(password_set_at=timezone.now() - timedelta(days=91))
    browser = sign_in(user)
    assert browser.get("/registers/")["Location"] == "/accounts/password/"
    new = "another-long-passphrase-7"
    browser.post(
        "/accounts/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )
    assert browser.get("/registers/").status_code == 200
    young = member()
    User.objects.filter(pk=young.pk).update(password_set_at=timezone.now() - timedelta(days=89))
    assert sign_in(young).get("/registers/").status_code == 200


def test_pages_cost_the_same_for_few_and_many(django_assert_max_num_queries: Any) -> None:
    browser = sign_in(admin(CITY))
    make(School)
    for _ in range(12):
        member()
    with django_assert_max_num_queries(14):
        browser.get("/accounts/people/")


def test_what_the_doctor_asks() -> None:
    unsafe, safe, none = member(), member(), member(Role.AUDITOR)
    with_app(safe)
    found = set(without_factor(today()))
    assert unsafe in found
    assert found & {safe, none} == set()
    assert not administrators(today()).exists()
    assert set(administrators(today())) == set()
    one = admin()
    assert set(administrators(today())) == {one}
    assert code_of(with_app(unsafe))
    assert unsafe not in set(without_factor(today()))
