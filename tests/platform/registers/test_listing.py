"""Lists: pages, order, filters, search, the day, and what a list says to nonsense."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from junheng.domains.pupils.models import Household, Pupil
from junheng.domains.schools.models import School
from junheng.platform.access.roles import Role
from junheng.platform.registers import filters, listing, search
from tests import cast
from tests.makers import make, make_many
from tests.makers.rows import BEGUN, CITY, HERE, THERE

pytestmark = pytest.mark.django_db
LIST = "/registers/schools/"


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(cast.somebody(Role.CITY_SECTION, area=CITY))
    return client


def names(page: Any) -> list[str]:
    assert page.status_code == 200
    return [row.name for row in page.context["page"].rows]


def test_pages_of_twenty_five_with_the_rest_on_the_last(browser: Client) -> None:
    make_many(School, 27)
    page = browser.get(LIST)
    assert (len(names(page)), page.context["page"].count, page.context["page"].last) == (25, 27, 2)
    assert len(names(browser.get(LIST, {"page": 2}))) == 2
    assert len(names(browser.get(LIST, {"page": 99}))) == 2
    assert "第 1–25 条" in page.content.decode()


def test_beyond_the_counted_it_says_more_than_and_sorts_by_index_only(
    browser: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr(listing, "COUNTED", 2)
    make_many(School, 4)
    page = browser.get(LIST)
    assert (page.context["page"].count, page.context["page"].more) == (2, True)
    assert "超过 2 条" in page.content.decode()
    sortable = {column["name"] for column in page.context["columns"] if column["sortable"]}
    assert {"code", "name", "area"} <= sortable
    assert not {"since", "nature"} & sortable
    assert all(option.count is None for box in page.context["boxes"] for option in box.options)


def test_sorting_both_ways(browser: Client) -> None:
    for name in ("乙校", "甲校", "丙校"):
        make(School, name=name)
    there = names(browser.get(LIST, {"sort": "name"}))
    assert there == sorted(there)
    assert names(browser.get(LIST, {"sort": "-name"})) == there[::-1]


def test_filters_narrow_and_count_what_they_would_leave(browser: Client) -> None:
    make(School, nature="public", name="公办甲")
    make(School, nature="private", name="民办乙", where=THERE)
    page = browser.get(LIST, {"nature": "private"})
    assert names(page) == ["民办乙"]
    box = next(box for box in page.context["boxes"] if box.name == "nature")
    assert {option.value: option.count for option in box.options} == {"public": 1, "private": 1}
    area = next(box for box in page.context["boxes"] if box.name == "area")
    assert {option.value: option.count for option in area.options} == {CITY: 1, THERE: 1}
    assert names(browser.get(LIST, {"area": HERE})) == ["公办甲"]
    assert names(browser.get(LIST, {"area": CITY, "nature": ""})) == ["公办甲", "民办乙"]


def test_options_are_counted_as_if_each_filter_stood_alone(browser: Client) -> None:
    kinds = [key for key, _label in School._meta.get_field("kind").flatchoices][:2]
    for place, boarding in enumerate((True, False, True, True)):
        make(School, kind=kinds[place % 2], boarding=boarding, nature="public" if place else "private")
    asked = {"boarding": "1", "nature": "public"}
    with CaptureQueriesContext(connection) as whole:
        page = browser.get(LIST, asked)
    counts = [
        one["sql"]
        for one in whole
        if 'COUNT("schools_school"' in one["sql"] and "SUBSTR" not in one["sql"].upper()
    ]
    assert len(counts) == 1 + len(asked), "one for what is not narrowed by, one for each filter"
    for box in page.context["boxes"]:
        if box.kind != "choose":
            continue
        for option in box.options:
            others = {name: value for name, value in asked.items() if name != box.name}
            alone = browser.get(LIST, others | {box.name: option.value})
            assert option.count == alone.context["page"].count, (box.name, option.value)


def test_where_nothing_is_found_nothing_is_counted(browser: Client) -> None:
    make(School, name="甲校", nature="public")
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(LIST, {"q": "没有这个"})
    assert names(page) == []
    assert not [one for one in asked if "GROUP BY" in one["sql"] and '"kind"' in one["sql"]]
    with_filter = browser.get(LIST, {"q": "甲", "nature": "private"})
    box = next(box for box in with_filter.context["boxes"] if box.name == "nature")
    assert {one.value: one.count for one in box.options} == {"public": 1, "private": 0}


def test_a_relation_to_many_rows_is_typed_and_none_of_them_is_read(browser: Client, monkeypatch: Any) -> None:
    make(Pupil)

    def kinds() -> dict[str, str]:
        return {box.name: box.kind for box in browser.get("/registers/pupils/").context["boxes"]}

    assert kinds()["school"] == "choose"
    monkeypatch.setattr(filters, "OFFERED", 0)
    with CaptureQueriesContext(connection) as asked:
        assert kinds()["school"] == "type"
    assert not [one for one in asked if 'FROM "schools_school"' in one["sql"] and "name" in one["sql"]]


def test_townships_are_offered_within_the_chosen_county_only(browser: Client) -> None:
    make(School, where=f"{HERE}001")
    make(School, where=f"{THERE}001")

    def offered(value: str) -> set[str]:
        boxes = browser.get(LIST, {"area": value}).context["boxes"]
        return {option.value for box in boxes if box.name == "area" for option in box.options}

    assert offered("") == {CITY, HERE, THERE}
    assert offered(HERE) == {CITY, HERE, THERE, f"{HERE}001"}
    assert offered(f"{THERE}001") == {CITY, HERE, THERE, f"{THERE}001"}
    assert offered(CITY) == {CITY, HERE, THERE}


def test_a_relation_is_narrowed_by_number_or_key(browser: Client) -> None:
    pupil, other = make(Pupil), make(Pupil)
    for value in (pupil.school_id, pupil.school.code, f"{pupil.school.code} {pupil.school.name}"):
        page = browser.get("/registers/pupils/", {"school": value})
        assert [row.pk for row in page.context["page"].rows] == [pupil.pk]
    assert other.pk not in {row.pk for row in page.context["page"].rows}
    assert not browser.get("/registers/pupils/", {"school": "no-such"}).context["page"].rows


def test_search_finds_any_part_in_a_small_table(browser: Client) -> None:
    make(School, name="解放区第二小学")
    make(School, name="山阳区第三中学")
    assert names(browser.get(LIST, {"q": "第二"})) == ["解放区第二小学"]
    assert names(browser.get(LIST, {"q": "没有这个"})) == []


def test_search_finds_the_beginning_in_a_large_one(browser: Client, monkeypatch: Any) -> None:
    make(School, name="解放区第二小学")
    monkeypatch.setattr(search, "LARGE", 0)
    assert names(browser.get(LIST, {"q": "解放"})) == ["解放区第二小学"]
    assert names(browser.get(LIST, {"q": "第二"})) == []


@pytest.mark.parametrize("few", [1, 100])
def test_what_is_found_in_a_large_table_lies_within_the_scope(
    client: Client, monkeypatch: Any, few: int
) -> None:
    client.force_login(cast.somebody(Role.COUNTY_OFFICER, area=HERE))
    monkeypatch.setattr(search, "LARGE", 0)
    monkeypatch.setattr(search, "FEW", few)
    for where in (HERE, HERE, THERE):
        make(School, name="同名小学", where=where)
    make(School, name="别的小学")
    assert names(client.get(LIST, {"q": "同名"})) == ["同名小学", "同名小学"]
    assert names(client.get(LIST, {"q": "同名", "kind": "junior"})) == []


def test_a_sensitive_value_cannot_be_searched_for(browser: Client) -> None:
    household = make(Household, phone="13900000001")
    assert not browser.get("/registers/households/", {"q": "139"}).context["page"].rows
    assert browser.get("/registers/households/", {"q": household.code}).context["page"].rows


def test_a_list_is_of_a_day(browser: Client) -> None:
    school = make(School, until=BEGUN + timedelta(days=10), name="短校")
    first, last = BEGUN, school.until - timedelta(days=1)
    assert names(browser.get(LIST, {"on": (first - timedelta(days=1)).isoformat()})) == []
    assert names(browser.get(LIST, {"on": first.isoformat()})) == ["短校"]
    assert names(browser.get(LIST, {"on": last.isoformat()})) == ["短校"]
    assert names(browser.get(LIST, {"on": school.until.isoformat()})) == []
    assert names(browser.get(LIST, {"on": "all"})) == ["短校"]


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        ({"on": "2023-13-01"}, "bad-day", "「2023-13-01」不是有效的日期"),
        ({"page": "-1"}, "bad-page", "没有第「-1」页"),
        ({"page": "abc"}, "bad-page", "没有第「abc」页"),
        ({"sort": "phone"}, "bad-order", "不能按「phone」排序"),
        ({"nature": "royal"}, "bad-filter", "筛选条件「办学性质」没有「royal」这个值"),
        ({"area": "41%"}, "bad-filter", "筛选条件「所在区划」没有「41%」这个值"),
        ({"boarding": "perhaps"}, "bad-filter", "没有「perhaps」这个值"),
    ],
)
def test_nonsense_is_answered_with_a_sentence(
    browser: Client, asked: dict[str, str], code: str, words: str
) -> None:
    page = browser.get(LIST, asked)
    assert (page.status_code, page["X-Refusal"]) == (400, code)
    assert words in page.content.decode()


def test_htmx_gets_the_results_and_a_browser_the_page(browser: Client) -> None:
    make(School, name="甲校")
    part = browser.get(LIST, headers={"HX-Request": "true"}).content.decode()
    assert "甲校" in part
    assert "<html" not in part
    restored = browser.get(LIST, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()


def test_a_lapsed_session_sends_the_whole_window_to_the_login(client: Client) -> None:
    answer = client.get(LIST, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/login/?next={LIST}")


def test_an_unknown_register_and_one_out_of_reach_look_alike(client: Client) -> None:
    client.force_login(cast.somebody(Role.TOWNSHIP_WARDEN, area=f"{HERE}001"))
    for slug in ("carecases", "nonsense"):
        page = client.get(f"/registers/{slug}/")
        assert page.status_code == 404
        assert f"没有名为「{slug}」的名录" in page.content.decode()


def test_the_index_lists_what_somebody_sees(client: Client) -> None:
    client.force_login(cast.somebody(Role.TOWNSHIP_WARDEN, area=f"{HERE}001"))
    chapters = client.get("/registers/").context["chapters"]
    assert [slug for slug, _name, _registers in chapters] == ["safety"]
    client.force_login(cast.stranger())
    assert "还没有可以查看的名录" in client.get("/registers/").content.decode()


def test_no_word_of_the_machinery_is_shown(browser: Client) -> None:
    school = make(School)
    for page in (
        "",
        LIST,
        f"{LIST}{school.pk}/",
        f"{LIST}{school.pk}/history/",
        f"{LIST}{school.pk}/edit/",
        f"{LIST}import/",
    ):
        text = browser.get(page or "/registers/").content.decode()
        words = [part.split("<")[0] for part in text.split(">")]
        shown = " ".join(words).lower()
        assert not [
            word for word in ("slug", "audit", "snapshot", "queryset", "none") if word in shown.split()
        ]


def test_as_of_today_or_the_day_of_the_installation(browser: Client, settings: Any) -> None:
    settings.JUNHENG_AS_OF = None
    make(School, since=date(2023, 9, 1), until=date(2023, 10, 1), name="已撤")
    make(School, name="现有")
    assert names(browser.get(LIST)) == ["现有"]
    settings.JUNHENG_AS_OF = date(2023, 9, 30)
    assert names(browser.get(LIST)) == ["已撤", "现有"]


def test_a_sensitive_column_is_not_sorted_by(browser: Client) -> None:
    page = browser.get("/registers/pupils/", {"sort": "name"})
    assert (page.status_code, page["X-Refusal"]) == (400, "bad-order")
    offered = {
        column["name"]
        for column in browser.get("/registers/pupils/").context["columns"]
        if column["sortable"]
    }
    assert "name" not in offered


def test_options_of_a_chosen_filter_are_counted_only_where_few_rows_are_left_without_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.somebody(Role.COUNTY_OFFICER))
    make_many(School, 4)
    kind = School.objects.values_list("kind", flat=True)[0]
    address = f"/registers/schools/?kind={kind}"

    def counted() -> bool:
        (box,) = (one for one in client.get(address).context["boxes"] if one.name == "kind")
        return any(option.count is not None for option in box.options)

    assert counted()
    monkeypatch.setattr(filters, "COUNTED", 3)
    assert not counted()


def test_a_register_that_names_a_row_in_two_ways_says_as_what(browser: Client) -> None:
    school = make(School)
    page = browser.get(f"/registers/schools/{school.pk}/")
    labels = [one["label"] for one in page.context["leads"]]
    assert len(labels) == len(set(labels))
    assert {"分配名额表（初中学校）", "分配名额表（高中学校）"} <= set(labels)
