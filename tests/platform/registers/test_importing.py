"""Imports: every encoding, every mistake in its place, all or nothing."""

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from junheng.domains.care.models import CommitteeMember
from junheng.domains.pupils.models import Household
from junheng.domains.schools.models import School
from junheng.kernel.errors import Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from junheng.platform.registers import workbooks
from junheng.platform.registers.formfields import TermField
from junheng.platform.registers.sheets import read_grids
from tests import cast
from tests.makers import areas, make
from tests.makers.rows import HERE, THERE

pytestmark = pytest.mark.django_db
PAGE = "/registers/schools/import/"
HEAD = "学校标识码,学校名称,所在区划,办学类型,办学性质,城乡分类,寄宿制,设立日"
GOOD = f"2141000001,第一小学,{HERE} 解放区,小学,公办,城区,否,2023-09-01"


@pytest.fixture(autouse=True)
def officer(client: Client) -> Any:
    areas()
    user = cast.somebody(Role.COUNTY_OFFICER)
    client.force_login(user)
    return user


def send(client: Client, content: bytes | str, name: str = "学校.csv", page: str = PAGE) -> Any:
    sent = content.encode() if isinstance(content, str) else content
    return client.post(page, {"file": SimpleUploadedFile(name, sent)})


def lines(*rows: str) -> str:
    return "\r\n".join([HEAD, *rows])


def labels() -> dict[str, str]:
    """Labels of choices as the model has them, so that a changed word does not break the tests."""
    column = School._meta.get_field("location")
    return {str(key): str(label) for key, label in column.flatchoices}


def words(name: str) -> str:
    """The choices of a field as people read them."""
    return "、".join(str(label) for _key, label in School._meta.get_field(name).flatchoices)


def good(**given: str) -> str:
    """One line that is in order, with something else in it."""
    names = ["code", "name", "area", "kind", "nature", "location", "boarding", "since"]
    cells = dict(zip(names, GOOD.split(","), strict=True)) | {"location": labels()["urban"]} | given
    return ",".join(cells[name] for name in names)


