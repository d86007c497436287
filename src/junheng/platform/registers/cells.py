"""Reading what people write into cells: full-width figures, 万, thousands, days in every form. Pure functions."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar, for days after February 1900."""
SERIALS = range(10_000, 80_000)
"""Numbers that a spreadsheet means as days: 1927 to 2119."""
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
UNITS = re.compile(r"(?<=[\d万亿])(?:人|名|个|所|处|次|元|分钟)$")
MAGNITUDES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
SERIAL = re.compile(r"(\d{5})(\.\d+)?")
DAY = re.compile(r"(\d{4})(?P<mark>[-/.])(\d{1,2})(?P=mark)(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})[日号]?")
PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
MONTH = re.compile(r"(\d{4})年(\d{1,2})月(?:份)?|(\d{4})[-/](\d{1,2})|(\d{4})\.(0[1-9]|[2-9]|1[0-2])")
MIDNIGHT = re.compile(r"[ T]0?0:00(:00(\.0+)?)?$")
WEEKDAY = re.compile(r"[ （(]*(?:星期|周)[一二三四五六日天][)）]?$")
WITHOUT_YEAR = re.compile(r"\d{1,2}月\d{1,2}[日号]?|\d{1,2}[-/.]\d{1,2}")
HAN = re.compile("[\u4e00-\u9fff]")
"""Characters that are none of a code, however they are written."""
CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]*")


def halved(text: str) -> str:
    """Full-width letters, figures and signs as ordinary ones, without invisible signs and outer blanks.

    >>> halved("　２０２３－９－１ "), halved("１，２００")
    ('2023-9-1', '1,200')
    """
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).translate(INVISIBLE).strip()


def plain_number(text: str) -> str:
    """A number as a program reads it; what is none stays as it was written, so that it can be named.

    >>> [plain_number(one) for one in ("１，２００", "1.2万", "120 人", "3,5", "12.0", "甲")]
    ['1200', '12000', '120', '3,5', '12.0', '甲']
    """
    found = UNITS.sub("", halved(text).replace(" ", ""))
    magnitude = MAGNITUDES.get(found[-1:], Decimal(1))
    digits = found[:-1] if found[-1:] in MAGNITUDES else found
    if GROUPED.fullmatch(digits):
        digits = digits.replace(",", "")
    if magnitude == 1:
        return digits if digits and digits[-1:].isdigit() else text.strip()
    try:
        whole = Decimal(digits) * magnitude
    except InvalidOperation:
        return text.strip()
    return format(whole.quantize(Decimal(1)) if whole == whole.to_integral_value() else whole, "f")


def day_of(text: str) -> date | None:
    """The day that a cell means; ``None`` where it is none, or where it could be another one.

    A month stands for its first day (``only_month`` says so). Two figures of a year, and a day before its month, are
    not guessed. 2023.1 may be an October whose zero a spreadsheet dropped, so it is none.

    >>> [str(day_of(one)) for one in ("2023.9.1", "2023年9月", "20230901", "45170", "2023/9/1", "２０２３－９－１")]
    ['2023-09-01', '2023-09-01', '2023-09-01', '2023-09-01', '2023-09-01', '2023-09-01']
    >>> day_of("9月1日"), day_of("23.9.1"), day_of("2023.1"), day_of("2023-02-30")
    (None, None, None, None)
    """
    found = WEEKDAY.sub("", MIDNIGHT.sub("", halved(text)))
    if " " in found:
        found = re.sub(r"\s*([年月日./-])\s*", r"\1", found)
    if serial := SERIAL.fullmatch(found):
        number = int(serial[1])
        whole = not (serial[2] or "").strip(".0")
        return EPOCH + timedelta(number) if whole and number in SERIALS else None
    if whole_day := DAY.fullmatch(found) or PACKED.fullmatch(found):
        parts = [one for one in whole_day.groups() if one and one.isdigit()]
    elif month := MONTH.fullmatch(found):
        parts = [*(one for one in month.groups() if one), "1"]
    else:
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def only_month(text: str) -> bool:
    """Whether a day was written without its day.

    >>> only_month("2023年9月"), only_month("2023年9月1日")
    (True, False)
    """
    return MONTH.fullmatch(halved(text)) is not None


def lacks_year(text: str) -> bool:
    """Whether a day was written without its year.

    >>> lacks_year("9月1日"), lacks_year("2023年9月1日")
    (True, False)
    """
    return WITHOUT_YEAR.fullmatch(halved(text)) is not None


def moment_text(text: str) -> str:
    """A moment with ordinary signs; a spreadsheet's number of days becomes day and time, to the second.

    >>> moment_text("45170.5"), moment_text("２０２３/9/1 08:30"), moment_text("2023年9月1日 8:30")
    ('2023-09-01 12:00:00', '2023/9/1 08:30', '2023-9-1 8:30')
    """
    found = halved(text)
    serial = SERIAL.fullmatch(found)
    if serial and int(serial[1]) in SERIALS:
        seconds = round(Decimal(serial[2] or 0) * 86_400)
        return str(datetime.combine(EPOCH, datetime.min.time()) + timedelta(int(serial[1]), seconds))
    return re.sub(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?", r"\1-\2-\3", found)


def tidy_code(text: str) -> str:
    """A code without full-width figures and blanks; anything else as it was written.

    >>> tidy_code("４１０８ 02"), tidy_code("第１小学"), tidy_code("Spring House")
    ('410802', '第１小学', 'Spring House')
    """
    if (text.isascii() and " " not in text) or HAN.search(text):
        return text
    found = halved(text).replace(" ", "")
    return found if CODE.fullmatch(found) and any(one.isdigit() for one in found) else text


def is_plain(text: str) -> bool:
    """Whether no code in a text has to be written otherwise: ordinary signs, and no blanks."""
    return text.isascii() and " " not in text


def times_wan(text: str) -> str:
    """A number under a heading that counts in 万.

    >>> times_wan("1.25"), times_wan("甲")
    ('12500', '甲')
    """
    try:
        product = Decimal(plain_number(text)) * 10_000 if text else None
        return "" if product is None else format(product.normalize(), "f")
    except InvalidOperation:
        return text


def same_amount(one: str, other: str) -> bool:
    """Whether two amounts are equal, however many zeros a spreadsheet left of them."""
    try:
        return Decimal(one or "NaN") == Decimal(other or "NaN") or one == other
    except InvalidOperation:
        return False


def column_letters(place: int) -> str:
    """The name of a column, from 0.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_place(letters: str) -> int:
    """The place of a column, from 0.

    >>> column_place("A"), column_place("AA")
    (0, 26)
    """
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1
