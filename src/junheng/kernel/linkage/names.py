"""Names: as they are kept and shown, as they are compared, and which part of one is the family's."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from junheng.kernel.linkage.forms import FOLD

DOTS = dict.fromkeys(map(ord, "·•‧∙⋅・･᛫.．｡●‐-–—"), "·")
"""What is typed between the parts of a name: 阿卜杜·热合曼 and 阿卜杜•热合曼 are one name."""
DOTS_AND_FORMS = FOLD | dict.fromkeys(DOTS, None)
INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad\x00-\x1f\x7f]+")
UNUSUAL = re.compile(r"(?!\n)" + INVISIBLE.pattern.removesuffix("+"))
LONGEST = 40
"""Longer names are compared by their first forty characters; on the roll there are none."""
TWO = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "夏侯",
        "宇文",
        "长孙",
        "司徒",
        "司空",
        "轩辕",
        "端木",
        "独孤",
        "南宫",
        "西门",
        "呼延",
        "百里",
        "东郭",
        "赫连",
        "澹台",
        "公冶",
        "宗政",
        "濮阳",
        "淳于",
        "单于",
        "太叔",
        "申屠",
        "公羊",
        "闻人",
        "钟离",
        "鲜于",
        "闾丘",
        "亓官",
        "完颜",
        "纳兰",
        "拓跋",
        "万俟",
    ]
)
"""Family names of two characters."""


def plain_name(text: str) -> str:
    """A name as it is kept: ordinary width, no blanks within, one kind of dot.

    >>> plain_name("　王　小明 "), plain_name("阿卜杜•热合曼"), plain_name("ＬＩ ming")
    ('王小明', '阿卜杜·热合曼', 'LIming')
    """
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(DOTS).strip("·")


@lru_cache(maxsize=1 << 16)
def name_form(text: str) -> str:
    """A name as it is compared: also in today's forms, without dots, in capitals. Two equal forms are one name.

    >>> name_form("張曉華"), name_form("阿卜杜・热合曼"), name_form(" li Ming")
    ('张晓华', '阿卜杜热合曼', 'LIMING')
    """
    return plain_name(text).translate(FOLD).replace("·", "").upper()[:LONGEST]


def name_forms(names: Sequence[str]) -> list[str]:
    """The same for many names: all in one text, unless a sign in it is left out of names.

    >>> name_forms(["張曉華", "阿卜杜・热合曼"]), name_forms(["張 曉華", "李四"])
    (['张晓华', '阿卜杜热合曼'], ['张晓华', '李四'])
    """
    text = unicodedata.normalize("NFKC", "\n".join(names))
    if text.count("\n") != len(names) - 1 or UNUSUAL.search(text):
        return [name_form(one) for one in names]
    found = text.translate(DOTS_AND_FORMS).upper().split("\n")
    return [one[:LONGEST] for one in found] if max(map(len, found)) > LONGEST else found


def family_of(form: str) -> str:
    """The family name that a compared name begins with.

    >>> family_of("王小明"), family_of("欧阳明"), family_of("欧阳"), family_of("")
    ('王', '欧阳', '欧', '')
    """
    return form[:2] if len(form) > 2 and form[:2] in TWO else form[:1]
