"""A draft as it comes in: pasted, or a .txt or .docx file; out comes plain text, or a refusal that says what to do."""

import io
import zipfile

import docx
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import TooLarge

LIMIT = 2 * 1024 * 1024
"""Bytes of text, or of a file, that are checked in one piece."""
UNPACKED_LIMIT = 40 * 1024 * 1024
"""Bytes a .docx may unpack to: a small file can hold a very large one."""


class DraftForm(forms.Form):
    """Text or file: one of the two."""

    text = forms.CharField(
        label=_("文稿"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "data-drop-text": ""}),
    )
    file = forms.FileField(label=_("或上传文件"), required=False)

    def draft(self) -> str:
        """The text to check. Line ends are made alike, so that places in it are the same for everybody."""
        file = self.files.get("file")
        text = text_of(file) if file else self.cleaned_data["text"]
        if len(text.encode()) > LIMIT:
            raise too_long()
        if not text.strip():
            raise Refusal("empty-draft", "没有可以核查的文字。请粘贴一段文稿，或选择一个 .txt、.docx 文件。")
        return str(text).replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def too_long() -> TooLarge:
    """The refusal of a draft over 2 MB."""
    return TooLarge("draft-too-long", "文稿超过 2 MB，没有核查。请分成几份，分别核查。")


def text_of(file: "UploadedFile[bytes]") -> str:
    """The words of an uploaded file."""
    if (file.size or 0) > LIMIT:
        raise too_long()
    name = (file.name or "").lower()
    content = file.read()
    if name.endswith(".docx"):
        return docx_text(content)
    if name.endswith(".txt"):
        return plain_text(content)
    raise Refusal("draft-kind", "只能核查 .txt 和 .docx 文件。请把文稿另存为其中一种，再上传。")


def plain_text(content: bytes) -> str:
    """A .txt file in one of the encodings in use: UTF-8, UTF-16 with its mark, or GB 18030."""
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("draft-encoding", "这个 .txt 文件不是文字文件。请用记事本打开，另存为 UTF-8 编码后再上传。")


def docx_text(content: bytes) -> str:
    """The paragraphs and table cells of a .docx file, in their order."""
    broken = Refusal("draft-broken", "这个 .docx 文件打不开。请用文字处理软件重新保存一次，再上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > UNPACKED_LIMIT:
                raise too_long()
        document = docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise broken from None
    lines = [
        block.text
        if hasattr(block, "text")
        else "\n".join(cell.text for row in block.rows for cell in row.cells)
        for block in document.iter_inner_content()
    ]
    return "\n".join(lines)
