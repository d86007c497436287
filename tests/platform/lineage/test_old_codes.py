"""Old codes and names in files and requests mean whoever carries on today; of several nobody guesses."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from junheng.domains.schools.actions import split_school
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.lineage.actions import merge, rename
from junheng.platform.registers import register_called
from junheng.platform.registers.exporting import make_export
from junheng.platform.registers.importing import carry_out, read_sheet, rehearse
from tests import cast
from tests.makers import areas, make
from tests.makers.rows import HERE
from tests.platform.lineage.test_schools import PAPER, place
from tests.surfaces.api.cases import program_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    areas()
    return cast.somebody(Role.COUNTY_OFFICER, area=HERE)


def planned(slug: str, text: str, user: User, *, do: bool = False) -> Any:
    register, asker = register_called(slug), cast.asker(user)
    sheet = read_sheet(register, "a.csv", text.encode())
    return carry_out(register, sheet, asker, why="试") if do else rehearse(register, sheet, asker)


def class_head() -> str:
    """The headings of classes as the register calls them."""
    register = register_called("classes")
    return ",".join(register.label_of(one.name) for one in register.fields)


def class_line(school: str, number: int, **given: str) -> str:
    register = register_called("classes")
    kept = {"school": school, "area": HERE, "grade": "1", "number": str(number), "stage": "小学"}
    kept |= {"since": "2024-09-01", "pupils": "30"} | given
    return ",".join(kept.get(one.name, "") for one in register.fields)


def merged(officer: User) -> tuple[School, School]:
    """A school that went up in another one."""
    old, heir = (
        make(School, name="东街小学", code="2141000001"),
        make(School, name="中心小学", code="2141000002"),
    )
    merge([old], heir, by=officer, **PAPER)
    return old, heir


@pytest.mark.parametrize("named", ["2141000001", "东街小学", "2141000001 东街小学"])
def test_a_new_row_that_names_the_old_school_is_the_heir_s_and_says_so(officer: User, named: str) -> None:
    _old, heir = merged(officer)
    text = f"{class_head()}\n{class_line(named, 7)}\n{class_line(named, 8)}"
    plan = planned("classes", text, officer)
    assert plan.problems == []
    assert [note for note in plan.notes if "现为 2141000002 中心小学" in note and "2 处" in note]
    planned("classes", text, officer, do=True)
    assert set(SchoolClass.objects.filter(number__in=(7, 8)).values_list("school", flat=True)) == {heir.pk}


def test_what_had_ended_before_stays_the_old_school_s(officer: User) -> None:
    old, _heir = merged(officer)
    line = class_line("2141000001", 7, since="2019-09-01", until="2023-07-01")
    plan = planned("classes", f"{class_head()}\n{line}", officer, do=True)
    assert SchoolClass.objects.get(number=7).school_id == old.pk
    assert not [note for note in plan.notes if "现为" in note]


def test_rows_of_the_old_school_that_are_as_they_were_are_left_alone(officer: User) -> None:
    old = make(School, name="东街小学", code="2141000001")
    make(
        SchoolClass,
        school=old,
        where=HERE,
        grade=1,
        number=1,
        stage="primary",
        since=date(2022, 9, 1),
        until=date(2023, 7, 1),
    )
    heir = make(School, name="中心小学", code="2141000002")
    merge([old], heir, by=officer, **PAPER)
    before = SchoolClass.objects.get()
    register, asker = register_called("classes"), cast.asker(officer)
    with make_export(register, register.rows(), "csv", asker=asker).file as file:
        content = file.read()
    plan = rehearse(register, read_sheet(register, "a.csv", content), asker)
    assert (plan.unchanged, plan.changed, plan.new, plan.problems) == (1, 0, 0, [])
    assert before.school_id == old.pk


def test_a_former_name_of_the_same_school_is_understood(officer: User) -> None:
    school = make(School, name="东风小学", code="2141000003")
    rename(school, name="实验第二小学", by=officer, **PAPER)
    plan = planned("classes", f"{class_head()}\n{class_line('东风小学', 7)}", officer, do=True)
    assert SchoolClass.objects.get().school_id == school.pk
    assert any("东风小学 现为 2141000003 实验第二小学" in note for note in plan.notes)


def split_and_merged(officer: User) -> tuple[School, School, School]:
    """A school of which a part became a new one and the rest went up in a third."""
    school = make(School, name="双河小学", code="2141000004")
    place(school)
    place(school, number=2)
    split_school(
        school, code="2141000005", name="双河二小", area=school.area, classes="1-1", by=officer, **PAPER
    )
    heir = make(School, name="中心小学", code="2141000002")
    school.refresh_from_db()
    merge([school], heir, by=officer, **PAPER)
    return school, School.objects.get(code="2141000005"), heir


def test_where_several_carry_on_nobody_guesses_and_they_are_named(officer: User) -> None:
    split_and_merged(officer)
    plan = planned("classes", f"{class_head()}\n{class_line('双河小学', 9)}", officer)
    (problem,) = plan.problems
    assert (problem.cause, plan.new) == ("relation", 0)
    assert "2141000005 双河二小" in problem.reason
    assert "2141000002 中心小学" in problem.reason


def school_text(*lines: str) -> str:
    return "\n".join(("学校标识码,学校名称,联系电话", *lines))


def test_a_line_by_the_old_code_says_of_the_heir_what_is_new_and_never_the_old_name(officer: User) -> None:
    old, heir = merged(officer)
    text = school_text("2141000001,东街小学,0391-1234567")
    plan = planned("schools", text, officer)
    assert (plan.changed, plan.new, plan.problems) == (1, 0, [])
    assert [(one.row, one.column, one.after) for one in plan.changes] == [
        (str(heir), register_called("schools").label_of("phone"), "039****4567")
    ]
    assert any("2141000001 现为 2141000002 中心小学" in note for note in plan.notes)
    planned("schools", text, officer, do=True)
    heir.refresh_from_db()
    assert (heir.name, heir.phone, heir.until) == ("中心小学", "0391-1234567", None)
    before = School.objects.get(pk=old.pk)
    assert (before.phone, before.name) == (old.phone, "东街小学")
    twice = planned("schools", school_text("2141000001,东街小学,1", "2141000002,中心小学,2"), officer)
    assert [one.cause for one in twice.problems] == ["twice"]


def test_an_old_line_that_says_nothing_new_changes_nothing(officer: User) -> None:
    merged(officer)
    plan = planned("schools", school_text("2141000001,东街小学,"), officer)
    assert (plan.unchanged, plan.changed, plan.new, plan.problems) == (1, 0, 0, [])


def test_statements_do_not_grow_with_old_codes(officer: User) -> None:
    merged(officer)
    counts = []
    for count in (2, 40):
        text = "\n".join((class_head(), *(class_line("东街小学", 100 * count + at) for at in range(count))))
        with CaptureQueriesContext(connection) as asked:
            planned("classes", text, officer)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_program_that_knows_the_old_code_writes_for_the_heir(officer: User) -> None:
    _old, heir = merged(officer)
    program = program_of(officer)
    values: dict[str, Any] = {
        "school": "2141000001", "area": HERE, "grade": 1, "number": 7, "stage": "primary", "pupils": 30,
        "since": "2024-09-01",
    }  # fmt: skip
    register = register_called("classes")
    values = {name: value for name, value in values.items() if register.f(name)}
    answer = program.post(
        "/api/registers/classes/", {"values": values, "why": "新班", "explanation": "批复如此"}
    )
    assert answer.status_code == 201, answer.content
    assert told(answer)["school"]["key"] == "2141000002"
    assert SchoolClass.objects.get().school_id == heir.pk


def test_a_program_is_told_who_carries_on_where_there_are_several(officer: User) -> None:
    split_and_merged(officer)
    program = program_of(officer)
    register = register_called("classes")
    values: dict[str, Any] = {"school": "2141000004", "area": HERE, "grade": 1, "number": 9, "stage": "primary",
                              "pupils": 30, "since": "2024-09-01"}  # fmt: skip
    values = {name: value for name, value in values.items() if register.f(name)}
    answer = program.post("/api/registers/classes/", {"values": values, "why": "新班"})
    assert answer.status_code == 422
    (error,) = told(answer)["errors"]
    assert (error["field"], error["code"]) == ("school", "relation")
    assert "双河二小" in error["sentence"]
    many = program.post(
        "/api/registers/classes/upload/?why=x",
        '{"values": {"school": "2141000004"}}',
        kind="application/jsonl",
    )
    assert "双河二小" in told(many)["errors"][0]["sentence"]
