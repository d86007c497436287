"""What is taken and what is refused of files: by their bytes, whatever they are called."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from junheng.kernel.enclosures import (
    DOCX,
    PDF,
    Film,
    UnfitFile,
    check_pdf,
    media_of,
    words_in_docx,
    words_in_plain,
)
from junheng.kernel.errors import Refusal
from tests.makers.files import a_docx, a_film, a_pdf, a_picture, a_webm, box, packed

OUTSIDE = b'TargetMode="External" Target="http://files.example/x"/></R>'


def refused(check: Callable[[], object]) -> str:
    with pytest.raises(UnfitFile) as wrong:
        check()
    assert "没有存入" in str(wrong.value)
    return wrong.value.code


def test_what_a_file_is_stands_in_its_bytes() -> None:
    assert [media_of(one) for one in (a_pdf(), a_docx("字"), a_film(), a_webm(), a_picture(), "文".encode())] == [
        PDF, DOCX, "video/mp4", "video/webm", "image/jpeg", "text/plain",
    ]  # fmt: skip
    for other in (
        b"MZ\x90\x00",
        b"<svg onload=x>",
        b"\x7fELF",
        b"GIF89a\x01\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ):
        assert media_of(other) == ""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (a_pdf(b"<</Title(audit)/OpenAction[3 0 R/Fit]>>", packed(b"1 0 <</Type/Font>>")), ""),
        (a_pdf(packed(b"/JS /XFA (only pixels that look like it)", kind=b"XObject")), ""),
        (b"", "file-empty"),
        (a_pdf()[:-20], "file-broken"),
        (b"x" + a_pdf(), "file-broken"),
        (a_pdf(b"<</S/JavaScript/JS(app.alert(1))>>"), "file-active"),
        (a_pdf(b"<</S/J#61vaScript>>"), "file-active"),
        (a_pdf(packed(b"1 0 <</S/JavaScript/JS(x)>>")), "file-active"),
        (a_pdf(packed(b"1 0 <</S/JavaScript>>").replace(b"/FlateDecode", b"/LZWDecode")), "file-active"),
        (a_pdf(packed(b"1 0 <<>>").replace(b"\x78\x9c", b"\x00\x00")), "file-broken"),
        (a_pdf(b"% stream\n<</S/Launch/F(cmd)>> endstream"), "file-active"),
        (a_pdf(b"<</Type/EmbeddedFile>>"), "file-active"),
        (a_pdf(b"<</AcroForm<</XFA[]>>>>"), "file-active"),
        (a_pdf(b"<</Encrypt 5 0 R>>"), "file-locked"),
    ],
)
def test_a_pdf_is_looked_through(data: bytes, code: str) -> None:
    if not code:
        return check_pdf(data)
    assert refused(lambda: check_pdf(data)) == code
    return None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (a_docx(), "file-empty"),
        (a_docx("字")[:-40], "file-broken"),
        (b"PK\x03\x04rubbish", "file-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-locked"),
        (a_docx("字", word__vbaProject___bin=b"x"), "file-active"),
        (a_docx("字", word__embeddings__a___bin=b"x"), "file-active"),
        (
            a_docx("字", **{"[Content_Types].xml": b"<Types>document.macroEnabled.main+xml</Types>"}),
            "file-active",
        ),
        (a_docx("字", word___rels=b'<R><r Type="a/attachedTemplate" ' + OUTSIDE), "file-active"),
        (a_docx("字", word___rels=b'<!DOCTYPE x [<!ENTITY a "b">]><R/>'), "file-broken"),
        (a_docx("字", word___rels=b'<R><r Type="a/hyperlink" ' + OUTSIDE), ""),
    ],
)
def test_of_a_docx_only_the_words_are_read(data: bytes, code: str) -> None:
    if not code:
        assert words_in_docx(data) == "字"
        return
    assert refused(lambda: words_in_docx(data)) == code


def test_the_words_of_a_docx_and_of_plain_files() -> None:
    assert words_in_docx(a_docx("春天来了", "&lt;花&gt;开了")) == "春天来了\n<花>开了"
    assert refused(lambda: words_in_plain(b" \r\n")) == "file-empty"
    assert refused(lambda: words_in_plain(b"\xff\xff\x81")) == "file-broken"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_film_says_nothing_however_it_comes(data: st.DataObject) -> None:
    """Cut anywhere, it is the same film: as long, with its pictures, and without a word of where it was made."""
    sent = a_film()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=12)))
    film = Film.begun(sent[:64])
    kept = b"".join(film.feed(sent[a:b]) for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True))
    film.finish()
    assert len(kept) == len(sent)
    assert b"+35" in sent
    assert b"+35" not in kept
    assert kept.endswith(box(b"mdat", b"\x00\x01" * 400))
    whole = Film.begun(sent[:64])
    assert kept == whole.feed(sent)
    assert Film.begun(kept[:64]).feed(kept) == kept, "what was emptied stays as it is"
    whole.finish()


@pytest.mark.parametrize(
    "data",
    [
        a_film()[:-1],
        a_film()[:30],
        box(b"ftyp", b"mp42" + bytes(8)) + box(b"mdat", b"x"),
        box(b"ftyp", b"mp42" + bytes(8)) + b"\x00\x00\x00\x04moov",
        box(b"ftyp", b"mp42" + bytes(8)) + box(b"moov", b"\x00\x00\xff\xfftrak"),
        a_webm()[:-6],
    ],
)
def test_a_film_that_is_cut_off_is_refused(data: bytes) -> None:
    def through() -> None:
        film = Film.begun(data[:64])
        film.feed(data)
        film.finish()

    assert refused(through) == "file-broken"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300))
def test_whatever_comes_is_taken_or_refused(data: bytes) -> None:
    for check in (check_pdf, words_in_docx, words_in_plain):
        for sent in (data, b"%PDF-1.7" + data + b"startxref %%EOF", b"PK\x03\x04" + data):
            with suppress(Refusal):
                check(sent)
    film = Film.begun(b"\x00\x00\x00\x10ftypmp42")
    with suppress(Refusal):
        film.feed(data)
        film.finish()
