"""Numbers that name people, pupils and schools: their form, their check digits, and how to say what is wrong.

Sources: GB 11643-1999 (citizen identity number), GB 32100-2015 (unified social credit code), the ministry's rules
for school identifiers (10 digits) and pupil numbers (19 characters). All functions answer for one string and
keep nothing.
"""

import re
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SCHOOL = re.compile(r"(?:11|2[12]|3[1-7]|4[12]|51|9[123])[0-9]{8}")
_PUPIL = re.compile(r"[GJL][0-9]{17}[0-9X]")
_PUPIL_LENGTH = 19
_RUN = re.compile(r"[0-9]{17}[0-9Xx]")


def check_digit(seventeen: str) -> str:
    """The 18th character that GB 11643 demands after these 17 digits.

    >>> check_digit("41080220170831001")
    '7'
    """
    if not re.fullmatch(r"[0-9]{17}", seventeen):
        raise ValueError("a check digit needs 17 digits")
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def birth_date(id_number: str) -> date | None:
    """The day of birth an identity number carries, or None where no such day exists.

    >>> birth_date("410802201708310017"), birth_date("410882201502290032")
    (datetime.date(2017, 8, 31), None)
    """
    if not re.fullmatch(r"[0-9]{17}[0-9X]", id_number):
        return None
    return _day(id_number[6:14])


def sex(id_number: str) -> int:
    """1 male, 2 female: the 17th digit is odd or even.

    >>> sex("410802201708310017")
    1
    """
    return 1 if int(id_number[16]) % 2 else 2


def id_number_fault(id_number: str) -> str:
    """What is wrong with a citizen identity number, as a sentence; empty where nothing is.

    Form, date and check digit are three checks: a number may have a right check digit and a day that never was.

    >>> id_number_fault("410802201708310017")
    ''
    >>> id_number_fault("410882201502290032")
    '身份证件号码中的出生日期不存在。'
    >>> id_number_fault("410802201708310018")
    '身份证件号码的校验位不对，请核对是否抄错。'
    """
    if not re.fullmatch(r"[0-9]{17}[0-9X]", id_number):
        return "身份证件号码应为18位数字，末位可以是大写X。"
    if _day(id_number[6:14]) is None:
        return "身份证件号码中的出生日期不存在。"
    if check_digit(id_number[:17]) != id_number[17]:
        return "身份证件号码的校验位不对，请核对是否抄错。"
    return ""


def is_id_number(id_number: str) -> bool:
    """Whether form, date and check digit are all right.

    >>> [is_id_number(n) for n in ("410823201809010023", "410811201612311185", "410882201502290032")]
    [True, True, False]
    """
    return not id_number_fault(id_number)


def is_school_code(code: str) -> bool:
    """Whether the string has the form of a 10-digit school identifier (it has no check digit).

    >>> is_school_code("2141000001"), is_school_code("2041000001"), is_school_code("214100001")
    (True, False, False)
    """
    return _SCHOOL.fullmatch(code) is not None


def pupil_code_fault(code: str) -> str:
    """What is wrong with a pupil number (19 characters), as a sentence; empty where nothing is.

    ``G`` is followed by an identity number, ``J`` by area, birth date, sequence and check digit, ``L`` (temporary)
    by area, birth date and four characters that prove nothing.

    >>> pupil_code_fault("G410802201708310017"), pupil_code_fault("L410802201708310000")
    ('', '')
    >>> pupil_code_fault("G410802201708310018")
    '学籍号的校验位不对，请核对是否抄错。'
    """
    if _PUPIL.fullmatch(code) is None:
        return "学籍号应为19位：以G、J或L开头，后接18位数字，末位可以是大写X。"
    if _day(code[7:15]) is None:
        return "学籍号中的出生日期不存在。"
    if code[0] != "L" and check_digit(code[1:18]) != code[18]:
        return "学籍号的校验位不对，请核对是否抄错。"
    return ""


def is_pupil_code(code: str) -> bool:
    """Whether form, date and (except for temporary ones) check digit are all right.

    >>> is_pupil_code("G410802201708310017"), is_pupil_code("X410802201708310017")
    (True, False)
    """
    return not pupil_code_fault(code)


def number_in(text: str) -> bool:
    """Whether an identity number stands in a text: its day exists and its check digit is right.

    >>> number_in("G410802201708310017"), number_in("12410800MB0000001X"), number_in("410802201708310018")
    (True, False, False)
    """
    return any(is_id_number(found.upper()) for found in _RUN.findall(text))


def conceal(text: str) -> str:
    """A text with every run of figures that may be an identity number masked in it.

    >>> conceal("G410802201708310017与第3行重复"), conceal("2023年9月1日")
    ('G410****0017与第3行重复', '2023年9月1日')
    """
    return _RUN.sub(lambda found: f"{found[0][:3]}****{found[0][-4:]}", text)


def birthday_and_sex(code: str) -> str:
    """What a formal pupil number says of its bearer: eight digits of a day; with ``G`` 1 or 2 for a boy or a girl.

    >>> [birthday_and_sex(one) for one in ("G410802201708310017", "J410802201708310017", "L410802201708310000")]
    ['201708311', '20170831', '']
    """
    if len(code) != _PUPIL_LENGTH or code[0] not in "GJ":
        return ""
    return code[7:15] + (("1" if code[17] in "13579" else "2") if code[0] == "G" else "")


def credit_check_character(seventeen: str) -> str:
    """The 18th character that GB 32100 demands after these 17.

    >>> credit_check_character("12410800MB0000001")
    '9'
    """
    if len(seventeen) != 17 or any(character not in _CREDIT_CHARACTERS for character in seventeen):
        raise ValueError("a credit code needs 17 characters without I, O, S, V and Z")
    total = sum(
        _CREDIT_CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(seventeen)
    )
    return _CREDIT_CHARACTERS[(31 - total % 31) % 31]


def is_credit_code(code: str) -> bool:
    """Whether an institution's unified social credit code is well formed.

    >>> is_credit_code("12410800MB00000019"), is_credit_code("12410800MB00000018")
    (True, False)
    """
    if len(code) != 18 or any(character not in _CREDIT_CHARACTERS for character in code):
        return False
    return credit_check_character(code[:17]) == code[17]


def _day(eight: str) -> date | None:
    """Eight digits as a day, or None where the calendar has no such day."""
    try:
        return date(int(eight[:4]), int(eight[4:6]), int(eight[6:8]))
    except ValueError:
        return None
