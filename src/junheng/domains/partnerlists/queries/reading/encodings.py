"""A .csv that was put together from two programs: some lines in UTF-8, others in GB18030. Pure functions."""

import re

UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
CONTAINERS = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
)
"""How files begin that are no text."""
CHINESE = re.compile(
    "[\u2010-\u203f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u3400-\u4dbf\ufeff·×\U00020000-\U0003ffff]"
)
"""Signs that stand in lists of people; two bytes of GB18030 that happen to be UTF-8 give none of them."""


def mended(content: bytes) -> tuple[bytes, list[int]]:
    r"""A file in one encoding, and the lines that had been in the other one; none where nothing had to be done.

    >>> utf, gbk = "姓名,性别\\n".encode(), "张三,男\\n".encode("gb18030")
    >>> fixed, odd = mended(utf + gbk)
    >>> fixed.decode(), odd
    ('姓名,性别\\n张三,男\\n', [2])
    >>> mended(gbk) == (gbk, []), mended(utf) == (utf, [])
    (True, True)
    """
    if content.startswith((*UTF16_MARKS, *CONTAINERS)) or content.isascii() or is_utf8(content):
        return content, []
    lines = content.split(b"\n")
    kinds = [kind_of(one) for one in lines]
    utf8, other = kinds.count("utf-8"), kinds.count("gb18030")
    if not utf8 or not other:
        return content, []
    rarer = "gb18030" if other <= utf8 else "utf-8"
    decoded = [
        one.removeprefix(UTF8_MARK).decode(kind or "ascii", "replace")
        for one, kind in zip(lines, kinds, strict=True)
    ]
    odd = [number for number, kind in enumerate(kinds, 1) if kind == rarer]
    return "\n".join(decoded).encode(), odd


def is_utf8(content: bytes) -> bool:
    """Whether all of it is UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def kind_of(line: bytes) -> str:
    """The encoding of one line: empty where it has nothing but ASCII, and so is the same in both.

    >>> kind_of("联通".encode("gb18030")), kind_of("联通".encode()), kind_of(b"410802")
    ('gb18030', 'utf-8', '')
    """
    line = line.removeprefix(UTF8_MARK)
    if line.isascii():
        return ""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    foreign = [one for one in text if not one.isascii()]
    return "utf-8" if all(CHINESE.match(one) for one in foreign) else "gb18030"
