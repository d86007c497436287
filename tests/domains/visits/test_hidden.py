"""A planned visit is invisible to whom it is planned for: at every address of the house, to every role of the checked side."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.domains.areas.models import Area
from junheng.domains.schools.models import School
from junheng.domains.visits import actions
from junheng.domains.visits.desk.seeing import became_visible, trail, watchers
from junheng.domains.visits.models import Errand, Inspector, SiteVisit
from junheng.domains.visits.terms import ErrandKind
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import CITY_ROLES, RULES, Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import todo_of
from tests.domains import makers
from tests.domains.visits.sample import (
    NOW,
    THERE,
    WHY,
    city,
    errand,
    inspector,
    section,
    strangers,
    users_of,
)
from tests.surfaces.every_address import addresses

SECRETS = ("只有检查组知道的事由", "只有检查组知道的地址")
CHANGING = re.compile(
    rb'name="(?:csrfmiddlewaretoken|token|next)" value="[^"]+"|"(?:X-CSRFToken|csrf)": "\w+"|nonce-[\w+/=-]+|nonce="[^"]+"|\d\d:\d\d(:\d\d)?|"at": "[^"]+"|\d{4}-\d\d-\d\dT[\d:.+Z]+'
)
"""What differs between two looks at one page: tokens and the time of day."""


@pytest.fixture(autouse=True)
def small_city(places) -> None:
    city(schools=2, people=3)


def school() -> School:
    return School.objects.filter(area="410802").order_by("pk")[0]


def hidden(by: User, **given) -> Errand:
    facts = {
        "school": school(),
        "purpose": SECRETS[0],
        "address": SECRETS[1],
        "until": THERE.date() + timedelta(days=2),
    }
    return errand(by, strangers(), **facts | given)


def checked_side(county: str = "410802") -> User:
    """One person who holds every role of the checked county and school: what no role sees, this one does not see."""
    user = makers.user(Role.COUNTY_OFFICER, area=county)
    for role in sorted(set(Role) - CITY_ROLES - {Role.COUNTY_OFFICER}):
        where = school().pk if RULES[role].level != "area" else None
        Grant.objects.create(user=user, role=role, area=county, school=where, since=makers.BEGUN)
    inspector(county, "own", login="")
    return user


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def looked_at(client: Client, *rows) -> dict[str, tuple[int, bytes]]:
    """What every address answers."""
    found = {}
    for address in addresses(*rows):
        answer = client.get(address)
        content = answer.getvalue() if answer.streaming else answer.content
        found[address] = (answer.status_code, CHANGING.sub(b"", unpacked(content)))
    return found


def unpacked(content: bytes) -> bytes:
    """A page as it is; of a workbook its parts, without the one that keeps the moment it was made."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(
            book.read(name) for name in sorted(book.namelist()) if not name.startswith("docProps/")
        )


