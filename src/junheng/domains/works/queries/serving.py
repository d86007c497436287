"""Giving out the bytes of a file: whole or a stretch of it, shown where a browser may show it and saved otherwise."""

import re
from collections.abc import Iterator
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from junheng.domains.works.models import Attachment
from junheng.domains.works.queries.files import name_of_file, opened, small_of
from junheng.domains.works.terms import TAKEN, Form
from junheng.kernel.errors import NotFound
from junheng.platform.sealing.files import PIECE, PieceReader

R = TypeVar("R", bound=HttpResponseBase)
SHOWN = TAKEN[Form.PICTURE] | TAKEN[Form.FILM]
"""What is looked at in the page; everything else is saved."""
STRETCH = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def stretch_of(header: str, size: int) -> tuple[int, int] | None:
    """The first and the last byte that are asked for; ``None`` where the whole is, or what is asked makes no sense.

    >>> stretch_of("bytes=0-99", 1000), stretch_of("bytes=900-", 1000), stretch_of("bytes=-100", 1000)
    ((0, 99), (900, 999), (900, 999))
    >>> stretch_of("", 1000), stretch_of("bytes=0-1,5-6", 1000), stretch_of("bytes=1000-", 1000)
    (None, None, (1000, 999))
    """
    found = STRETCH.fullmatch(header.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        return max(0, size - int(found[2])), size - 1
    first, last = int(found[1]), min(int(found[2]) if found[2] else size - 1, size - 1)
    return (first, last) if first <= last or first >= size else None


def is_beginning(request: HttpRequest) -> bool:
    """Whether somebody begins to look: a film is asked for stretch by stretch, and only the first is a new look."""
    found = STRETCH.fullmatch(request.headers.get("Range", "").strip())
    return found is None or found[1] in {"", "0"}


def served(request: HttpRequest, row: Attachment) -> HttpResponseBase:
    """The bytes of a file."""
    file = opened(row)
    asked = stretch_of(request.headers.get("Range", ""), file.size)
    if asked is not None and asked[0] >= file.size:
        size = file.size
        file.close()
        beyond = HttpResponse(status=416)
        beyond["Content-Range"] = f"bytes */{size}"
        return beyond
    first, last = asked or (0, file.size - 1)
    response = StreamingHttpResponse(
        Stretch(file, first, last), status=206 if asked else 200, content_type=row.media
    )
    if asked:
        response["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(last - first + 1)
    way = "inline" if row.media in SHOWN else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{name_of_file(row)}"'
    return guarded(response)


class Stretch:
    """The bytes from one to another, a piece at a time. The file is closed with the answer, read to the end or not."""

    def __init__(self, file: PieceReader, first: int, last: int) -> None:
        self.file = file
        self.left = last - first + 1
        file.seek(first)

    def __iter__(self) -> Iterator[bytes]:
        with self.file:
            while self.left > 0 and (data := self.file.read(min(self.left, PIECE))):
                self.left -= len(data)
                yield data

    def close(self) -> None:
        """Nobody reads on."""
        self.file.close()


def served_small(row: Attachment) -> HttpResponse:
    """A picture in small."""
    data = small_of(row, side=480) if row.form == Form.PICTURE else b""
    if not data:
        raise NotFound("no-small-picture", "这个附件没有缩略图。")
    return guarded(HttpResponse(data, content_type="image/jpeg"))


def guarded(response: R) -> R:
    """Kept by no browser and by no searcher: what is withdrawn must be gone at once."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
