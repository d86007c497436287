"""Every deed of the house: offered to those who may, refused to others, done once, and with a reason."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Model
from django.template import Context, Template
from django.test import Client, RequestFactory, override_settings

from junheng.domains.schools.models import School
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed, deed_called, every_deed
from tests.domains import makers
from tests.domains.projects.made import planned as project
from tests.platform.deeds.cases import CASES, WHY, Filled

pytestmark = pytest.mark.django_db
EACH = pytest.mark.parametrize("about", CASES, ids="-".join)


@pytest.fixture(autouse=True, scope="module")
def _addresses() -> Iterator[None]:
    """Once for all: with the mark of pytest-django every test would read all addresses of the house anew."""
    with override_settings(ROOT_URLCONF="tests.platform.deeds.urls"):
        yield


@pytest.fixture(autouse=True)
def places(db: None) -> None:
    makers.areas()


def somebody(filled: Filled, row: Model, *, area: str = "410802") -> User:
    own = row if isinstance(row, School) else getattr(row, "school", None) or getattr(row, "taker", None)
    school = own if filled.role == Role.PRINCIPAL else None
    if area != "410802":
        school = makers.school(area_id=area) if school else None
    return makers.user(filled.role, area=area, school=school if isinstance(school, School) else None)


def client(user: User) -> Client:
    found = Client()
    found.force_login(user)
    return found


def address(about: tuple[str, str], row: Model) -> str:
    return f"/deeds/{about[0]}/{row.pk}/{about[1]}/"


def test_every_deed_has_a_case() -> None:
    assert {(one.register, one.slug) for one in every_deed()} == set(CASES)


@EACH
def test_it_is_done_and_leads_to_what_came_of_it(about: tuple[str, str]) -> None:
    filled = CASES[about]
    row = filled.row()
    asked = filled.asked(row)
    here = client(somebody(filled, row))
    page = here.get(address(about, row))
    assert (page.status_code, str(deed_called(*about).label) in page.content.decode()) == (200, True)
    answer = here.post(address(about, row), asked | WHY, follow=True)
    assert (answer.status_code, answer.redirect_chain[0][0].startswith(("/registers/", "/retention/"))) == (
        200,
        True,
    )
    assert filled.after(row)
    assert Entry.objects.filter(why=WHY["why"], verb="deed").exists()


@EACH
def test_without_a_reason_nothing_is_done(about: tuple[str, str]) -> None:
    filled = CASES[about]
    row = filled.row()
    asked, before = filled.asked(row), Entry.objects.count()
    answer = client(somebody(filled, row)).post(address(about, row), asked)
    assert (answer.status_code, "没有办理，没有做任何改动。" in answer.content.decode()) == (422, True)
    assert Entry.objects.count() == before


@EACH
def test_outside_ones_place_the_row_is_absent(about: tuple[str, str]) -> None:
    filled = CASES[about]
    row = filled.row()
    asked, before = filled.asked(row), Entry.objects.count()
    stranger = client(somebody(filled, row, area="410811"))
    assert stranger.get(address(about, row)).status_code == 404
    assert stranger.post(address(about, row), asked | WHY).status_code == 404
    assert Entry.objects.count() == before


@EACH
def test_who_only_looks_is_offered_nothing(about: tuple[str, str]) -> None:
    filled = CASES[about]
    row = filled.row()
    looker = makers.user(Role.AUDITOR, area="4108")
    asked, before = filled.asked(row), Entry.objects.count()
    assert buttons(about[0], row, looker) == ""
    assert client(looker).post(address(about, row), asked | WHY).status_code in {403, 404}
    assert Entry.objects.count() == before


@EACH
def test_its_button_is_there_while_it_is_open(about: tuple[str, str]) -> None:
    filled = CASES[about]
    row = filled.row()
    button = f'href="{address(about, row)}"'
    assert button in buttons(about[0], row, somebody(filled, row))
    if filled.shut is None:
        return
    shut = filled.shut()
    user = somebody(filled, shut)
    assert f'href="{address(about, shut)}"' not in buttons(about[0], shut, user)
    answer = client(user).get(address(about, shut))
    assert (answer.status_code, answer["X-Refusal"]) == (409, "deed-not-open")


def test_a_refusal_stands_above_what_was_filled_in() -> None:
    row = project(places_before=180)
    here = client(makers.user(Role.CITY_SECTION))
    asked = {"on": "2023-11-01", "places_after": "180", "number": "示验1号", "acceptors": "区教育局"}
    answer = here.post(f"/deeds/projects/{row.pk}/accept/", asked | WHY)
    page = answer.content.decode()
    assert (answer.status_code, answer["X-Refusal"]) == (400, "project-without-places")
    assert "新建项目须有新增学位：建设前 180 个，建设后只有 180 个。" in page
    assert 'value="2023-11-01"' in page


def test_an_unknown_deed_is_told() -> None:
    answer = client(makers.user(Role.CITY_SECTION)).get(f"/deeds/projects/{project().pk}/demolish/")
    assert (answer.status_code, answer["X-Refusal"]) == (404, "unknown-deed")


def test_two_deeds_are_not_called_the_same() -> None:
    with pytest.raises(TypeError, match="two deeds about 'projects' are called 'accept'"):

        @deed
        class Again(Deed[Any]):
            slug = "accept"
            register = "projects"


def buttons(slug: str, row: Model, user: User) -> str:
    request = RequestFactory().get("/")
    request.user = user
    return (
        Template("{% load deeds %}{% deed_buttons slug row %}")
        .render(Context({"request": request, "slug": slug, "row": row}))
        .strip()
    )
