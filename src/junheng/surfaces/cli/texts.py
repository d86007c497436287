"""Reading a text that somebody names: a file or standard input, in the encodings in use."""

import sys
from pathlib import Path

from junheng.kernel.errors import Refusal
from junheng.surfaces.cli.troubles import reason

LIMIT = 2 * 1024 * 1024
"""Bytes that are checked in one piece: as much as the page takes."""
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r\x1a")
"""Bytes that no text in these encodings holds (0x1a ends files of old editors)."""


def read(name: str) -> str:
    """The text of a file, or of standard input for ``-``; refuses what is no text, saying what to do.

    Line ends are made alike, so that places in the text are the same as on the page.
    """
    try:
        with sys.stdin.buffer if name == "-" else Path(name).open("rb") as file:
            data = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        raise Refusal(
            "file-unreadable",
            "文件“{name}”无法读取（{reason}）。请检查路径后再试。",
            name=name,
            reason=reason(error) if isinstance(error, OSError) else "文件名不合法",
        ) from None
    if len(data) > LIMIT:
        raise Refusal("text-too-long", "“{name}”超过 2 MB，没有核查。请分成几份，分别核查。", name=name)
    text = decoded(data, name)
    if not text.strip():
        raise Refusal("text-empty", "“{name}”中没有文字，无可核查。请检查是否选对了文件。", name=name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decoded(data: bytes, name: str) -> str:
    """Bytes as text: UTF-8, UTF-16 with its mark, or GB 18030; refuses what is none of them."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if wide or not CONTROLS.intersection(data):
        for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise Refusal(
        "not-a-text",
        "“{name}”不是 UTF-8、GB18030 或 UTF-16 编码的文本，没有核查。"
        "Word 文稿请在网页“文稿核查”中上传，或另存为 .txt。",
        name=name,
    )
