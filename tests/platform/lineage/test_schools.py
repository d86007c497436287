"""What becomes of schools: renamed, moved, merged, split, recoded, and put right again when it was wrong."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from junheng.domains.areas.models import Area
from junheng.domains.funds.models import Entitlement
from junheng.domains.groups.models import GroupMember, Pair, WeakSchool
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.actions import recode_school, split_school
from junheng.domains.schools.models import School, SchoolClass
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from junheng.platform.audit.save import columns_of, save_row
from junheng.platform.lineage.actions import merge, move, rename, take_back
from junheng.platform.lineage.models import Kind, Succession
from junheng.platform.lineage.queries import family, heir_of
from junheng.platform.registers import every_register
from junheng.platform.registers.known import as_known
from junheng.platform.searching.find import find
from tests import cast
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 6, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ON = date(2024, 3, 1)
PAPER = {"on": ON, "number": "示例〔2024〕1号", "at": AT, "why": "批准文件"}


@pytest.fixture
def officer() -> User:
    return cast.somebody(Role.COUNTY_OFFICER, area=HERE)


def place(school: School, *, pupils: int = 2, number: int = 1) -> SchoolClass:
    """A class with pupils."""
    one = make(SchoolClass, school=school, where=school.area_id, grade=1, number=number, stage="primary")
    for _ in range(pupils):
        make(Pupil, school=school, school_class=one, where=school.area_id)
    return one


def facts() -> dict[str, dict[Any, dict[str, Any]]]:
    """Everything that an event may have moved."""
    return {
        model.__name__: {row.pk: columns_of(row) for row in model._default_manager.all()}
        for model in (School, SchoolClass, Pupil, GroupMember, Entitlement, WeakSchool)
    }


def test_a_renamed_school_keeps_its_code_and_is_found_by_both_names(officer: User) -> None:
    school = make(School, name="东风小学")
    code = school.code
    rename(school, name="实验第二小学", by=officer, **PAPER)
    school.refresh_from_db()
    assert (school.name, school.code) == ("实验第二小学", code)
    for words in ("东风小学", "dfxx", "实验第二"):
        assert [hit.name for group in find(words, cast.asker(officer)).groups for hit in group.hits] == [
            "实验第二小学"
        ]
    with as_known(every_register()["schools"], date(2024, 3, 5), asker=cast.asker(officer)):
        assert School.objects.get(pk=school.pk).name == "东风小学"


@pytest.mark.parametrize("turned", [False, True])
def test_a_pair_of_schools_that_become_one_ends(officer: User, turned: bool) -> None:
    heir, gone = make(School), make(School)
    helper, helped = (gone, heir) if turned else (heir, gone)
    pair = make(Pair, helper=helper, helped=helped, since=date(2020, 9, 1))
    made = merge([gone], heir, by=officer, **PAPER)[0]
    pair.refresh_from_db()
    assert (pair.helper, pair.helped, pair.until) == (helper, helped, ON)
    take_back(made, by=officer, at=AT, why="批文有误")
    pair.refresh_from_db()
    assert pair.until is None


def test_what_holds_goes_along_and_what_happened_stays(officer: User) -> None:
    heir, gone = make(School), make(School)
    place(heir)
    one = place(gone, pupils=3)
    left = make(Pupil, school=gone, school_class=one, until=date(2023, 12, 1))
    paid = make(Entitlement, school=gone)
    weak = make(WeakSchool, school=gone)
    merge([gone], heir, by=officer, **PAPER)
    gone.refresh_from_db()
    one.refresh_from_db()
    assert gone.until == ON
    assert (one.school_id, one.number) == (heir.pk, 2)
    assert Pupil.objects.filter(school=heir).count() == 5
    assert WeakSchool.objects.get(pk=weak.pk).school_id == heir.pk
    for row in (left, paid):
        row.refresh_from_db()
        assert row.school_id == gone.pk
    event = Succession.objects.get()
    assert (event.kind, event.predecessor, event.successor) == (Kind.MERGE, str(gone.pk), str(heir.pk))
    found = heir_of("schools", str(gone.pk))
    assert found is not None
    assert found.key == str(heir.pk)
    assert verify() is None


def test_what_the_heir_has_already_ends_instead(officer: User) -> None:
    heir, gone = make(School), make(School)
    here, there = make(WeakSchool, school=heir), make(WeakSchool, school=gone)
    merge([gone], heir, by=officer, **PAPER)
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.until, there.until, there.school_id) == (None, ON, gone.pk)


def test_a_mistake_is_taken_back_and_everything_is_as_it_was(officer: User) -> None:
    heir, first, second = make(School), make(School), make(School)
    for school in (heir, first, second):
        place(school)
    teacher = cast.somebody(
        Role.CLASS_TEACHER, school=first, school_class=SchoolClass.objects.get(school=first)
    )
    before = facts()
    merge([first, second], heir, by=officer, **PAPER)
    assert facts() != before
    grant = teacher.grants.get()
    assert grant.school == heir.pk
    take_back(Succession.objects.first(), by=officer, at=AT + timedelta(hours=1), why="登记有误")  # type: ignore[arg-type]
    assert facts() == before
    grant.refresh_from_db()
    assert grant.school == first.pk
    assert set(Succession.objects.values_list("withdrawn_on", flat=True)) == {AT.date()}
    assert heir_of("schools", str(first.pk)) is None
    with pytest.raises(Conflict, match="已经更正撤回"):
        take_back(Succession.objects.first(), by=officer, at=AT, why="再来")  # type: ignore[arg-type]


def test_what_was_written_since_is_not_overwritten(officer: User) -> None:
    heir, gone = make(School), make(School)
    one = place(gone)
    merge([gone], heir, by=officer, **PAPER)
    one.refresh_from_db()
    one.number = 9
    one.school = gone
    save_row(one, by=officer, at=AT, why="别的事")
    state = facts()
    with pytest.raises(Conflict, match="之后又被修改过"):
        take_back(Succession.objects.get(), by=officer, at=AT, why="登记有误")
    assert facts() == state


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("itself", "merge-with-itself"),
        ("closed", "unit-closed"),
        ("unborn", "before-its-founding"),
        ("to come", "day-to-come"),
        ("other county", "unit-not-yours"),
        ("nothing", "nothing-to-merge"),
    ],
)
def test_nonsense_is_refused_and_nothing_is_written(case: str, code: str, officer: User) -> None:
    heir, gone = make(School), make(School)
    units, paper = [gone], dict(PAPER)
    match case:
        case "itself":
            units = [heir]
        case "closed":
            gone.until = date(2023, 12, 31)
            gone.save()
        case "unborn":
            gone.since = date(2024, 3, 4)
            gone.save()
        case "to come":
            paper["on"] = date(2024, 3, 7)
        case "other county":
            units = [make(School, where=THERE)]
        case "nothing":
            units = []
    before, entries = facts(), Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        merge(units, heir, by=officer, **paper)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert (facts(), Entry.objects.count(), Succession.objects.count()) == (before, entries, 0)


def test_the_city_merges_across_counties_and_moves(officer: User) -> None:
    city = cast.somebody(Role.CITY_SECTION, area=CITY)
    heir, gone = make(School), make(School, where=THERE)
    one = place(gone)
    merge([gone], heir, by=city, **PAPER)
    one.refresh_from_db()
    assert one.area_id == heir.area_id
    there = Area.objects.get(pk=THERE)
    with pytest.raises(NotAllowed):
        move(heir, area=there, by=officer, **PAPER)
    later = PAPER | {"on": date(2024, 3, 2)}
    move(heir, area=there, by=city, **later)  # type: ignore[arg-type]
    one.refresh_from_db()
    assert one.area_id == THERE
    assert [step.kind for step in family(gone)] == [Kind.MERGE, Kind.MOVE]


def test_a_part_of_a_school_begins_anew(officer: User) -> None:
    school = make(School)
    goes, stays = place(school, number=1, pupils=5), place(school, number=2, pupils=3)
    gone = Pupil.objects.filter(school_class=goes).first()
    assert gone is not None
    Pupil.objects.filter(pk=gone.pk).update(until=date(2024, 1, 15))
    here = Area.objects.get(pk=HERE)
    new = {"code": "2141999001", "name": "新分校", "area": here, "by": officer, **PAPER}
    with pytest.raises(Refusal, match="没有“1-7”这个班"):
        split_school(school, classes="1-1、1-7", **new)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="带走一部分"):
        split_school(school, classes="1-1、1-2", **new)  # type: ignore[arg-type]
    fresh = split_school(school, classes="1年1班", **new)  # type: ignore[arg-type]
    for one in (goes, stays):
        one.refresh_from_db()
    assert (goes.school_id, stays.school_id) == (fresh.pk, school.pk)
    assert Pupil.objects.filter(school=fresh).count() == Pupil.objects.filter(school=school).count() == 4
    event = Succession.objects.get()
    assert (event.part, event.whole, fresh.since) == (4, 7, ON), "the roll of the day, not classes"
    take_back(event, by=officer, at=AT, why="登记有误")
    assert Pupil.objects.filter(school=school).count() == 8
    fresh.refresh_from_db()
    assert fresh.until is not None


def test_where_the_roll_is_empty_classes_are_counted(officer: User) -> None:
    school = make(School)
    for number in (1, 2, 3):
        place(school, number=number, pupils=0)
    here = Area.objects.get(pk=HERE)
    split_school(school, classes="1-1", code="2141999001", name="新分校", area=here, by=officer, **PAPER)
    event = Succession.objects.get()
    assert (event.part, event.whole) == (1, 3)


def test_another_kind_needs_another_code(officer: User) -> None:
    school = make(School)
    place(school)
    with pytest.raises(Conflict, match="不得重复使用"):
        recode_school(school, code=school.code, name="", kind="nine_year", by=officer, **PAPER)
    fresh = recode_school(school, code="3141999001", name="", kind="nine_year", by=officer, **PAPER)
    school.refresh_from_db()
    assert (school.until, fresh.name, fresh.kind) == (ON, school.name, "nine_year")
    assert Pupil.objects.filter(school=fresh).count() == 2


def test_the_number_of_statements_does_not_grow_with_rows(officer: User) -> None:
    def cost(pupils: int) -> int:
        heir, gone = make(School), make(School)
        place(gone, pupils=pupils)
        with CaptureQueriesContext(connection) as asked:
            merge([gone], heir, by=officer, **PAPER)
        return len(asked)

    cost(1)
    assert cost(2) == cost(30)


def test_on_the_pages_of_a_county_officer(client: Client, officer: User) -> None:
    heir, gone = make(School, name="甲小学"), make(School, name="乙小学")
    place(gone)
    client.force_login(officer)
    address = reverse("deeds:do", args=["schools", heir.pk, "merge"])
    assert address in client.get(reverse("registers:detail", args=["schools", heir.pk])).content.decode()
    given = {
        "codes": f"{gone.code} 乙小学",
        "on": "2024-03-01",
        "number": "示例〔2024〕1号",
        "why": "布局调整",
    }
    first = client.post(address, given)
    assert first.status_code == 422
    assert "随之变动：" in first.content.decode()
    assert "学生 2" in first.content.decode()
    assert not Succession.objects.exists()
    assert client.post(address, given | {"checked": "on"}).status_code == 302
    page = client.get(reverse("registers:detail", args=["schools", heir.pk])).content.decode()
    assert "沿革" in page
    assert "乙小学" in page
    assert "2024-03-01" in page
    event = Succession.objects.get()
    back = reverse("deeds:do", args=["lineage", event.pk, "take-back"])
    assert client.post(back, {"why": "登记有误"}).status_code == 302
    assert "乙小学" not in client.get(reverse("registers:detail", args=["schools", heir.pk])).content.decode()


def test_the_line_names_no_address_outside_the_scope(client: Client, officer: User) -> None:
    city = cast.somebody(Role.CITY_SECTION, area=CITY)
    heir, gone = make(School), make(School, where=THERE)
    merge([gone], heir, by=city, **PAPER)
    client.force_login(officer)
    page = client.get(reverse("registers:detail", args=["schools", heir.pk])).content.decode()
    assert reverse("registers:detail", args=["schools", gone.pk]) not in page
    assert gone.name in page


def test_the_heir_is_found_by_the_name_of_whom_it_took_over(officer: User) -> None:
    heir, gone = make(School, name="甲小学"), make(School, name="乙泉小学")
    merge([gone], heir, by=officer, **PAPER)

    def found() -> set[str]:
        return {hit.name for group in find("乙泉小学", cast.asker(officer)).groups for hit in group.hits}

    assert found() == {"甲小学", "乙泉小学"}
    take_back(Succession.objects.get(), by=officer, at=AT, why="登记有误")
    assert found() == {"乙泉小学"}


def test_what_becomes_of_a_school_is_decided_above_it() -> None:
    """A principal changes the school's rows; its name, place and end are the county's to decide."""
    school = make(School, name="东风小学")
    principal = cast.somebody(Role.PRINCIPAL, area=HERE, school=school.pk)
    with pytest.raises(NotAllowed, match="由县（市、区）教育局或市局办理"):
        rename(school, name="实验第二小学", by=principal, **PAPER)
    assert not Succession.objects.exists()
    client = Client()
    client.force_login(principal)
    page = client.get(reverse("registers:detail", args=["schools", school.pk])).content.decode()
    offered = set(re.findall(rf"/deeds/schools/{school.pk}/(\w+)/", page))
    assert offered == {"incident"}, "a principal reports what happened at the school, and nothing else"
    client.force_login(cast.somebody(Role.COUNTY_OFFICER, area=HERE))
    page = client.get(reverse("registers:detail", args=["schools", school.pk])).content.decode()
    assert f"/deeds/schools/{school.pk}/rename/" in page