def first_difference(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    """Where two pages part."""
    place = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return one[max(0, place - 60) : place + 60], other[max(0, place - 60) : place + 60]


def tells_of_the_looking(address: str) -> bool:
    """What was exported and read is itself told there, and the first walk exported and read."""
    return address.endswith("/onlookers/") or address.startswith(("/changes/", "/open-data/"))


def test_no_page_of_the_house_changes_when_a_visit_is_planned(places) -> None:
    city_section = section()
    user = checked_side()
    before = {who: looked_at(client_of(who), school()) for who in (user, None)}
    one = hidden(city_section)
    for who, seen in before.items():
        now = looked_at(client_of(who), school())
        assert now.keys() == seen.keys()
        different = {
            address: first_difference(seen[address][1], now[address][1])
            for address in seen
            if now[address] != seen[address] and not tells_of_the_looking(address)
        }
        assert different == {}, f"{who}: these pages know that something was planned"
        for address, (_status, content) in now.items():
            words = content.decode("utf-8", "replace")
            assert not [secret for secret in SECRETS if secret in words], f"{who}: {address}"
        assert sum(status == 200 for status, _content in now.values()) > (150 if who else 10)
    assert Errand.objects.get(pk=one.pk).state == "planned"


def test_the_planner_and_the_team_do_see_it() -> None:
    """So that the test above has something to find."""
    by = section()
    one = hidden(by)
    page = client_of(by).get(f"/visits/errands/{one.pk}/").content.decode()
    assert all(secret in page for secret in SECRETS)
    assert SECRETS[0] in client_of(users_of(one)[0]).get(f"/visits/go/{one.pk}/").content.decode()
    listed = client_of(users_of(one)[1]).get("/visits/mine/").content.decode()
    assert f"/visits/go/{one.pk}/" in listed
    assert [
        each.count for each in todo_of(Asker(users_of(one)[0], NOW)) if each.address == "/visits/mine/"
    ] == [1]


POSTS = ("withdraw", "arrive", "note", "problem", "lesson", "checklist", "confirm", "close")


def test_its_own_addresses_answer_as_if_there_were_none() -> None:
    one = hidden(section())
    for user in (
        checked_side(),
        makers.user(Role.PRINCIPAL, area="410802", school=school()),
        makers.user(Role.CITY_OFFICE),
    ):
        client = client_of(user)
        for name in ("errand", "go"):
            answers = [client.get(reverse(f"visits:{name}", args=[pk])) for pk in (one.pk, 10**9)]
            assert CHANGING.sub(b"", answers[0].content) == CHANGING.sub(b"", answers[1].content)
            assert {each.status_code for each in answers} <= {403, 404}, name
        for name in POSTS:
            answers = [
                client.post(reverse(f"visits:{name}", args=[pk]), {"why": "x"}) for pk in (one.pk, 10**9)
            ]
            assert {each.status_code for each in answers} <= {403, 404}, name
    assert Errand.objects.get(pk=one.pk).state == "planned"
    assert not SiteVisit.objects.exists()


def test_an_inspector_who_is_not_on_the_team_or_left_the_library_sees_nothing() -> None:
    one = hidden(section())
    other = User.objects.get(username="d-410803-0")
    assert client_of(other).get(f"/visits/go/{one.pk}/").status_code == 404
    first = users_of(one)[0]
    assert client_of(first).get(f"/visits/go/{one.pk}/").status_code == 200
    row = one.members.order_by("rank")[0].inspector
    row.until = timezone.localdate() - timedelta(days=1)
    row.since = row.until - timedelta(days=9)
    row.save()
    assert client_of(first).get(f"/visits/go/{one.pk}/").status_code == 404


def test_there_is_no_register_and_no_program_for_what_is_planned() -> None:
    here = {slug for slug, one in every_register().items() if one.model._meta.app_label == "visits"}
    assert here == {"inspectors", "sitevisits"}


def test_from_arrival_on_the_unit_and_its_county_see_it_and_the_audit_proves_the_moment() -> None:
    by = section()
    county = makers.user(Role.COUNTY_OFFICER, area="410802")
    principal = makers.user(Role.PRINCIPAL, area="410802", school=school())
    one = hidden(by)
    list_page = "/registers/sitevisits/?on=all"
    assert school().name not in client_of(county).get(list_page).content.decode()
    who = {each.login for each in watchers(one, on=NOW.date(), today=NOW.date())}
    assert who >= {by.get_username(), *(user.get_username() for user in users_of(one))}
    assert not who & {county.get_username(), principal.get_username()}
    planned_upto = Entry.objects.order_by("-id")[0].id
    actions.arrive(one, place="门口", by=users_of(one)[0], at=THERE, why=WHY)
    one = Errand.objects.select_related("visit").get(pk=one.pk)
    assert one.visit is not None
    for user in (county, principal):
        text = client_of(user).get(f"/registers/sitevisits/{one.visit.pk}/").content.decode()
        assert SECRETS[0] in text
        assert client_of(user).get(f"/visits/errands/{one.pk}/").status_code in {403, 404}
    visible = became_visible(one, trail(one))
    assert visible is not None
    moment, number = visible
    assert moment == THERE
    assert number > planned_upto
    entry = Entry.objects.get(id=number)
    assert (entry.table, entry.who, entry.at) == ("visits.sitevisit", users_of(one)[0].get_username(), THERE)
    # before it the visit is in no entry of any table that a register shows
    shown = {register.model._meta.label_lower for register in every_register().values()}
    earlier = Entry.objects.filter(id__lt=number, table__in=shown)
    assert not [each.id for each in earlier if SECRETS[0] in str(each.after)]


def test_what_a_county_plans_for_itself_is_hidden_from_its_school_alone() -> None:
    county = makers.user(Role.COUNTY_OFFICER, area="410802")
    team = list(Inspector.objects.filter(area="410802").order_by("code")[:2])
    one = actions.plan_errand(
        kind=ErrandKind.SECRET, day=THERE.date(), by_area=Area.objects.get(pk="410802"), purpose=SECRETS[0], school=school(),
        inspectors=team, by=county, at=NOW, why=WHY,
    )  # fmt: skip
    assert client_of(county).get(f"/visits/errands/{one.pk}/").status_code == 200
    assert (
        client_of(makers.user(Role.COUNTY_OFFICER, area="410811"))
        .get(f"/visits/errands/{one.pk}/")
        .status_code
        == 404
    )
    principal = makers.user(Role.PRINCIPAL, area="410802", school=school())
    assert client_of(principal).get(f"/visits/errands/{one.pk}/").status_code in {403, 404}
