"""What a program may not write alone: 202 with the numbers of what waits, and the row as it is meanwhile."""

from typing import Any

import pytest

from junheng.domains.schools.models import School
from junheng.domains.titles.models import Title
from junheng.platform.stewardship.models import Proposal
from tests import cast
from tests.makers import make
from tests.makers.rows import HERE
from tests.platform.stewardship.people import decide, head_of, section
from tests.surfaces.api.cases import Program, program_of, told
from tests.surfaces.api.test_writing import lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Any:
    return make(School, name="甲校", nature="public", address="旧路1号")


@pytest.fixture
def program(school: School) -> Program:
    return program_of(cast.somebody("county_officer"))


def test_a_change_that_waits_is_answered_by_202(program: Program, school: School) -> None:
    address = f"/api/registers/schools/{school.pk}/"
    tag = program.get(address)["ETag"]
    change = {"values": {"nature": "private", "address": "新路2号"}, "why": "转制"}
    answer = program.patch(address, change, If_Match=tag)
    assert answer.status_code == 202, answer.content
    one = Proposal.objects.get()
    assert told(answer)["proposals"] == [one.pk]
    row = told(answer)["row"]
    assert (row["nature"], row["address"]) == ("public", "新路2号")
    assert (one.source, one.after) == ("api", {"nature": "private"})
    assert "考务系统" in one.why
    assert decide(section(), one.pk).status_code == 302
    assert told(program.get(address))["nature"] == "private"
    again = program.patch(address, change, If_Match=program.get(address)["ETag"])
    assert again.status_code == 200


def test_only_what_waits_leaves_the_row_and_its_version(program: Program, school: School) -> None:
    address = f"/api/registers/schools/{school.pk}/"
    before = program.get(address)
    answer = program.patch(address, {"values": {"nature": "private"}, "why": "转制"}, If_Match=before["ETag"])
    assert (answer.status_code, told(answer)["row"]) == (202, told(before))


def test_an_end_waits(school: School) -> None:
    program = program_of(head_of(school))
    answer = program.post(f"/api/registers/schools/{school.pk}/end/", {"until": "2024-09-01", "why": "并校"})
    assert (answer.status_code, told(answer)["row"]["until"]) == (202, None)
    assert Proposal.objects.get().kind == "end"


def test_a_new_row_that_waits_has_no_row_yet(program: Program, school: School) -> None:
    sample = make(Title, school=school)
    values = {"name": sample.name, "level": sample.level, "batch": 3, "area": HERE, "school": school.code, "awarded_on": "2024-01-02"}  # fmt: skip
    answer = program.post("/api/registers/titles/", {"values": values, "why": "上报"})
    assert answer.status_code == 202, answer.content
    assert told(answer) == {"proposals": [Proposal.objects.get().pk], "row": None}
    assert Title.objects.count() == 1


def test_an_upload_says_what_waits(program: Program, school: School) -> None:
    other = make(School, nature="public")
    text = lines(
        {"id": school.pk, "values": {"nature": "private"}},
        {"id": other.pk, "values": {"address": "新路3号"}},
    )
    address = "/api/registers/schools/upload/?why=%E6%89%B9%E9%87%8F"
    answer = program.post(address, text, kind="application/jsonl")
    assert answer.status_code == 202, answer.content
    done = told(answer)
    assert (done["changed"], done["unchanged"], done["rows"]) == (1, 1, [school.pk, other.pk])
    assert done["proposals"] == [Proposal.objects.get().pk]
    school.refresh_from_db()
    assert school.nature == "public"
