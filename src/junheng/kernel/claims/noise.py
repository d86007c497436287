"""Numbers that count nothing: document and article numbers, telephones, versions, list numbering, ordinals of names."""

import re

_AFTER_DI = re.compile(r"[0-9零〇一二三四五六七八九十百千]+")
_NOISE: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?<=[〔\[【])\s*(?:19|20)\d\d\s*[〕\]】]\s*第?\s*\d{1,5}\s*号"),
    re.compile(r"(?<=\()(?:19|20)\d\d\)\s*第?\s*\d{1,5}\s*号"),
    re.compile(r"\d{3,4}-\d{7,8}(?!\d)|400-\d{3,4}-\d{3,4}(?!\d)|1[3-9]\d{9}(?!\d)"),
    re.compile(r"\d+(?:\.\d+){2,}"),
    re.compile(r"\d+\+(?:\d+|[A-Za-z])"),
    re.compile(r"\d+(?:号|号楼|号线|路公交|年级|\)?班级?(?=[学同]))"),
    re.compile(r"\d+[:/]\d+(?:[:/]\d+)?"),
    re.compile(r"\d[\d-]{11,}[\dXx]?"),
    re.compile(r"\d+(?=[A-Za-z])(?!(?:km|kg|ha|m²|m)(?![A-Za-z]))[A-Za-z0-9_]+"),
)
_LIST_NUMBER = re.compile(r"\(?\d{1,3}(?:[、)]|\.(?!\d)|．(?!\d))")
_FOOTNOTE = re.compile(r"\d{1,3}(?=[\]）】])")
_HOTLINE = re.compile(
    r"(?:电话|热线|邮编|邮政编码|传真|QQ|微信|账号|编号|证号|代码|备案|Tel|TEL|No\.?)[^，,。；;\n\d]{0,6}$"
)


def noise_end(plain: str, place: int) -> int:
    """Where the number at ``place`` ends if it counts nothing, otherwise ``place`` itself.

    >>> noise_end("焦教〔2024〕3号", 3), noise_end("共有70所", 2)
    (10, 2)
    """
    before = plain[place - 1 : place]
    if before == "第":
        number = _AFTER_DI.match(plain, place)
        return number.end() if number is not None else place
    if not plain[place].isdigit():
        return place
    if before and before.isascii() and (before.isalpha() or before in "_@#/&=\\"):
        return _run(plain, place)
    for pattern in _NOISE:
        found = pattern.match(plain, place)
        if found is not None:
            return found.end()
    if (
        before in ("", "\n", "(", "（")
        or plain[max(0, place - 8) : place].rsplit("\n", 1)[-1].strip(" \t\u3000(") == ""
    ):
        found = _LIST_NUMBER.match(plain, place)
        if found is not None:
            return found.end()
    if before in ("[", "〔", "【") and (found := _FOOTNOTE.match(plain, place)) is not None:
        return found.end()
    if _HOTLINE.search(plain[max(0, place - 12) : place]):
        return _run(plain, place)
    return place


def _run(plain: str, place: int) -> int:
    """The end of the run of letters, digits and the signs that join them in addresses and codes."""
    end = place
    while end < len(plain) and plain[end].isascii() and (plain[end].isalnum() or plain[end] in "-_./"):
        end += 1
    return end
