"""What people typed, as paper can carry it: without the marks that only machines see; and amounts and days as offices write them."""

import re
from datetime import date

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\udfff\U000e0000-\U000fffff]"
)
"""Control characters, marks that turn the direction of writing, lone halves and what is no character at all."""


def printable(text: str) -> str:
    r"""Text without what XML refuses and nobody sees; ends of lines made alike.

    >>> printable("第一\x0b小学\u202e\r\n𠮷田"), printable("a\tb")
    ('第一小学\n𠮷田', 'a b')
    """
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def chinese(day: date) -> str:
    """A day as letters of an office write it.

    >>> chinese(date(2023, 12, 1))
    '2023年12月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def width_of(text: str) -> int:
    """How wide a text is in halves of a Chinese character.

    >>> width_of("2023年12月1日")
    13
    """
    return sum(1 if ord(one) < 0x2E80 and one not in "“”‘’—…·" else 2 for one in text)


def broken(title: str, room: int) -> list[str]:
    """A title in lines of at most so many Chinese characters, about as long as one another, broken where words part.

    >>> broken("关于示例区第一实验小学校外供餐问题的告诫函", 14)
    ['关于示例区第一实验小学', '校外供餐问题的告诫函']
    >>> broken("告诫函", 14)
    ['告诫函']
    """
    lines: list[str] = []
    rest = title
    count = -(-width_of(title) // (2 * room))
    while count > 1 and rest:
        aim = min(room, -(-len(rest) // count))
        near = sorted(
            range(max(1, aim - 4), min(len(rest), room) + 1),
            key=lambda at: (parting(rest, at), abs(at - aim)),
        )
        at = next((one for one in near if width_of(rest[:one]) <= 2 * room), aim)
        lines.append(rest[:at])
        rest, count = rest[at:], max(count - 1, -(-width_of(rest[at:]) // (2 * room)))
    return [*lines, rest] if rest else lines


BEFORE = ("关", "《", "（")
AFTER = ("的", "、", "，", "》", "）", "县", "市", "区", "局", "年", "学期", "小学", "中学", "学校", "幼儿园")
WITHIN = ("小学校", "中学校")
"""Where a word seems to end and does not: 小学|校外."""
UNPARTED = "》）、，。：；！？”’·"


def parting(text: str, at: int) -> int:
    """How badly a line would end there: 0 after a word that ends something, 1 between two words, 2 before a closing mark."""
    if at >= len(text):
        return 1
    if text[at] in UNPARTED or text[at - 1] in "《（“‘" or (text[at - 1] + text[at]).isascii():
        return 2
    ends = text[:at].endswith(AFTER) and not text[:at].endswith(WITHIN)
    return 0 if ends or text[at:].startswith(BEFORE) else 1
