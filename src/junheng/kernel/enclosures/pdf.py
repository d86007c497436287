"""A PDF: whether it is whole, and whether it does something by itself. It is never opened, only looked through."""

import re
import zlib
from collections.abc import Iterator

from junheng.kernel.enclosures.refusals import active, broken, empty, locked

KIND = "PDF"
BODY = re.compile(rb"(?<!end)stream\r?\n(.*?)endstream", re.DOTALL)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
MOST_UNPACKED = 64 << 20
END = 2_048
"""In how many bytes at the end a whole file says that it is over."""
ANYWHERE = (
    (re.compile(rb"/JavaScript(?![A-Za-z])"), "JavaScript"),
    (re.compile(rb"/Launch(?![A-Za-z])"), "启动程序"),
    (re.compile(rb"/EmbeddedFiles?(?![A-Za-z])"), "嵌入的文件"),
    (re.compile(rb"/RichMedia(?![A-Za-z])"), "嵌入的媒体"),
)
"""Words long enough that packed bytes do not say them by chance."""
OUTSIDE = ((re.compile(rb"/JS(?![A-Za-z])"), "JavaScript"), (re.compile(rb"/XFA(?![A-Za-z])"), "XFA 表单"))
LOCKED = re.compile(rb"/Encrypt(?![A-Za-z])")
PACKED = re.compile(rb"/ObjStm(?![A-Za-z])")
PLAIN_PACKING = re.compile(rb"/Filter\s*\[?\s*/(?:FlateDecode|Fl)\s*\]?")
FILTER = re.compile(rb"/Filter(?![A-Za-z])")


def check_pdf(data: bytes) -> None:
    """Refuse a PDF that is cut off, has a password, runs something, or carries another file."""
    if not data:
        raise empty()
    if not data.startswith(b"%PDF-"):
        raise broken(KIND, "no header")
    if b"%%EOF" not in data[-END:] or b"startxref" not in data[-END:]:
        raise broken(KIND, "cut off")
    for text in (data, *packed_objects(data)):
        told = unescaped(text)
        outside = BODY.sub(b"", told)
        if LOCKED.search(outside):
            raise locked(KIND)
        for sign, what in ANYWHERE:
            if sign.search(told):
                raise active(KIND, what)
        for sign, what in OUTSIDE:
            if sign.search(outside):
                raise active(KIND, what)


def unescaped(text: bytes) -> bytes:
    r"""Names as they are meant: any sign of them may be written as a number.

    >>> unescaped(b"/J#61vaScript")
    b'/JavaScript'
    """
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)


def packed_objects(data: bytes) -> Iterator[bytes]:
    """The objects that a PDF packs together, unpacked: what they are would be hidden from a look otherwise."""
    left = MOST_UNPACKED
    for found in BODY.finditer(data):
        about = unescaped(data[max(0, found.start() - 600) : found.start()]).rpartition(b" obj")[2]
        if not PACKED.search(about):
            continue
        if not FILTER.search(about):
            yield found[1]
            continue
        if not PLAIN_PACKING.search(about):
            raise active(KIND, "无法检查的压缩内容")
        unpacking = zlib.decompressobj()
        try:
            made = unpacking.decompress(found[1], left)
        except zlib.error:
            raise broken(KIND, "packed objects") from None
        left -= len(made)
        if left <= 0 or unpacking.unconsumed_tail:
            raise broken(KIND, "unpacks to too much")
        yield made
