"""Chinese numerals, read and written: 九, 十一, 一百零五, 二〇二三, 三万二."""

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SECTIONS = (("亿", 10**8), ("万", 10**4))
_WRITTEN = "零一二三四五六七八九"
LARGEST = 10**12 - 1

CHARACTERS = "".join(_DIGITS) + "".join(_UNITS) + "万亿"
"""Every character a Chinese numeral may be written with."""


def read_chinese(text: str) -> int | None:
    """The number a Chinese numeral stands for, or None where it is none.

    >>> [read_chinese(word) for word in ("九", "十一", "一百零五", "二〇二三", "三万二", "一百五", "百", "十百")]
    [9, 11, 105, 2023, 32000, 150, None, None]
    """
    if not text or len(text) > 24 or any(character not in CHARACTERS for character in text):
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    return _sections(text, 0)


def _sections(text: str, section: int) -> int | None:
    """Read 亿, then 万, then the rest; each part is a numeral of its own below the next."""
    if section == len(_SECTIONS):
        return _below_ten_thousand(text)
    mark, worth = _SECTIONS[section]
    if mark not in text:
        return _sections(text, section + 1)
    before, _, after = text.rpartition(mark)
    high = _sections(before, section + 1)
    if high is None or high == 0:
        return None
    if not after:
        return high * worth
    if len(after) == 1 and after in _DIGITS:
        return high * worth + _DIGITS[after] * worth // 10 if _DIGITS[after] else None
    low = _sections(after, section + 1)
    return None if low is None or low >= worth else high * worth + low


def _below_ten_thousand(text: str) -> int | None:
    """千, 百 and 十 in falling order, with 零 where a place is empty."""
    total, last_unit, place = 0, 10_000, 0
    while place < len(text):
        character = text[place]
        if character in "零〇":
            place += 1
            if place == len(text):
                return None
            last_unit = 1000 if last_unit > 1000 else 100
            continue
        digit = _DIGITS.get(character)
        unit_at = place if digit is None else place + 1
        unit = _UNITS.get(text[unit_at]) if unit_at < len(text) else None
        if unit is None:
            if digit is None or unit_at != len(text):
                return None
            elliptic = last_unit in (100, 1000) and text[place - 1] in _UNITS
            return total + digit * (last_unit // 10 if elliptic else 1)
        if unit >= last_unit or (digit is None and (unit != 10 or place)):
            return None
        total += (1 if digit is None else digit) * unit
        last_unit = unit
        place = unit_at + 1
    return total


def write_chinese(value: int) -> str:
    """The Chinese numeral of a whole number from 0 to below one 万亿.

    >>> [write_chinese(number) for number in (0, 9, 10, 11, 23, 105, 110, 1050, 20_600, 100_000_007)]
    ['零', '九', '十', '十一', '二十三', '一百零五', '一百一十', '一千零五十', '二万零六百', '一亿零七']
    """
    if not 0 <= value <= LARGEST:
        raise ValueError(f"{value} cannot be written as a Chinese numeral here")
    words = ""
    rest, gap = value, False
    for mark, worth in (*_SECTIONS, ("", 1)):
        section, rest = divmod(rest, worth)
        if section:
            words += "零" * (bool(words) and (gap or section < 1000)) + _four_places(section) + mark
        gap = not section and bool(words)
    words = words or "零"
    return words[1:] if words.startswith("一十") else words


def _four_places(section: int) -> str:
    """One section of at most four digits, zeros inside written once."""
    words, empty = "", False
    for mark, worth in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, section = divmod(section, worth)
        if digit:
            words += "零" * (empty and bool(words)) + _WRITTEN[digit] + mark
            empty = False
        else:
            empty = True
    return words
