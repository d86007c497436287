"""Files of applications: taken by their bytes, sealed at once, without what was written beside them, gone for good later."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from junheng.domains.schemes.actions.inviting import invite
from junheng.domains.works.actions.arriving import arrived
from junheng.domains.works.models import Attachment
from junheng.domains.works.queries.files import opened, small_of, words_of
from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers.asker import Asker
from junheng.platform.retention.queries import due_rows
from junheng.platform.retention.rules import rule_for
from junheng.platform.sealing.beside import place_of
from junheng.platform.sealing.erased import destroy, keys_of
from junheng.platform.sealing.long import Keeping, reader_of
from tests.domains import makers
from tests.domains.schemes.made import (
    AT,
    HERE,
    WHY,
    a_category,
    a_criterion,
    a_draft,
    a_kindergarten,
    a_scheme,
    county,
    later,
    section,
    submitted,
)
from tests.domains.schemes.made import (
    opened as open_scheme,
)
from tests.domains.works.made import ESSAY, a_contest, a_pupil, a_rule, an_entry, put
from tests.makers.files import a_docx, a_film, a_pdf, a_picture, packed

TABLE = Attachment._meta.db_table


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.JUNHENG_HOME = tmp_path
    return tmp_path


def lying(home: Path) -> list[Path]:
    return [one for one in (home / "photos").rglob("*") if one.is_file()]


def read(row: Attachment) -> bytes:
    with opened(row) as file:
        return file.readall()


def for_kindergartens() -> Any:
    scheme = a_scheme(
        subject="kindergarten", effect="inclusive", applies_until=date(2099, 12, 31), valid_years=3
    )
    a_criterion(scheme, words="招生", needed=False)
    category = a_category(scheme)
    a_rule(category, purpose="audit", form="pdf")
    a_rule(category, purpose="licence", form="paper", least=0)
    open_scheme(scheme)
    return category


def test_what_comes_is_kept_sealed_and_without_what_was_written_beside_it(home: Path) -> None:
    draft = a_draft(for_kindergartens())
    audit = put(draft, a_pdf(packed(b"1 0 <<>>")), purpose="audit")
    assert read(audit) == a_pdf(packed(b"1 0 <<>>"))
    picture = put(draft, a_picture(), purpose="licence")
    assert b"PHONE" in a_picture()
    assert b"PHONE" not in read(picture)
    assert small_of(picture).startswith(b"\xff\xd8")
    assert all(b"%PDF" not in one.read_bytes() for one in lying(home))
    assert {one.name for one in lying(home)} == {audit.stored, picture.stored}
    film = put(a_draft(a_contest(form="film"), a_pupil()), a_film())
    assert b"+35" not in read(film)
    assert film.size == len(a_film())
    words = put(a_draft(a_contest(), a_pupil()), a_docx("春天来了", ESSAY))
    assert (words.media, words.letters, words_of(words)) == ("text/plain", 4 + 45, f"春天来了\n{ESSAY}")
    entry = Entry.objects.filter(table="works.attachment", row=words.pk).get()
    assert entry.after is not None
    assert not {"stored", "marks", "shape", "seal"} & set(entry.after)


def test_a_film_is_read_from_any_place_and_a_changed_one_not_at_all(home: Path) -> None:
    data = bytes(range(256)) * 3_000
    with Keeping(TABLE) as keeping:
        for place in range(0, len(data), 70_001):
            keeping.take(data[place : place + 70_001])
        name = keeping.keep()
    for first in (0, 10, 262_143, 262_144, 600_000, len(data) - 1, len(data)):
        file = reader_of(TABLE, keeping.seal, name)
        assert file is not None
        with file:
            file.seek(first)
            assert file.tell() == first
            assert file.readall() == data[first:]
    with Keeping(TABLE) as dropped:
        dropped.take(b"half")
    assert [one.name for one in lying(home)] == [name]
    place = place_of(name)
    place.write_bytes(place.read_bytes()[:-1] + b"x")
    broken = reader_of(TABLE, keeping.seal, name)
    assert broken is not None
    with broken, pytest.raises(Refusal):
        broken.readall()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"MZ" + bytes(100), "attachment-kind"),
        (a_picture(), "attachment-form"),
        (a_pdf()[:-20], "file-broken"),
        (a_pdf(b"<</S/JavaScript>>"), "file-active"),
        (a_pdf() + b"%" * 20_971_520, "attachment-too-large"),
    ],
)
def test_what_is_not_kept_leaves_nothing(home: Path, data: bytes, code: str) -> None:
    draft = a_draft(for_kindergartens())
    with pytest.raises(Refusal) as refused:
        put(draft, data, purpose="audit")
    assert refused.value.code == code
    assert not Attachment.objects.exists()
    assert lying(home) == []


def test_no_more_than_asked_none_twice_and_none_after_handing_in(
    django_capture_on_commit_callbacks: Any,
) -> None:
    draft = a_draft(for_kindergartens())
    with pytest.raises(Refusal) as lacking:
        submitted(draft, at=AT)
    assert (lacking.value.code, "审计报告：PDF" in str(lacking.value)) == ("attachments-missing", True)
    one = put(draft, a_pdf(), purpose="audit")
    with pytest.raises(Conflict) as more:
        put(draft, a_pdf(b"<<>>"), purpose="audit")
    assert more.value.code == "attachments-enough"
    page = Client()
    page.force_login(county())
    with django_capture_on_commit_callbacks(execute=True):
        assert page.post(f"/works/files/{one.pk}/drop/").status_code == 302
    assert not place_of(one.stored).exists()
    put(draft, a_pdf(), purpose="audit")
    submitted(draft)
    with pytest.raises(Conflict) as late:
        put(draft, a_picture(), purpose="licence")
    assert late.value.code == "application-not-there"


def test_the_page_takes_a_file_streams_it_and_says_what_is_wrong(home: Path) -> None:
    category = a_contest(form="film", subject="school", applies_until=date(2099, 12, 31))
    school = makers.school()
    draft = a_draft(category, school)
    rule = category.attachmentrule_set.get()
    mine, address = Client(enforce_csrf_checks=True), f"/works/papers/{draft.pk}/{rule.pk}/add/"
    mine.force_login(makers.user(Role.PRINCIPAL, area=HERE, school=school))
    token = mine.get(f"/works/papers/{draft.pk}/").context["csrf_token"]
    name = f"rule{rule.pk}-file"

    def sent(data: bytes, **more: str) -> Any:
        film = SimpleUploadedFile("示例学生.exe", data)
        return mine.post(address, {"csrfmiddlewaretoken": str(token), **more, name: film})

    assert mine.post(address, {name: SimpleUploadedFile("a.mp4", a_film())}).status_code == 403
    assert lying(home) == []
    wrong = sent(a_film()[:-1])
    assert (wrong.status_code, wrong["X-Refusal"]) == (422, "file-broken")
    assert "不完整或已损坏" in wrong.content.decode()
    assert mine.post(address, {"csrfmiddlewaretoken": str(token)})["X-Refusal"] == "attachment-missing"
    long = a_film(pictures=bytes(300_000))
    assert sent(long, **{f"rule{rule.pk}-children": "on"}).status_code == 302
    row = Attachment.objects.get()
    assert (row.children, row.size, row.media) == (True, len(long), "video/mp4")
    part = mine.get(f"/works/files/{row.pk}/", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 10-19/{len(long)}")
    assert len(b"".join(part)) == 10
    reads = Entry.objects.filter(table="works.attachment", verb="read")
    assert not reads.exists(), "a later stretch is no new look"
    whole = mine.get(f"/works/files/{row.pk}/")
    assert b"".join(whole)[-300_000:] == bytes(300_000)
    assert (whole["Cache-Control"], whole["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert reads.count() == 1
    assert mine.get(f"/works/files/{row.pk}/", headers={"Range": "bytes=900000-"}).status_code == 416
    other = Client()
    other.force_login(county("410811"))
    for page in (f"/works/files/{row.pk}/", f"/works/papers/{draft.pk}/"):
        assert other.get(page).status_code == 404
        assert Client().get(page).status_code == 302


def owner_of(kindergarten: Any) -> User:
    somebody = User.objects.create(username="yuanzhang")
    Grant.objects.create(
        user=somebody,
        role=Role.KINDERGARTEN,
        area=kindergarten.area_id,
        kindergarten=kindergarten.pk,
        since=makers.BEGUN,
    )
    return somebody


def test_a_kindergarten_adds_its_files_with_its_code() -> None:
    draft = a_draft(for_kindergartens(), a_kindergarten())
    code = invite(draft, by=county(), at=AT, why=WHY)
    rule = draft.category.attachmentrule_set.get(purpose="audit")
    phone = Client()
    assert phone.get("/works/fill/").status_code == 302
    assert phone.post(f"/works/fill/{rule.pk}/add/").status_code == 302
    phone.post("/schemes/fill/", {"code": code})
    assert "还缺 1 件" in phone.get("/schemes/fill/form/").content.decode()
    lacking = phone.post("/schemes/fill/form/", {"statement": "招生"})
    assert "还缺附件：审计报告" in lacking.content.decode()
    sent = phone.post(
        f"/works/fill/{rule.pk}/add/", {f"rule{rule.pk}-file": SimpleUploadedFile("a.txt", a_pdf())}
    )
    assert sent.status_code == 302
    row = Attachment.objects.get()
    assert row.kept_by == f"园所{draft.kindergarten.code}"  # type: ignore[union-attr]
    assert "已有 1 件" in phone.get("/works/fill/").content.decode()
    other = put(a_draft(draft.category, a_kindergarten()), a_pdf(), purpose="audit")
    head = Client()
    head.force_login(owner_of(draft.kindergarten))
    assert "已有 1 件" in head.get(f"/works/papers/{draft.pk}/").content.decode()
    assert b"".join(head.get(f"/works/files/{row.pk}/")) == a_pdf()
    assert head.get(f"/works/files/{other.pk}/").status_code == 404
    assert phone.post(f"/works/fill/files/{other.pk}/drop/").status_code == 404
    assert phone.post(f"/works/fill/files/{row.pk}/drop/").status_code == 302
    assert Attachment.objects.get() == other
    phone.post("/schemes/fill/leave/")
    assert phone.get("/works/fill/").status_code == 302


def test_files_go_some_years_after_the_scheme_and_nothing_opens_them_again() -> None:
    entry = an_entry(a_contest())
    (row,) = Attachment.objects.all()
    assert row.marks
    rule, officer = rule_for("attachments"), county()
    ended = entry.scheme.applies_until
    for day, due in (
        (ended.replace(year=ended.year + 5, day=ended.day - 1), 0),
        (ended.replace(year=ended.year + 5), 1),
    ):
        assert (
            due_rows(rule, Asker(officer, AT.replace(year=day.year, month=day.month, day=day.day))).count()
            == due
        )
    destroy(Attachment, keys_of(Attachment, [row.pk]))
    row.refresh_from_db()
    assert (row.marks, row.shape, row.seal, len(row.digest)) == ("", "", "", 64)
    with pytest.raises(NotFound):
        opened(row)
    assert words_of(row) == ""


def test_what_a_category_asks_for_is_frozen_once_it_is_open() -> None:
    page = Client()
    page.force_login(section())
    category = for_kindergartens()
    facts = {
        "category": category.code,
        "area": "4108",
        "purpose": "story",
        "form": "picture",
        "least": "1",
        "most": "1",
    }
    refused = page.post("/registers/attachmentrules/new/", facts | {"why": "改"})
    assert (refused.status_code, refused["X-Refusal"]) == (409, "works-frozen")
    assert arrived(a_pdf(), on=later(0).date()).media == "application/pdf"
