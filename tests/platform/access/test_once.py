"""What a page asked is asked once: on that page, with those words, and never on the next one."""

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from junheng.domains.areas.models import Area
from junheng.domains.schools.models import School
from junheng.platform.access.once import OnceAPageMiddleware, fresh_page, once_a_page
from junheng.platform.access.roles import Role
from junheng.platform.figures.records import county_names
from junheng.platform.registers import register_called
from junheng.platform.registers.known import as_known
from junheng.platform.snapshots.queries import current
from junheng.platform.stewardship.units import counties, kept_registers
from tests import cast
from tests.makers import areas, make
from tests.makers.rows import CITY, HERE

asked: list[str] = []


@once_a_page
def question(word: str, *, loud: bool = False) -> str:
    """A question that counts how often it is asked."""
    asked.append(word)
    if word == "wrong":
        raise ValueError(word)
    return word.upper() if loud else word


@pytest.fixture(autouse=True)
def _nothing_asked() -> None:
    asked.clear()


def test_a_page_asks_once_and_the_next_page_again() -> None:
    for _page in range(2):
        with fresh_page():
            assert [question("a"), question("a"), question("a", loud=True), question("b")] == [
                "a",
                "a",
                "A",
                "b",
            ]
    assert asked == ["a", "a", "b"] * 2


def test_beside_a_page_nothing_is_remembered() -> None:
    question("a"), question("a")
    with fresh_page(remembers=False):
        question("a"), question("a")
    assert asked == ["a"] * 4


def test_a_page_within_a_page_has_its_own_memory() -> None:
    with fresh_page():
        question("a")
        with fresh_page():
            question("a")
        question("a")
    assert asked == ["a", "a"]


def test_what_went_wrong_is_tried_again() -> None:
    with fresh_page():
        for _time in range(2):
            with pytest.raises(ValueError, match="wrong"):
                question("wrong")
    assert asked == ["wrong", "wrong"]


@pytest.mark.parametrize(
    ("method", "times"), [("GET", 1), ("HEAD", 1), ("POST", 2), ("PUT", 2), ("DELETE", 2)]
)
def test_only_a_request_that_reads_remembers(method: str, times: int) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        question("a"), question("a")
        return HttpResponse()

    OnceAPageMiddleware(view)(RequestFactory().generic(method, "/"))
    question("a")
    assert asked == ["a"] * (times + 1)


@pytest.mark.django_db
@pytest.mark.parametrize("remembered", [counties, county_names])
def test_the_next_page_sees_what_was_written_after_this_one(remembered: object) -> None:
    assert callable(remembered)
    areas()
    with fresh_page():
        assert remembered()[HERE] == remembered()[HERE] == "解放区"
    Area.objects.filter(pk=HERE).update(name="新名区")
    with fresh_page():
        assert remembered()[HERE] == "新名区"


@pytest.mark.django_db
def test_every_question_of_the_house_that_is_remembered_costs_once() -> None:
    areas()
    with fresh_page():
        for one in (counties, county_names, current, kept_registers):
            one()
        with CaptureQueriesContext(connection) as again:
            for one in (counties, county_names, current, kept_registers):
                one()
    assert len(again) == 0


@pytest.mark.django_db
def test_a_look_at_an_earlier_day_does_not_colour_the_rest_of_the_page() -> None:
    areas()
    register, asker = register_called("areas"), cast.asker(cast.somebody(Role.CITY_SECTION, area=CITY))
    with fresh_page():
        with as_known(register, cast.NOW.date(), asker=asker):
            question("then")
        question("then"), question("then")
    assert asked == ["then", "then"]


@pytest.mark.django_db
def test_two_people_and_two_moments_share_nothing(client: Client) -> None:
    make(School)
    shown = []
    for name in ("解放区", "改名区"):
        Area.objects.filter(pk=HERE).update(name=name)
        client.force_login(cast.somebody(Role.CITY_SECTION, area=CITY))
        shown.append(client.get("/stewardship/confirm/overview/").content.decode())
    assert "解放区" in shown[0]
    assert "改名区" in shown[1]
    assert "解放区" not in shown[1]
