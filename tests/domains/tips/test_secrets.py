"""Nobody but the officer sees who told it, what was said, or when: asked of every role, at every address there is."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from junheng.domains.tips.actions import assigning, handling
from junheng.domains.tips.actions.assigning import Task
from junheng.domains.tips.models import Referral, Tip, TipPhoto
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import RULES, Role
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import todo_of
from tests.domains import makers
from tests.domains.registrations.walking import Clock
from tests.domains.tips.telling import AT, file, jpeg, officer, posted
from tests.surfaces.every_address import addresses

SECRETS = ("赵钱孙", "13912345678", "青蛙王子的原话", "补充的秘密话", "妈妈拍的照片", "09:30")
"""Planted in a tip: name, contact, words, a note, the name of a file; and the minute at which it came."""
WHY = "按规定办理"


@pytest.fixture
def planted(clock: Clock) -> tuple[Tip, Referral]:
    citizen = Client()
    posted(
        citizen,
        person=SECRETS[0],
        contact=SECRETS[1],
        words=SECRETS[2],
        photos=[file(jpeg(), f"{SECRETS[4]}.jpg")],
    )
    citizen.post("/tips/receipt/add/", {"words": SECRETS[3]})
    clock.at = later = AT + timedelta(days=1, hours=2)
    tip = Tip.objects.get()
    school = makers.school()
    photo = TipPhoto.objects.get()
    task = Task(
        area=tip.area,
        kind="fees",
        title="某校",
        place="",
        summary="请核查收费",
        school=school,
        photos=[photo.pk],
    )
    referral = assigning.assign(tip, task, by=officer(), at=later, why=WHY)
    county = makers.user(Role.COUNTY_OFFICER, area="410802")
    handling.make_finding(
        referral, what="收取资料费", severity="general", on=AT.date(), by=county, at=later, why=WHY
    )  # type: ignore[arg-type]
    return tip, referral


def people(referral: Referral) -> dict[str, Any]:
    """One person a role, over the whole city where the role may be, else at the very school."""
    found = {}
    for role in set(Role) - {Role.TIP_OFFICER}:
        at_school = RULES[role].level != "area"
        found[str(role)] = makers.user(role, school=referral.school if at_school else None)
    found["county"] = makers.user(Role.COUNTY_OFFICER, area="410802")
    return found


def everybody(referral: Referral) -> User:
    """One person who holds every role but that of the officer: what no role sees, this one does not see."""
    user = makers.user(Role.COUNTY_OFFICER, area="410802")
    for role in set(Role) - {Role.TIP_OFFICER}:
        school = referral.school_id if RULES[role].level != "area" else None
        Grant.objects.create(user=user, role=role, area="4108", school=school, since=makers.BEGUN)
    return user


def test_no_page_of_the_house_tells_anybody_else(planted: tuple[Tip, Referral]) -> None:
    tip, referral = planted
    principal = makers.user(Role.PRINCIPAL, area="410802", school=referral.school)
    looked = 0
    for user in (everybody(referral), principal):
        client = Client()
        client.force_login(user)
        for address in addresses(tip, referral):
            answer = client.get(address)
            text = answer.getvalue() if answer.streaming else answer.content
            looked += answer.status_code == 200
            words = text.decode("utf-8", "replace")
            found = [secret for secret in SECRETS if secret in words]
            assert found == [], f"{user}: {address}"
    assert looked > 200, "the walk looked at pages, not at refusals"


def test_the_officer_does_see_it(planted: tuple[Tip, Referral]) -> None:
    """So that the test above has something to find."""
    tip, _referral = planted
    client = Client()
    client.force_login(officer())
    page = client.get(f"/tips/desk/{tip.pk}/").content.decode()
    person = client.post(f"/tips/desk/{tip.pk}/person/", {"why": "核实"}).content.decode()
    assert all(secret in page + person for secret in SECRETS if secret != SECRETS[4])


def test_there_is_no_register_and_no_program_for_tips(planted: tuple[Tip, Referral]) -> None:
    assert [
        slug
        for slug, one in every_register().items()
        if one.model.__name__ in ("Tip", "TipNote", "TipPhoto", "TipSource")
    ] == []
    names = {field.name for field in every_register()["referrals"].fields}
    assert not names & {"received_at", "words", "person", "contact", "number", "follow"}


def test_posts_of_the_desk_are_nobody_else_s(planted: tuple[Tip, Referral]) -> None:
    tip, referral = planted
    photo = TipPhoto.objects.get()
    for who, user in people(referral).items():
        client = Client()
        client.force_login(user)
        for name, args in (
            ("person", [tip.pk]), ("step", [tip.pk]), ("merge", [tip.pk]), ("assign", [tip.pk]), ("photo", [tip.pk, photo.pk]),
            ("let-in", []), ("entry", []),
        ):  # fmt: skip
            answer = client.post(
                reverse(f"tips:{name}", args=args), {"why": "x", "step": "accept", "into": tip.pk}
            )
            assert answer.status_code == 404, f"{who}: {name}"
        shared = client.post(reverse("tips:referral-photo", args=[referral.pk, photo.pk]))
        handles = user.grants.filter(role__in=[Role.COUNTY_OFFICER, Role.CITY_SECTION]).exists()
        assert (shared.status_code == 200) == handles, who
        assert not any("妈妈" in str(value) for value in shared.headers.values())


def test_a_school_is_not_told_that_anything_was_passed_on(planted: tuple[Tip, Referral]) -> None:
    _tip, referral = planted
    principal = makers.user(Role.PRINCIPAL, area="410802", school=referral.school)
    client = Client()
    client.force_login(principal)
    assert client.get(reverse("registers:list", args=["referrals"])).status_code == 404
    assert [one.label for one in todo_of(Asker(principal, AT)) if "举报" in one.label] == []
    findings = client.get(reverse("registers:list", args=["findings"])).content.decode()
    assert "收取资料费" in findings
    assert "举报" not in findings.partition("<main")[2]
    program = json.loads(client.get("/api/registers/findings/").content)
    assert "referral" not in json.dumps(program)
