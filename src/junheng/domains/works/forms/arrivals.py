"""The way of a file from the browser into the house: never on a disk before it is sealed, never whole in memory if long."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.utils import timezone

from junheng.domains.works.actions.arriving import Arrived, Arriving, arrived
from junheng.domains.works.forms import FileForm
from junheng.domains.works.models import AttachmentRule
from junheng.kernel.errors import Refusal

if TYPE_CHECKING:
    Base = UploadedFile[Any]
else:
    Base = UploadedFile


class Sent(Base):
    """A file as a form hands it on: what it is, or why it is not kept. Its own name is forgotten."""

    def __init__(self, coming: Arriving) -> None:
        self.wrong: Refusal | None = None
        self.arrived: Arrived | None = None
        try:
            self.arrived = coming.arrived()
        except Refusal as wrong:
            self.wrong = wrong
        super().__init__(file=None, name="file", size=coming.size)

    def whole(self) -> Arrived:
        """The file, or the refusal."""
        if self.wrong is not None:
            raise self.wrong
        assert self.arrived is not None
        return self.arrived

    def drop(self) -> None:
        """Let go of it."""
        if self.arrived is not None:
            self.arrived.drop()

    def close(self) -> None:
        """At the end of the request what was not kept is let go of."""
        self.drop()


class Taking(FileUploadHandler):
    """Takes every file of a request as it comes."""

    def __init__(self, request: HttpRequest, *, on: date) -> None:
        super().__init__(request)
        self.on = on
        self.coming: Arriving | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.coming = Arriving(on=self.on)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        assert self.coming is not None
        self.coming.take(raw_data)

    def file_complete(self, file_size: int) -> Sent:
        assert self.coming is not None
        coming, self.coming = self.coming, None
        return Sent(coming)

    def upload_interrupted(self) -> None:
        if self.coming is not None:
            self.coming.drop()


def taking(request: HttpRequest, *, on: date) -> None:
    """Have the files of a request taken this way; before anybody asks for its body."""
    request.upload_handlers = [Taking(request, on=on)]


def given(request: HttpRequest, rule: AttachmentRule) -> tuple[Arrived, bool]:
    """The file that was chosen, or the words that were written, and whether children can be recognised in it."""
    prefix = FileForm(rule=rule).prefix
    file = request.FILES.get(f"{prefix}-file")
    words = str(request.POST.get(f"{prefix}-words", "")).strip()
    children = f"{prefix}-children" in request.POST
    if isinstance(file, Sent):
        return file.whole(), children
    if words:
        return arrived(words.encode(), on=timezone.localdate()), children
    raise Refusal("attachment-missing", "没有选择文件，也没有填写正文。请选择一个文件后再存入。")
