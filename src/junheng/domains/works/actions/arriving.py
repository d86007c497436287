"""A file on its way in: known by its first bytes, never longer than it may be, and a film sealed while it still comes."""

from dataclasses import dataclass
from datetime import date

from junheng.content.rulebook import WORKS
from junheng.domains.works.models import Attachment
from junheng.kernel.enclosures import DOCX, FILM_MEDIA, PDF, PLAIN, Film, media_of
from junheng.kernel.enclosures.refusals import empty
from junheng.kernel.errors import Refusal
from junheng.platform.sealing.long import Keeping

TABLE = Attachment._meta.db_table
FIRST = 64
"""Bytes from which a file is known."""


class Unkept(Refusal):
    """A file that is not kept."""

    status = 422


def largest(media: str, on: date) -> int:
    """How many bytes a file of a kind may have."""
    if media in FILM_MEDIA:
        return WORKS.film_bytes.on(on).value
    if media == PDF:
        return WORKS.pdf_bytes.on(on).value
    return (WORKS.text_bytes if media in {DOCX, PLAIN} else WORKS.picture_bytes).on(on).value


@dataclass(slots=True)
class Arrived:
    """A file that is whole: its bytes, or for a film the sealed file that they lie in."""

    media: str
    size: int
    data: bytes = b""
    film: Keeping | None = None

    def drop(self) -> None:
        """Let go of what was not kept."""
        if self.film is not None:
            self.film.drop()


class Arriving:
    """Takes the bytes as they come. What is wrong with them is said at the end; until then the rest is passed over."""

    def __init__(self, *, on: date) -> None:
        self.on = on
        self.start = bytearray()
        self.data = bytearray()
        self.media = ""
        self.size = 0
        self.film: Film | None = None
        self.keeping: Keeping | None = None
        self.wrong: Refusal | None = None

    def take(self, data: bytes) -> None:
        """The next bytes."""
        self.size += len(data)
        if self.wrong is not None:
            return
        try:
            self.passed_on(data)
        except Refusal as wrong:
            self.refuse(wrong)

    def passed_on(self, data: bytes) -> None:
        """Know the file from its first bytes; then keep what comes."""
        if not self.media:
            self.start += data
            if len(self.start) < FIRST:
                return
            data = self.begin()
        if self.size > (most := largest(self.media, self.on)):
            raise Unkept(
                "attachment-too-large",
                "文件超过 {most} MB，没有存入。图片请裁小；视频请用手机的“压缩”或剪短后再传；PDF 请分成几份。",
                most=most >> 20,
            )
        if self.film is not None and self.keeping is not None:
            self.keeping.take(self.film.feed(data))
        else:
            self.data += data

    def begin(self) -> bytes:
        """What the file is; answers with what came of it so far."""
        start = bytes(self.start)
        self.media = media_of(start)
        if not self.media:
            raise Unkept(
                "attachment-kind",
                "这个文件不是能收的格式（JPG、PNG、WebP、PDF、.docx、.txt、MP4、MOV、WebM），没有存入。改文件名不起作用，请另存为其中一种。",
            )
        if self.media in FILM_MEDIA:
            self.film, self.keeping = Film.begun(start), Keeping(TABLE)
        return start

    def short(self) -> None:
        """A file that was over before it was known: it is known now."""
        start = self.begin()
        if self.film is not None and self.keeping is not None:
            self.keeping.take(self.film.feed(start))
        else:
            self.data += start

    def refuse(self, wrong: Refusal) -> None:
        """Keep nothing of it."""
        self.wrong = wrong
        self.data.clear()
        if self.keeping is not None:
            self.keeping.drop()

    def drop(self) -> None:
        """Let go of a file that never became whole."""
        if self.keeping is not None:
            self.keeping.drop()

    def arrived(self) -> Arrived:
        """The whole file, or why it is not kept."""
        try:
            if self.wrong is None and not self.media and self.start:
                self.short()
            if self.wrong is None and self.film is not None:
                self.film.finish()
        except Refusal as wrong:
            self.refuse(wrong)
        if self.wrong is not None:
            raise self.wrong
        if not self.size:
            raise empty()
        return Arrived(self.media, self.size, bytes(self.data), self.keeping)


def arrived(data: bytes, *, on: date) -> Arrived:
    """Bytes that are here already, taken as if they came."""
    coming = Arriving(on=on)
    coming.take(data)
    return coming.arrived()
