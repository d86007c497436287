"""Many rows at once are asked about as one is: an import lists the questions, a program is answered with them."""

import io
import json
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from junheng.domains.schools.models import School
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from junheng.platform.quality.computing import compute
from junheng.platform.quality.models import Explanation, Finding
from junheng.platform.registers import register_called
from junheng.platform.registers.headings import SAID, UNUSUAL
from junheng.platform.registers.importing import carry_out, read_sheet, rehearse
from tests import cast
from tests.domains import makers
from tests.makers import areas
from tests.makers.rows import HERE
from tests.platform.quality.cases import DAY, pupil
from tests.surfaces.api.cases import Program, program_of, told

PAGE = "/registers/schools/import/"
HEAD = ("学校标识码", "学校名称", "所在区划", "办学类型", "办学性质", "城乡分类", "寄宿制", "设立日")
TEXT = "批复文件上就是这样写的，附复印件。"
ODD = "校名里有空格或阿拉伯数字"


def row(number: int, name: str, *more: str) -> tuple[str, ...]:
    code = f"{2141000000 + number}"
    return (code, name, HERE, "小学", "公办", "城区", "否", "2023-09-01", *more)


def workbook(head: tuple[str, ...], *rows: tuple[str, ...]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("学校")
        for place, line in enumerate((head, *rows)):
            sheet.write_row(place, 0, line)
    return file.getvalue()


@pytest.fixture
def client() -> Client:
    areas()
    client = Client()
    client.force_login(cast.somebody(Role.COUNTY_OFFICER, area=HERE))
    return client


def send(client: Client, content: bytes) -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile("学校.xlsx", content)})