def problems(answer: Any) -> list[tuple[int, str, str]]:
    """Line, column and reason of every problem."""
    assert answer.status_code == 422
    return [(one.line, one.column, one.reason) for one in answer.context["plan"].listed_problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_every_encoding_that_offices_use(client: Client, encoding: str) -> None:
    answer = send(client, lines(good()).encode(encoding))
    assert answer.status_code == 200
    assert answer.context["plan"].new == 1


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_other_separators(client: Client, separator: str) -> None:
    assert send(client, lines(good()).replace(",", separator)).context["plan"].new == 1


def test_a_preview_writes_nothing_and_confirming_writes_all(client: Client, officer: Any) -> None:
    old = make(School, code="2141000002", name="旧名")
    row = good(code="2141000002", name="新名", kind=old.get_kind_display())
    answer = send(client, lines(good(), row))
    plan = answer.context["plan"]
    assert (plan.new, plan.changed, plan.unchanged) == (1, 1, 0)
    assert ("校名", "旧名", "新名") in [(one.column, one.before, one.after) for one in plan.changes]
    assert School.objects.count() == 1
    assert not Entry.objects.exists()
    done = client.post(PAGE, {"token": answer.context["token"], "why": "年初核对"}, follow=True)
    assert "导入完成：新增 1 行，修改 1 行。" in done.content.decode()
    old.refresh_from_db()
    assert old.name == "新名"
    entries = list(Entry.objects.all())
    assert [(entry.verb, entry.who, entry.why) for entry in entries] == [
        ("create", officer.username, "年初核对（学校.csv）"),
        ("change", officer.username, "年初核对（学校.csv）"),
    ]
    assert verify() is None


def test_every_mistake_is_told_with_line_column_and_reason(client: Client) -> None:
    answer = send(
        client,
        lines(
            good(code=""),
            good(code="2141000003", area="999999"),
            good(code="2141000004", kind="城堡"),
            good(code="2141000005", since="2023-02-30"),
            good(code="2141000006", boarding="也许"),
            good(code="2141000007"),
            good(code="2141000007", name="另一所"),
            good(code="21410000000008"),
        ),
    )
    assert problems(answer) == [
        (2, "学校标识码", "这个字段是必填项。"),
        (3, "所在区划", "没有「999999」，或者它不在您的权限范围内。请填写已有的代码。"),
        (4, "办学类型", f"没有「城堡」这个选项，可填：{words('kind')}。"),
        (5, "设立日", "「2023-02-30」不是有效的日期，请按 2023-09-01 的格式填写。"),
        (6, "寄宿制", "请填写「是」或「否」。"),
        (8, "", "与第 7 行是同一条记录。"),
        (9, "学校标识码", "确保该变量包含不超过 10 字符 (目前字符数 14)。"),
    ]
    assert "H5" in answer.content.decode()
    assert not School.objects.exists()


def test_a_line_outside_the_scope_is_a_problem_and_nothing_is_written(client: Client) -> None:
    answer = send(client, lines(good(), good(code="2141000009", area=THERE)))
    assert problems(answer) == [(3, "所在区划", "这条记录所在的区划或学校不在您的权限范围内，没有保存。")]
    assert not School.objects.exists()


def test_somebody_elses_row_is_not_told_apart_from_a_taken_key(client: Client) -> None:
    make(School, code="2141000001", where=THERE)
    assert problems(send(client, lines(good()))) == [(2, "学校标识码", "具有 学校标识码 的 学校 已存在。")]


def test_what_a_colleague_did_since_the_preview_is_seen(client: Client) -> None:
    answer = send(client, lines(good()))
    make(School, code="2141000001", where=THERE)
    done = client.post(PAGE, {"token": answer.context["token"], "why": "核对"})
    assert (done.status_code, done["X-Refusal"]) == (409, "import-has-problems")
    assert "没有导入任何内容。第 2 行：" in done.content.decode()
    assert School.objects.count() == 1


def test_a_preview_belongs_to_its_sender_and_its_register(client: Client) -> None:
    token = send(client, lines(good())).context["token"]
    assert client.post("/registers/classes/import/", {"token": token})["X-Refusal"] == "upload-gone"
    client.force_login(cast.somebody(Role.COUNTY_OFFICER))
    assert client.post(PAGE, {"token": token})["X-Refusal"] == "upload-gone"
    assert client.post(PAGE, {"token": token[:-2]})["X-Refusal"] == "upload-gone"
    assert not School.objects.exists()


def test_headings_are_known_by_name_label_and_synonym_and_others_are_named(client: Client) -> None:
    answer = send(client, "code,学校名称,所在区划＊,备注\n2141000001,某校,,x".replace("＊", "*"))
    assert answer.context["plan"].used == ["code", "学校名称", "所在区划*"]
    assert answer.context["plan"].ignored == ["备注"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty-file"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"0" * 600, "old-excel"),
        ("a.xlsx", b"PK\x03\x04broken", "broken-workbook"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xff", "not-a-table-but"),
        ("a.xlsx", b"%PDF-1.7\n", "not-a-table-but"),
        ("a.bin", b"\x01\x00\x00\xff\xff", "not-a-table"),
        ("a.csv", b'"a', "broken-csv"),
        ("a.csv", b"\n\n", "no-headings"),
        ("a.csv", "甲,乙\n1,2".encode(), "no-known-column"),
        ("a.csv", "校名,学校名称\n1,2".encode(), "column-twice"),
        ("a.csv", ("校名" + ",x" * 300).encode(), "too-many-columns"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(
    client: Client, name: str, content: bytes, code: str
) -> None:
    answer = send(client, content, name)
    assert (answer.status_code, answer["X-Refusal"]) == (400, code)
    assert not School.objects.exists()


def test_no_file_and_too_many_lines(client: Client, settings: Any) -> None:
    assert client.post(PAGE)["X-Refusal"] == "no-file"
    settings.JUNHENG_IMPORT_LINES = 1
    assert send(client, lines(good(), good(code="2141000002")))["X-Refusal"] == "too-many-rows"


def test_a_bomb_is_not_unpacked(monkeypatch: Any) -> None:
    monkeypatch.setattr(workbooks, "UNPACKED", 10)
    with pytest.raises(Refusal, match="解压后过大"):
        read_grids("a.xlsx", workbook([["校名"], ["某校"]]))


def workbook(rows: list[list[Any]]) -> bytes:
    """A workbook as people make it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd", "remove_timezone": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()


def test_a_workbook_with_numbers_and_real_days(client: Client) -> None:
    row: list[Any] = [
        2141000001,
        "第一小学",
        410802,
        "小学",
        "公办",
        labels()["urban"],
        "否",
        date(2023, 9, 1),
    ]
    answer = send(client, workbook([HEAD.split(","), [], row]), "学校.xlsx")
    assert answer.context["plan"].new == 1, answer.context["plan"].problems
    bad = send(client, workbook([HEAD.split(","), [], [*row[:3], "城堡", *row[4:]]]), "学校.xlsx")
    assert problems(bad)[0][:2] == (3, "办学类型")


def test_fixed_columns_are_left_alone_or_refused(client: Client) -> None:
    member = make(CommitteeMember)
    client.force_login(cast.somebody(Role.PRINCIPAL, school=member.school))
    page = "/registers/committee/import/"
    assert send(client, f"编号,聘任日\n{member.pk},{member.since}", page=page).context["plan"].does_nothing
    reason = "这一列只能通过业务办理改变，请保持原值或删去这一列。"
    assert problems(send(client, f"编号,聘任日\n{member.pk},2020-01-01", page=page)) == [
        (2, "聘任日", reason)
    ]
    fresh = send(client, "编号,培训日期\n,2023-10-01", page=page)
    assert "这类记录由业务办理产生，不能导入新增" in problems(fresh)[0][2]
    gone = send(client, "编号,培训日期\n99999,2023-10-01", page=page)
    assert problems(gone)[0][1] == "编号"


def test_masked_values_of_an_export_come_back_as_they_are(client: Client) -> None:
    household = make(Household, phone="13900001234")
    text = f"家庭编号,联系电话,住址\n{household.code},139****1234,某路1号"
    answer = send(client, text, page="/registers/households/import/")
    client.post("/registers/households/import/", {"token": answer.context["token"], "why": "核对"})
    household.refresh_from_db()
    assert (household.phone, household.address) == ("13900001234", "某路1号")


def test_terms_are_written_in_words_or_short_and_nothing_else() -> None:
    field = TermField()
    assert {field.clean(text) for text in ("2023A", "2023年秋季学期", "2023 秋季", "2023秋")} == {"2023A"}
    assert field.clean("2023年春季学期") == "2023S"
    with pytest.raises(ValidationError, match="「2023」不是学期"):
        field.clean("2023")
