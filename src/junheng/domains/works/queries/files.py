"""What lies behind a row of a file: its bytes from any place on, its words, and how it is given out."""

from junheng.domains.works.models import Attachment
from junheng.domains.works.terms import ENDINGS, Form
from junheng.kernel.errors import NotFound, Refusal
from junheng.kernel.pictures import in_small
from junheng.platform.sealing.files import PieceReader
from junheng.platform.sealing.long import reader_of

TABLE = Attachment._meta.db_table


def opened(attachment: Attachment) -> PieceReader:
    """The bytes of a file; refused where they or their key are gone."""
    found = reader_of(TABLE, attachment.seal, attachment.stored)
    if found is None:
        raise NotFound("attachment-gone", "这个附件已按期销毁，或文件已不在。申报本身不受影响。")
    return found


def words_of(attachment: Attachment) -> str:
    """The words of an essay; nothing of another file, or where they are gone."""
    if attachment.form != Form.TEXT:
        return ""
    try:
        with opened(attachment) as file:
            return file.readall().decode()
    except Refusal:
        return ""


def small_of(attachment: Attachment, *, side: int = 240) -> bytes:
    """A picture in small; nothing where it cannot be opened: opening it says why."""
    try:
        with opened(attachment) as file:
            return in_small(file.readall(), side=side)
    except Refusal:
        return b""


def name_of_file(attachment: Attachment) -> str:
    """Under which name a file is given out: it says nothing of whose it is."""
    ending = ENDINGS.get(attachment.media, "bin")
    return f"{attachment.application_id}-{attachment.number}.{ending}"