def test_a_preview_lists_what_is_unusual_and_the_file_comes_back_to_be_explained(client: Client) -> None:
    answer = send(client, workbook(HEAD, row(1, "第3小学"), row(2, "第四小学")))
    plan, page = answer.context["plan"], answer.content.decode()
    assert answer.status_code == 200
    assert (plan.asked, plan.explained, plan.wrong) == (1, 0, 0)
    assert [(one.line, one.said) for one in plan.questions] == [(2, "")]
    assert ODD in page
    assert "没有说明" in page
    assert not Finding.objects.exists()
    token = answer.context["token"]
    marked = b"".join(client.post("/registers/schools/import/marked/", {"token": token}).streaming_content)  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(io.BytesIO(marked))["学校"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == [*HEAD, UNUSUAL, SAID]
    assert ODD in sheet.cell(2, heads.index(UNUSUAL) + 1).value
    assert sheet.cell(3, heads.index(UNUSUAL) + 1).value is None
    sheet.cell(2, heads.index(SAID) + 1).value = TEXT
    file = io.BytesIO()
    sheet.parent.save(file)
    answer = send(client, file.getvalue())
    plan = answer.context["plan"]
    assert (plan.asked, plan.explained, plan.ignored) == (1, 1, [])
    done = client.post(PAGE, {"token": answer.context["token"], "why": "年初核对"}, follow=True)
    assert "1 处少见情形的说明已送上级审核" in done.content.decode()
    said = Explanation.objects.select_related("finding").get()
    school = School.objects.get(name="第3小学")
    assert (said.text, said.state, said.finding.code) == (TEXT, "proposed", "school-name-odd")
    assert (said.finding.row, said.finding.state, said.finding.area) == (school.pk, "proposed", HERE)
    assert Entry.objects.filter(table="quality.explanation", row=said.pk).exists()
    assert verify() is None
    compute(on=DAY, at=cast.NOW)
    assert Finding.objects.filter(code="school-name-odd").count() == 1


def test_what_nobody_explains_is_imported_counted_and_waits_in_the_queue(client: Client) -> None:
    answer = send(client, workbook(HEAD, row(1, "第3小学"), row(2, "第5小学")))
    done = client.post(PAGE, {"token": answer.context["token"], "why": "年初核对"}, follow=True)
    assert "2 处少见情形没有说明，已列入“数据质量”" in done.content.decode()
    assert School.objects.count() == 2
    assert (
        list(Finding.objects.values_list("code", "state", "gone_at"))
        == [("school-name-odd", "open", None)] * 2
    )
    assert not Explanation.objects.exists()


def test_an_explanation_that_says_nothing_is_a_mistake_in_its_cell(client: Client) -> None:
    answer = send(client, workbook((*HEAD, SAID), row(1, "第3小学", "是")))
    plan = answer.context["plan"]
    assert answer.status_code == 422
    assert [(one.cell, one.column) for one in plan.problems] == [("I2", SAID)]
    assert "说明须写 4 至 500 个字" in plan.problems[0].reason


def test_what_was_unusual_before_is_not_asked_again_and_statements_do_not_grow(client: Client) -> None:
    makers.school(name="第7小学", code="2141000007")
    answer = send(
        client, workbook(HEAD, (*row(7, "第7小学")[:2], HERE, "小学", "公办", "镇区", "是", "2020-09-01"))
    )
    assert answer.context["plan"].asked == 0
    register, asker = register_called("schools"), cast.asker(cast.somebody(Role.COUNTY_OFFICER, area=HERE))
    counts = []
    for count in (3, 60):
        content = workbook(
            (*HEAD, SAID), *(row(100 * count + at, f"第{at}小学", TEXT) for at in range(count))
        )
        sheet = read_sheet(register, "a.xlsx", content)
        rehearse(register, sheet, asker)
        with CaptureQueriesContext(connection) as asked:
            plan = carry_out(register, sheet, asker, why="试")
        assert (plan.asked, plan.settled) == (count, count)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_only_the_row_can_tell_is_asked_too() -> None:
    from junheng.platform.quality.asking import Watching
    from junheng.platform.quality.declare import rules_of

    one = pupil()
    register, asker = register_called("pupils"), cast.asker(cast.somebody(Role.COUNTY_OFFICER, area=HERE))
    assert any(rule.look is not None for rule in rules_of("pupils"))
    watching = Watching(register, [one], asker)
    one.born_on = one.born_on.replace(year=2010)
    one.save()
    assert {about[0] for about in (each.about for each in watching.asked([one]))} >= {"pupil-too-old"}


LIST = "/api/registers/schools/"
VALUES: dict[str, Any] = {
    "code": "2141000001", "name": "第3小学", "area": HERE, "kind": "primary", "nature": "public",
    "location": "urban", "boarding": False, "since": "2023-09-01",
}  # fmt: skip


@pytest.fixture
def program() -> Program:
    areas()
    return program_of(cast.somebody("county_officer"))


def test_a_program_is_asked_and_its_answer_waits_above(program: Program) -> None:
    answer = program.post(LIST, {"values": VALUES, "why": "新设"})
    assert (answer.status_code, told(answer)["code"]) == (409, "explanation-needed")
    assert [ODD in one["sentence"] for one in told(answer)["questions"]] == [True]
    assert not School.objects.exists()
    assert program.post(LIST, {"values": VALUES, "why": "新设", "explanation": "是"}).status_code == 409
    assert program.post(LIST, {"values": VALUES, "why": "新设", "explanation": 7}).status_code == 422
    made = program.post(LIST, {"values": VALUES, "why": "新设", "explanation": TEXT})
    assert made.status_code == 201
    assert Explanation.objects.get().text == TEXT
    change = {"values": {"name": "第 三 小学"}, "why": "更正"}
    assert program.patch(made["Location"], change, If_Match=made["ETag"]).status_code == 200


def test_many_lines_of_a_program_are_asked_at_their_lines(program: Program) -> None:
    lines = [VALUES, VALUES | {"code": "2141000002", "name": "第四小学"}]

    def sent(*more: str) -> Any:
        bodies = [
            {"values": one} | ({"explanation": said} if said else {})
            for one, said in zip(lines, (*more, "", ""), strict=False)
        ]
        return program.post(
            f"{LIST}upload/?why=核对", "\n".join(map(json.dumps, bodies)), kind="application/jsonl"
        )

    answer = sent()
    assert (answer.status_code, told(answer)["code"]) == (409, "explanation-needed")
    assert [one["line"] for one in told(answer)["questions"]] == [1]
    assert not School.objects.exists()
    assert sent(TEXT).status_code == 200
    assert Explanation.objects.get().text == TEXT
