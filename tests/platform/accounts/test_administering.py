"""Looking after accounts and grants: within one's area, never for oneself, two for what is sensitive, all of it in the chain."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.domains.schools.models import School, SchoolClass
from junheng.kernel.errors import Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import RULES, Role
from junheng.platform.accounts.granting import FOUR_EYES, Wish, ask_for_grant, decide
from junheng.platform.accounts.models import Factor, Invitation, Proposal, Verdict, Visit
from junheng.platform.accounts.reading import administrators, idle_accounts, sight_of, without_factor
from junheng.platform.accounts.rights import GIVEN_BY_CITY, accounts_of
from junheng.platform.audit.models import Entry
from junheng.platform.registers import every_register
from tests import cast
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE
from tests.platform.accounts.cases import PASSWORD, admin, code_of, member, sign_in, with_app

pytestmark = pytest.mark.django_db


def today() -> Any:
    return timezone.localdate()


def wish(role: str, area: str = HERE, **given: Any) -> Wish:
    facts = {"school": None, "school_class": None, "since": today(), "until": None} | given
    return Wish(role=role, area=area, **facts)


def ask(user: User, wanted: Wish, by: User, why: str = "任职文件〔2024〕3号") -> Any:
    return ask_for_grant(user, wanted, by=User.objects.get(pk=by.pk), at=timezone.now(), why=why)


def refused(code: str, user: User, wanted: Wish, by: User) -> None:
    before = (Grant.objects.count(), Proposal.objects.count())
    with pytest.raises(Refusal) as told:
        ask(user, wanted, by)
    assert told.value.code == code
    assert (Grant.objects.count(), Proposal.objects.count()) == before


def form(role: str, area: str = HERE, **given: Any) -> dict[str, Any]:
    return {"role": role, "area": area, "since": today().isoformat(), "why": "任职文件"} | given


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
    refused("not-on-yourself", user, wish(Role.AUDITOR, CITY), user)


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


# grants


def test_a_role_that_sees_nothing_masked_is_given_at_once() -> None:
    user, county = member(Role.TOWNSHIP_WARDEN), admin(HERE)
    browser = sign_in(county)
    answer = browser.post(reverse("accounts:give", args=[user.pk]), form(Role.COUNTY_WARDEN))
    assert answer["Location"] == reverse("accounts:person", args=[user.pk])
    grant = Grant.objects.get(user=user, role=Role.COUNTY_WARDEN)
    assert (grant.area, grant.since, grant.until) == (HERE, today(), None)
    entry = Entry.objects.get(table="access.grant", row=grant.pk)
    assert (entry.verb, entry.who, entry.why) == ("create", county.username, "任职文件")


def test_a_role_that_unmasks_waits_for_a_second_administrator() -> None:
    assert {role for role in Role if RULES[role].unmask} | {Role.ACCOUNT_ADMIN} == FOUR_EYES
    user, first, second = member(Role.TOWNSHIP_WARDEN), admin(HERE), admin(CITY)
    browser = sign_in(first)
    browser.post(reverse("accounts:give", args=[user.pk]), form(Role.COUNTY_OFFICER))
    proposal = Proposal.objects.get()
    assert not Grant.objects.filter(user=user, role=Role.COUNTY_OFFICER).exists()
    own = browser.post(reverse("accounts:judge", args=[proposal.pk]), {"verdict": "approve"})
    assert (own.status_code, own["X-Refusal"]) == (403, "own-proposal")
    other = sign_in(second)
    assert user.username in other.get("/accounts/proposals/").content.decode()
    assert "账号事项待审批" in other.get("/").content.decode()
    other.post(reverse("accounts:judge", args=[proposal.pk]), {"verdict": "approve"})
    proposal.refresh_from_db()
    assert (proposal.verdict, proposal.decided_by) == (Verdict.APPROVED, second)
    grant = Grant.objects.get(user=user, role=Role.COUNTY_OFFICER)
    assert Entry.objects.get(table="access.grant", row=grant.pk).who == second.username
    whos = (
        Entry.objects.filter(table="accounts.proposal", row=proposal.pk)
        .order_by("id")
        .values_list("who", flat=True)
    )
    assert list(whos) == [first.username, second.username]
    again = other.post(reverse("accounts:judge", args=[proposal.pk]), {"verdict": "approve"})
    assert again["X-Refusal"] == "no-such-proposal"


def test_the_subject_and_strangers_do_not_approve_and_the_database_knows_it_too() -> None:
    user, first = member(Role.TOWNSHIP_WARDEN), admin(HERE)
    proposal = ask(user, wish(Role.COUNTY_OFFICER), first)
    with pytest.raises(Refusal) as told:
        decide(proposal.pk, approve=True, by=admin(THERE), at=timezone.now())
    assert told.value.code == "no-such-proposal"
    proposal.decided_by = first
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.save()


def test_an_approval_checks_again_what_changed_meanwhile() -> None:
    user, first, second = member(Role.TOWNSHIP_WARDEN), admin(HERE), admin(CITY)
    proposal = ask(user, wish(Role.COUNTY_OFFICER), first)
    cast.grant(user, Role.COUNTY_OFFICER, area=HERE)
    with pytest.raises(Refusal) as told:
        decide(proposal.pk, approve=True, by=second, at=timezone.now())
    assert told.value.code == "already-granted"
    proposal.refresh_from_db()
    assert proposal.verdict == Verdict.OPEN
    decide(proposal.pk, approve=False, by=second, at=timezone.now())
    assert Grant.objects.filter(user=user, role=Role.COUNTY_OFFICER).count() == 1


def test_who_proposed_may_take_it_back_and_the_same_is_not_proposed_twice() -> None:
    user, first = member(Role.TOWNSHIP_WARDEN), admin(HERE)
    proposal = ask(user, wish(Role.COUNTY_OFFICER), first)
    refused("already-proposed", user, wish(Role.COUNTY_OFFICER), first)
    decide(proposal.pk, approve=False, by=first, at=timezone.now())
    proposal.refresh_from_db()
    assert (proposal.verdict, proposal.decided_by) == (Verdict.REFUSED, None)
    ask(user, wish(Role.COUNTY_OFFICER), first)


@pytest.mark.parametrize("role", sorted(GIVEN_BY_CITY))
def test_a_county_gives_no_role_of_the_city(role: Role) -> None:
    area = CITY if role in {Role.CITY_LEADER, Role.CITY_OFFICE, Role.CITY_SECTION} else HERE
    refused(
        "area-not-yours" if area == CITY else "role-of-the-city",
        member(Role.TOWNSHIP_WARDEN),
        wish(role, area),
        admin(HERE),
    )
    assert role not in dict(
        sign_in(admin(HERE))
        .get(reverse("accounts:give", args=[member().pk]))
        .context["form"]
        .fields["role"]
        .choices
    )


def test_what_a_grant_must_fulfil() -> None:
    school = make(School)
    room = make(SchoolClass, school=school)
    user, county = member(Role.TOWNSHIP_WARDEN), admin(HERE)
    refused("area-not-yours", user, wish(Role.COUNTY_OFFICER, THERE), county)
    refused("area-not-yours", user, wish(Role.COUNTY_OFFICER, CITY), county)
    refused("grant-without-school", user, wish(Role.PRINCIPAL), county)
    refused("grant-without-class", user, wish(Role.CLASS_TEACHER, school=school.pk), county)
    refused("grant-too-narrow", user, wish(Role.COUNTY_OFFICER, school=school.pk), county)
    refused("grant-too-narrow", user, wish(Role.PRINCIPAL, school=school.pk, school_class=room.pk), county)
    refused("grant-in-the-past", user, wish(Role.COUNTY_WARDEN, since=today() - timedelta(days=1)), county)
    refused("bad-grant-end", user, wish(Role.COUNTY_WARDEN, until=today()), county)
    refused("already-granted", user, wish(Role.TOWNSHIP_WARDEN), county)
    refused("role-at-the-city-only", user, wish(Role.CITY_SECTION, HERE), admin(CITY))
    refused("duties-not-separated", user, wish(Role.ACCOUNT_ADMIN, HERE), admin(CITY))
    refused("duties-not-separated", admin(HERE), wish(Role.COUNTY_WARDEN), admin(CITY))


def test_a_class_teacher_is_given_by_school_and_class_as_people_write_them() -> None:
    school = make(School)
    room = make(SchoolClass, school=school)
    user, county = member(Role.TOWNSHIP_WARDEN), admin(HERE)
    browser = sign_in(county)
    address = reverse("accounts:give", args=[user.pk])
    elsewhere = make(School, where=THERE)
    wrong = browser.post(address, form(Role.CLASS_TEACHER, school=elsewhere.name, school_class="1"))
    assert "没有找到学校" in wrong.content.decode()
    wrong = browser.post(address, form(Role.CLASS_TEACHER, school=school.name, school_class="九年级99班"))
    assert "这所学校没有班级" in wrong.content.decode()
    assert "现有班级" in wrong.content.decode()
    written = str(room).removeprefix(str(school)) or str(room)
    answer = browser.post(address, form(Role.CLASS_TEACHER, school=school.code, school_class=written))
    assert answer.status_code == 302, answer.content.decode()
    proposal = Proposal.objects.get()
    assert (proposal.school, proposal.school_class) == (school.pk, room.pk)


def test_ending_a_grant_needs_one_pair_of_eyes_and_works_at_once() -> None:
    user, county = member(), admin(HERE)
    theirs, browser = sign_in(user), sign_in(county)
    grant = Grant.objects.get(user=user)
    make(School)
    assert theirs.get("/registers/schools/").status_code == 200
    address = reverse("accounts:end-grant", args=[grant.pk])
    assert browser.post(address, {"why": ""})["X-Refusal"] == "reason-missing"
    browser.post(address, {"why": "调岗"})
    assert theirs.get("/registers/schools/").status_code == 404
    entry = Entry.objects.get(table="access.grant", row=grant.pk)
    assert (entry.verb, entry.after) == ("retire", {"until": today().isoformat()})
    assert browser.post(address, {"why": "再来"})["X-Refusal"] == "grant-over"
    later = cast.grant(user, Role.COUNTY_WARDEN, since=today() + timedelta(days=9))
    browser.post(reverse("accounts:end-grant", args=[later.pk]), {"why": "取消"})
    later.refresh_from_db()
    assert later.until == today()


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
