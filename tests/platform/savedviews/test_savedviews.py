"""Columns one chooses, and lists kept under a name: without script, for oneself or one's office, never a wider scope."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.savedviews.models import SavedView
from tests import cast
from tests.makers import make
from tests.makers.rows import HERE, THERE

pytestmark = pytest.mark.django_db
LIST = "/registers/schools/"
SAVE = "/views/schools/save/"


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def user() -> User:
    return cast.somebody(Role.COUNTY_OFFICER)


def headings(page: Any) -> list[str]:
    return [column["name"] for column in page.context["columns"]]


def test_columns_are_chosen_in_the_address(user: User) -> None:
    make(School, phone="13912345678")
    page = desk_of(user).get(LIST, {"col": ["phone", "name"], "q": ""})
    assert headings(page) == ["name", "phone"]
    assert "13912345678" not in page.content.decode()
    assert page.content.decode().count('<input type="hidden" name="col"') == 2
    assert desk_of(user).get(LIST, {"col": "id_number"}).status_code == 400
    shown = headings(desk_of(user).get(LIST))
    assert "phone" not in shown


def test_a_view_is_kept_under_its_name_and_shown_again(user: User) -> None:
    client = desk_of(user)
    answer = client.post(
        SAVE, {"name": "乡镇小学", "query": f"page=3&area={HERE}001&sort=-name&col=name&col=area&q=&junk=1"}
    )
    view = SavedView.objects.get()
    assert view.query == f"area={HERE}001&col=name&col=area&sort=-name"
    assert answer.headers["Location"] == f"{LIST}?{view.query}"
    page = client.get(answer.headers["Location"])
    assert 'aria-current="true"' in page.content.decode()
    assert headings(page) == ["name", "area"]
    assert "乡镇小学" in client.get(LIST).content.decode()
    client.post(SAVE, {"name": "乡镇小学", "query": "q=小学"})
    assert SavedView.objects.get().query == "q=%E5%B0%8F%E5%AD%A6"


@pytest.mark.parametrize(
    ("name", "query"),
    [("", "q=x"), ("  ", "q=x"), ("x", "on=2023-13-01"), ("x", "col=nothing"), ("x", "sort=phone")],
)
def test_nonsense_is_not_kept(user: User, name: str, query: str) -> None:
    assert desk_of(user).post(SAVE, {"name": name, "query": query}).status_code == 400
    assert not SavedView.objects.exists()


def test_shared_views_reach_ones_office_and_nobody_else(user: User) -> None:
    desk_of(user).post(SAVE, {"name": "私有视图", "query": "q=a"})
    desk_of(user).post(SAVE, {"name": "共享视图", "query": "q=b", "shared": "on"})
    school = make(School, name="b 校")
    make(School, name="b 外", where=THERE)
    colleague = desk_of(cast.somebody(Role.COUNTY_OFFICER)).get(LIST).content.decode()
    assert ("共享视图" in colleague, "私有视图" in colleague) == (True, False)
    for other in (
        cast.somebody(Role.COUNTY_OFFICER, area=THERE),
        cast.somebody(Role.CITY_SECTION, area="4108"),
    ):
        assert "共享视图" not in desk_of(other).get(LIST).content.decode()
    opened = desk_of(cast.somebody(Role.COUNTY_OFFICER)).get(LIST, {"q": "b"})
    assert [row.pk for row in opened.context["page"].rows] == [school.pk]


def test_only_ones_own_view_is_let_go(user: User) -> None:
    desk_of(user).post(SAVE, {"name": "共享视图", "query": "q=b", "shared": "on"})
    pk = SavedView.objects.get().pk
    assert desk_of(cast.somebody(Role.COUNTY_OFFICER)).post(f"/views/{pk}/forget/").status_code == 404
    assert desk_of(user).post(f"/views/{pk}/forget/").status_code == 302
    assert not SavedView.objects.exists()


def test_a_register_one_does_not_see_keeps_no_view() -> None:
    assert desk_of(cast.stranger()).post(SAVE, {"name": "x", "query": "q=x"}).status_code == 404


def test_every_column_costs_nothing_more_for_more_rows(user: User) -> None:
    client = desk_of(user)
    columns = {"col": ["code", "school", "school_class", "name", "id_number", "area"][:2]}

    def price() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/registers/pupils/", columns)
        return len(queries)

    make(Pupil)
    one = price()
    for _ in range(8):
        make(Pupil)
    assert price() == one
