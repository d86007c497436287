"""The one box: words, sounds, initials, several words, near misses; within the scope, current, and at one price."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.domains.waters.models import Water
from junheng.platform.access.roles import Role
from junheng.platform.audit.append import record_batch
from junheng.platform.audit.save import save_row
from junheng.platform.registers import SENSITIVE
from junheng.platform.searching.find import Found, find
from junheng.platform.searching.index import reindex, searched_registers
from junheng.platform.searching.models import SearchName
from tests import cast
from tests.makers import make, make_many
from tests.makers.rows import CITY, HERE, THERE

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Any:
    made = make(School, name="沁阳市实验小学", code="3141088201")
    make(School, name="长垣路中学")
    make(Water, name="龙泉水库")
    reindex()
    return made


def asked(text: str, *, area: str = CITY, role: Role = Role.CITY_OFFICE) -> Found:
    return find(text, cast.asker(cast.somebody(role, area=area)))


def names(found: Found) -> list[str]:
    return [hit.name for group in found.groups for hit in group.hits]


@pytest.mark.parametrize(
    "text",
    [
        "qyssyxx",
        "QYSSYXX",
        "qinyang",
        "qinyang shiyan",
        "沁阳",
        "沁阳 sy",
        "shiyan 沁阳",
        "xiaoxue",
        "31410882",
        "qin'yang",
    ],
)
def test_a_name_is_found_as_it_is_written_and_as_it_is_read(school: Any, text: str) -> None:
    found = asked(text)
    assert names(found) == ["沁阳市实验小学"]
    assert not found.guessed


@pytest.mark.parametrize("text", ["changyuan", "zhangyuan", "cyl", "zyl"])
def test_a_character_is_found_in_each_of_its_readings(school: Any, text: str) -> None:
    assert names(asked(text)) == ["长垣路中学"]


@pytest.mark.parametrize(
    "text", ["qinyangsyxx", "qyshiyan", "qysyxx", "qinyamg", "qiyang", "qniyang", "qinnyang"]
)
def test_what_matches_nothing_finds_what_is_near_and_says_so(school: Any, text: str) -> None:
    found = asked(text)
    assert (names(found), found.guessed) == (["沁阳市实验小学"], True)


@pytest.mark.parametrize("text", ["", "  ", "zzzz", "沁阳 中学", "qinyang zhongxue", "%", "_", "'", "\n"])
def test_nothing_is_found_where_there_is_nothing(school: Any, text: str) -> None:
    assert names(asked(text)) == []


def test_the_whole_name_comes_first(school: Any) -> None:
    make(School, name="新建实验小学分校")
    make(School, name="实验小学")
    reindex()
    assert names(asked("实验小学"))[0] == "实验小学"
    assert names(asked("syxx"))[0] == "实验小学"


def test_what_is_outside_is_not_found(school: Any) -> None:
    make(School, name="沁阳市实验中学", where=THERE)
    reindex()
    inside = asked("qinyang", area=HERE, role=Role.COUNTY_OFFICER)
    assert names(inside) == ["沁阳市实验小学"]
    assert len(asked("qinyang")) == 2
    assert names(find("qinyang", cast.asker(cast.stranger()))) == []
    assert names(asked("qyssyxx", area=HERE, role=Role.TOWNSHIP_WARDEN)) == []


def test_pupils_are_found_by_nobody(school: Any) -> None:
    make(Pupil, name="沁小阳")
    reindex()
    assert names(asked("沁小阳", role=Role.CITY_SECTION)) == []
    for register in searched_registers():
        assert register.readers is None
        assert register.model is not Pupil
    assert not any(
        SENSITIVE in register.f(name).flags
        for register in searched_registers()
        for name in ("name",)
        if register.f(name)
    )


def test_a_saved_row_is_found_at_once_and_under_its_new_name_only(school: Any) -> None:
    save_row(make(School, name="旧名小学"), by="li", at=cast.NOW, why="登记")
    row = School.objects.get(name="旧名小学")
    row.name = "新名小学"
    save_row(row, by="li", at=cast.NOW, why="更名")
    assert names(asked("xmxx")) == ["新名小学"]
    assert names(asked("jmxx")) == []


def test_rows_of_a_batch_are_found_at_once() -> None:
    rows = [make(School, name=f"批量{number}小学") for number in "甲乙丙"]
    record_batch(
        School,
        first_row=rows[0].pk,
        last_row=rows[-1].pk,
        count=3,
        digest="0" * 64,
        source="名单",
        by="li",
        at=cast.NOW,
        why="导入",
    )
    assert len(asked("piliang")) == 3


def test_the_index_can_be_made_anew(school: Any) -> None:
    before = set(SearchName.objects.values_list("register", "row", "name", "keys"))
    SearchName.objects.update(keys="", name="")
    assert reindex() == len(before)
    assert set(SearchName.objects.values_list("register", "row", "name", "keys")) == before


def test_it_costs_the_same_for_one_row_and_for_many(school: Any) -> None:
    user = cast.somebody(Role.COUNTY_OFFICER)

    def price(text: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            find(text, cast.asker(user))
        return len(queries)

    user_knows = price("xiaoxue"), price("xioaxue")
    make_many(School, 1)
    for row in make_many(School, 12):
        School.objects.filter(pk=row.pk).update(name=f"{row.pk}小学")
    reindex()
    assert (price("xiaoxue"), price("xioaxue"))[0] <= user_knows[0]
    assert price("xioaxue") <= user_knows[1]


def test_the_page_names_what_was_found_and_answers_typing_with_a_part(school: Any) -> None:
    browser = Client()
    browser.force_login(cast.somebody(Role.CITY_OFFICE, area=CITY))
    page = browser.get("/search/", {"q": "qyssyxx"}).content.decode()
    assert f"/registers/schools/{school.pk}/" in page
    part = browser.get("/search/", {"q": "qyssyxx"}, headers={"HX-Request": "true"}).content.decode()
    assert "沁阳市实验小学" in part
    assert "<html" not in part
    assert "没有找到" in browser.get("/search/", {"q": "zzzz"}).content.decode()
