"""The officer's way to the end: a file with faults, its marked copy, the list, the pairs one after the other, and back."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from junheng.domains.partnerlists.models import PartnerList, PartnerPair, PartnerRow
from junheng.domains.partnerlists.terms import PairState
from junheng.domains.pupils.models import Pupil
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.jobs.taking import take
from junheng.platform.jobs.working import do
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import todo_of
from tests.domains import makers
from tests.domains.looking import as_, text
from tests.domains.partnerlists.made import (
    AT,
    TERMS,
    THERE,
    csv_of,
    line,
    matched,
    number,
    officer,
    pairs,
    pupil,
)

FORM = {key: str(value) for key, value in TERMS.items()}
WORDS = {"words": "户口簿核对一致"}


def file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("名单.csv", content)


def hidden(page: str, name: str) -> str:
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_from_the_file_to_the_last_decision() -> None:
    sure, slip = pupil("张安宁", 1), pupil("李明轩", 3)
    by = officer()
    desk = as_(by)
    assert "还没有收取过名单" in text(desk.get("/partnerlists/"))
    content = csv_of(
        line(sure), line(slip, number=number(3, sound=False)), ("", "", "", "", ""), ("周", "", "", "", "")
    )
    page = text(desk.post("/partnerlists/take/", {**FORM, "file": file(content)}))
    assert "可以比对 2 行" in page
    assert "校验位不对" in page
    assert not PartnerList.objects.exists()
    sent = {"token": hidden(page, "token"), "terms": hidden(page, "terms")}
    marked = desk.post("/partnerlists/take/marked/", sent)
    sheet = openpyxl.load_workbook(io.BytesIO(marked.getvalue())).active
    assert sheet is not None
    assert "校验位不对" in str(sheet["F3"].value)
    answer = desk.post("/partnerlists/take/apply/", sent)
    source = PartnerList.objects.get()
    assert answer["Location"] == f"/partnerlists/{source.pk}/"
    assert desk.post("/partnerlists/take/apply/", sent)["X-Refusal"] == "upload-gone", "the file was let go"
    assert "排队中" in text(desk.get(answer["Location"]))
    job = take("worker", at=timezone.now())
    assert job is not None
    do(job, clock=timezone.now)
    page = text(desk.get(answer["Location"]))
    assert "1 人，已自动关联" in page
    (pair,) = pairs(source)
    assert [one.count for one in todo_of(Asker(by, AT)) if one.address == "/partnerlists/pairs/"] == [1]
    assert desk.get("/partnerlists/pairs/")["Location"] == f"/partnerlists/pairs/{pair.pk}/"
    page = text(desk.get(f"/partnerlists/pairs/{pair.pk}/"))
    assert "李明轩" not in page, "what agrees stays masked"
    assert slip.id_number not in page, "of two numbers only what differs is shown"
    refused = desk.post(f"/partnerlists/pairs/{pair.pk}/decide/", {"answer": "same", "words": ""})
    assert refused["X-Refusal"] == "why-missing"
    desk.post(f"/partnerlists/pairs/{pair.pk}/decide/", {"answer": "same", **WORDS})
    assert "是同一人" in text(desk.get(f"/partnerlists/{source.pk}/"))
    desk.post(f"/partnerlists/pairs/{pair.pk}/back/", {"words": "看错了"})
    pair.refresh_from_db()
    assert pair.state == PairState.OPEN
    desk.post(f"/partnerlists/pairs/{pair.pk}/decide/", {"answer": "at_school", **WORDS})
    assert "待学校核实" in text(desk.get("/partnerlists/pairs/"))


def test_only_what_differs_is_opened_and_every_reading_is_noted() -> None:
    slip = pupil("李明轩", 3)
    by = officer()
    (pair,) = pairs(matched(line(slip, name="李铭轩"), by=by))
    page = text(as_(by).get(f"/partnerlists/pairs/{pair.pk}/"))
    assert "李明轩" in page
    assert "李铭轩" in page
    assert not any(word in page for word in (slip.id_number, "2014-03-01"))
    read = Entry.objects.filter(verb=Verb.READ, who=by.username).values_list("table", "row", "after", "why")
    assert set(read.values_list("table", "row")) == {
        (PartnerRow._meta.label_lower, pair.row_id),
        (Pupil._meta.label_lower, slip.pk),
    }
    assert all(after == {"fields": ["name"]} and "名单" not in why for _table, _row, after, why in read)


def test_of_a_pupil_of_another_county_nothing_is_opened_but_the_city_sees_both() -> None:
    away = pupil("李明轩", 3, at=makers.school(area_id=THERE))
    by = officer()
    (pair,) = pairs(matched(line(away, name="李铭轩"), by=by))
    page = text(as_(by).get(f"/partnerlists/pairs/{pair.pk}/"))
    assert "与名单不同" in page
    assert "李明轩" not in page
    assert not Entry.objects.filter(verb=Verb.READ).exists()
    assert "李明轩" in text(as_(officer("4108")).get(f"/partnerlists/pairs/{pair.pk}/"))


def test_a_second_officer_confirms_and_the_first_is_not_asked() -> None:
    by, city = officer(), officer("4108")
    (pair,) = pairs(matched(line(pupil("李明轩", 3), name="李铭轩"), by=by))
    first, second = as_(by), as_(city)
    first.post(f"/partnerlists/pairs/{pair.pk}/decide/", {"answer": "same", **WORDS})
    page = text(first.get(f"/partnerlists/pairs/{pair.pk}/"))
    assert 'value="same"' not in page
    assert "确认是同一人" in text(second.get(f"/partnerlists/pairs/{pair.pk}/"))
    second.post(f"/partnerlists/pairs/{pair.pk}/decide/", {"answer": "same", **WORDS})
    assert PartnerPair.objects.get().state == PairState.SAME


@pytest.mark.parametrize("path", ["", "take/", "pairs/", "{source}/", "pairs/{pair}/"])
def test_another_county_s_officer_finds_nothing_of_it(path: str) -> None:
    by = officer()
    source = matched(line(pupil("李明轩", 3), name="李铭轩"), by=by)
    where = f"/partnerlists/{path}".format(source=source.pk, pair=pairs(source)[0].pk)
    answer = as_(officer(THERE)).get(where)
    page = answer.content.decode()
    assert not any(word in page for word in ("李明轩", "李铭轩", "410802", "解放区"))
    assert answer.status_code == (404 if "{" in path else 200)


def test_what_was_filled_in_stays_on_the_page_when_a_list_is_refused() -> None:
    sent = as_(officer()).post(
        "/partnerlists/take/", FORM | {"valid_until": "2030-01-01", "file": file(csv_of())}
    )
    page = sent.content.decode()
    assert sent.status_code == 400
    assert "不超过 366 天" in page
    assert f'value="{FORM["owner"]}"' in page
