"""What comes into the checker: texts in the encodings in use, Word files, and what is refused."""

import io
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from junheng.kernel.errors import Refusal
from junheng.surfaces.desk import drafts
from junheng.surfaces.desk.drafts import LIMIT, DraftForm

SENTENCE = "全市871所中小学校设置心理委员2.06万名。"


def draft(text: str = "", file: SimpleUploadedFile | None = None) -> str:
    form = DraftForm({"text": text}, MultiValueDict({"file": [file]}) if file else MultiValueDict())
    assert form.is_valid()
    return form.draft()


def refused(text: str = "", file: SimpleUploadedFile | None = None) -> Refusal:
    with pytest.raises(Refusal) as caught:
        draft(text, file)
    return caught.value


def word_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_line_ends_of_all_systems_are_one() -> None:
    assert draft("甲\r\n乙\r丙\n\n") == "甲\n乙\n丙"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_in_the_encodings_in_use(encoding: str) -> None:
    assert draft(file=SimpleUploadedFile("稿.TXT", SENTENCE.encode(encoding))) == SENTENCE


def test_a_word_file_is_read_paragraph_by_paragraph_and_cell_by_cell() -> None:
    document = docx.Document(io.BytesIO(word_file(SENTENCE)))
    document.add_table(1, 2).cell(0, 1).text = "70所"
    held = io.BytesIO()
    document.save(held)
    assert draft(file=SimpleUploadedFile("稿.docx", held.getvalue())) == f"{SENTENCE}\n\n70所"


def test_two_megabytes_are_taken_and_one_byte_more_is_not() -> None:
    assert len(draft("a" * LIMIT)) == LIMIT
    over = refused("a" * (LIMIT + 1))
    assert (over.status, over.code) == (413, "draft-too-long")
    assert "2 MB" in str(over)
    assert refused(file=SimpleUploadedFile("a.txt", b"a" * (LIMIT + 1))).code == "draft-too-long"


def test_a_small_word_file_that_unpacks_to_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "UNPACKED_LIMIT", 1000)
    assert refused(file=SimpleUploadedFile("a.docx", word_file(SENTENCE))).code == "draft-too-long"


def test_no_words_no_check() -> None:
    assert refused(" \n ").code == "empty-draft"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"%PDF", "draft-kind"),
        ("a.docx", b"not a zip", "draft-broken"),
        ("a.txt", b"\xff\xff\x00\x81", "draft-encoding"),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_do(name: str, content: bytes, code: str) -> None:
    refusal = refused(file=SimpleUploadedFile(name, content))
    assert refusal.code == code
    assert str(refusal).endswith("。")
    assert "请" in str(refusal) or "只能" in str(refusal)


def test_a_zip_that_is_no_word_file_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "甲")
    assert refused(file=SimpleUploadedFile("a.docx", held.getvalue())).code == "draft-broken"
