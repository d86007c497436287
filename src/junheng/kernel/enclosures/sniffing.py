"""What a file is by its first bytes. Its name, and what a browser says of it, count for nothing."""

from junheng.kernel.enclosures.films import film_in
from junheng.kernel.pictures import outline_media

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAIN = "text/plain"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def media_of(start: bytes) -> str:
    r"""What a file is by its first bytes; empty for what is none of those that are taken.

    >>> media_of(b"%PDF-1.7"), media_of(b"PK\x03\x04"), media_of(b"MZ\x90\x00"), media_of("作文".encode())
    ('application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', '', 'text/plain')
    """
    if picture := outline_media(start[:16]):
        return picture
    if film := film_in(start):
        return film
    if start.startswith(b"%PDF-"):
        return PDF
    if start.startswith(b"PK\x03\x04"):
        return DOCX
    return PLAIN if looks_plain(start) else ""


def looks_plain(start: bytes) -> bool:
    r"""Whether bytes are words: no program, no archive, and not a page with commands for a browser.

    >>> looks_plain(b"<html><script>"), looks_plain("春天".encode("gb18030")), looks_plain(b"a\x00b")
    (False, True, False)
    """
    if start.startswith((OLD_OFFICE, b"MZ", b"\x7fELF", b"#!")) or start.lstrip()[:1] == b"<":
        return False
    return not any(one < 9 or 13 < one < 32 for one in start)
