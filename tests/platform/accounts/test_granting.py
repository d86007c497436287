"""Giving roles and ending them: within one's area, two for what is sensitive, all of it in the chain."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from junheng.domains.schools.models import School, SchoolClass
from junheng.kernel.errors import Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import RULES, Role
from junheng.platform.accounts.granting import FOUR_EYES, WantedGrant, ask_for_grant, decide
from junheng.platform.accounts.models import Proposal, Verdict
from junheng.platform.accounts.rights import GIVEN_BY_CITY
from junheng.platform.audit.models import Entry
from tests import cast
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE
from tests.platform.accounts.cases import admin, member, sign_in

pytestmark = pytest.mark.django_db


def today() -> Any:
    return timezone.localdate()


def wish(role: str, area: str = HERE, **given: Any) -> WantedGrant:
    facts = {"school": None, "school_class": None, "since": today(), "until": None} | given
    return WantedGrant(role=role, area=area, **facts)


def ask(user: User, wanted: WantedGrant, by: User, why: str = "任职文件〔2024〕3号") -> Any:
    return ask_for_grant(user, wanted, by=User.objects.get(pk=by.pk), at=timezone.now(), why=why)


def refused(code: str, user: User, wanted: WantedGrant, by: User) -> None:
    before = (Grant.objects.count(), Proposal.objects.count())
    with pytest.raises(Refusal) as told:
        ask(user, wanted, by)
    assert told.value.code == code
    assert (Grant.objects.count(), Proposal.objects.count()) == before


def form(role: str, area: str = HERE, **given: Any) -> dict[str, Any]:
    return {"role": role, "area": area, "since": today().isoformat(), "why": "任职文件"} | given


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


def test_nobody_gives_himself_anything() -> None:
    user = admin()
    refused("not-on-yourself", user, wish(Role.AUDITOR, CITY), user)
