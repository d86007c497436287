"""Nobody but an aid officer learns anything of a list: planted first, then looked for by every role at every address."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from junheng.domains.partnerlists.actions.deciding import decide
from junheng.domains.partnerlists.models import PartnerList, PartnerPair, PartnerRow
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import RULES, Role
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import todo_of
from tests.domains import makers
from tests.domains.partnerlists.made import AT, line, matched, officer, pairs, pupil
from tests.surfaces.every_address import addresses, plain_pages

SECRETS = ("李铭轩", "解放区民政局", "民函〔2023〕8号", "最低生活保障", "户口簿核对的话", "名单比对")
"""Planted in a list: a name as it stands there, the office, its letter, the category, the words of a decision, the room."""


@pytest.fixture
def planted() -> PartnerPair:
    slip = pupil("李明轩", 3)
    by = officer()
    (pair,) = pairs(matched(line(slip, name=SECRETS[0]), line(pupil("张安宁", 5)), by=by))
    return decide(pair, "same", by=by, at=AT, words=SECRETS[4])


def everybody(pair: PartnerPair) -> User:
    """Somebody who holds every role but that of the aid officer."""
    school = pair.pupil.school_id
    user = makers.user(Role.COUNTY_OFFICER, area="410802")
    for role in set(Role) - {Role.AID_OFFICER}:
        at = school if RULES[role].level != "area" else None
        Grant.objects.create(user=user, role=role, area="4108", school=at, since=makers.BEGUN)
    return user


def own_addresses(source: Any, pair: Any) -> list[str]:
    """Every address of the room, with these numbers where one is asked for."""
    found = []
    rooms = (one for one in get_resolver().url_patterns if isinstance(one, URLResolver))
    room = next(one for one in rooms if one.namespace == "partnerlists")
    for one in room.url_patterns:
        assert isinstance(one, URLPattern)
        number = [] if "number" not in str(one.pattern) else [pair if "pair" in str(one.pattern) else source]
        found.append(reverse(f"partnerlists:{one.name}", args=number))
    return found


def look(user: User, where: Iterable[str]) -> int:
    """Go to addresses and find nothing; answers with how many of them showed a page."""
    client = Client()
    client.force_login(user)
    looked = 0
    for address in where:
        answer = client.get(address)
        looked += answer.status_code == 200
        words = (answer.getvalue() if answer.streaming else answer.content).decode("utf-8", "replace")
        assert [secret for secret in SECRETS if secret in words] == [], address
    return looked


def test_no_page_shows_anything_to_anybody_else(planted: PartnerPair) -> None:
    user, number = everybody(planted), planted.pupil_id
    own = [f"/registers/pupils/{number}/{page}" for page in ("", "history/", "onlookers/")]
    looked = look(
        user, [*own, "/search/?q=李铭", f"/api/registers/pupils/{number}/", *plain_pages(get_resolver(), "")]
    )
    assert looked > 40, "the walk looked at pages, not at refusals"
    assert not any("partnerlists" in one.address for one in todo_of(Asker(user, AT)))


@pytest.mark.slow
def test_no_export_and_no_program_shows_anything_to_anybody_else(planted: PartnerPair) -> None:
    looked = look(everybody(planted), addresses(planted.pupil))
    assert looked > 150, "the walk looked at pages, not at refusals"


def test_every_address_answers_others_as_one_that_is_not_there(planted: PartnerPair) -> None:
    source = planted.row.partner_list_id
    client = Client()
    client.force_login(everybody(planted))
    for address, absent in zip(own_addresses(source, planted.pk), own_addresses(10**9, 10**9), strict=True):
        for ask in (client.get, client.post):
            here, there, nowhere = ask(address), ask(absent), client.get("/no/such/page/")
            assert here.status_code == there.status_code, address
            assert here.status_code in {404, 405}, address
            if here.status_code == 404:
                assert here["X-Refusal"] == there["X-Refusal"] == nowhere["X-Refusal"]
                pages = [
                    one.content.decode().replace(at, "") for one, at in ((here, address), (there, absent))
                ]
                assert len(pages[0]) == len(pages[1]), address
    assert Client().get(f"/partnerlists/{source}/").status_code == 302


def test_there_is_no_register_no_export_and_no_program_even_for_the_officer(planted: PartnerPair) -> None:
    room = set(apps.get_app_config("partnerlists").get_models())
    assert room == {PartnerList, PartnerRow, PartnerPair}
    assert not room & {one.model for one in every_register().values()}
    assert "partnerlists" not in every_register()
    client = Client()
    client.force_login(officer())
    for address in (
        "/registers/partnerlists/",
        "/registers/partnerlists/export/",
        "/api/registers/partnerlists/",
    ):
        assert client.get(address).status_code == 404, address
    for address in own_addresses(planted.row.partner_list_id, planted.pk):
        answer = client.get(address)
        if answer.status_code == 200:
            assert answer["Content-Type"].startswith("text/html"), address
            assert planted.row.number not in answer.content.decode(), address


def test_the_officer_does_see_it(planted: PartnerPair) -> None:
    """So that the tests above have something to find."""
    client = Client()
    client.force_login(officer("4108"))
    page = client.get(f"/partnerlists/pairs/{planted.pk}/").content.decode()
    page += client.get(f"/partnerlists/{planted.row.partner_list_id}/").content.decode()
    assert all(secret in page for secret in SECRETS)
