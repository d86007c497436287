"""How alike two labels are: shared pieces over all pieces, unless they say opposites."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from junheng.kernel.wording.folding import folded, pieces

SAME = Fraction(2, 3)
"""From this share on two labels are taken to ask for the same thing; tried on a corpus of pairs."""
# of each line a label says one: two labels that say different ones ask for different things
CONTRASTS = (
    ("男", "女"), ("小学", "初中", "高中", "幼儿"), ("公办", "民办"), ("城镇", "乡村", "农村"), ("专任", "兼职", "外聘", "临聘"),
    ("收入", "支出"), ("起", "止"), ("开始", "结束"), ("新增", "减少"), ("上学期", "下学期"), ("春季", "秋季"), ("语文", "数学", "英语", "体育", "音乐", "美术", "心理"),
    ("学生", "教师", "教职工", "家长", "班级", "幼儿", "保安"), ("寄宿", "走读"), ("早餐", "午餐", "晚餐"), ("室内", "室外"), ("电话", "地址", "邮箱", "名", "面积", "经费"), ("在建", "已建"),
    ("占地", "建筑", "绿化", "运动场"), ("转入", "转出"), ("毕业", "招生", "辍学"), ("校长", "书记", "班主任", "园长"),
)  # fmt: skip
KINDS_OF_AMOUNT = ("率", "次数", "面积", "经费")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two labels are, and by what: the pieces they share, or the two words that set them apart."""

    score: Fraction
    first: str
    second: str
    shared: tuple[str, ...] = ()
    apart: tuple[str, str] | None = None

    @property
    def same(self) -> bool:
        """Whether they are taken to ask for the same thing."""
        return self.score >= SAME


@lru_cache(maxsize=100_000)
def likeness(one: str, other: str) -> Likeness:
    """Compare two labels.

    >>> likeness("在校学生人数", "学生数").score
    Fraction(1, 1)
    >>> likeness("男生人数", "女生人数").apart
    ('男', '女')
    >>> found = likeness("心理辅导室面积", "心理辅导室建筑面积")
    >>> found.score, found.same
    (Fraction(4, 5), True)
    """
    first, second = folded(one), folded(other)
    if not first or not second:
        return Likeness(Fraction(0), first, second)
    if first == second:
        return Likeness(Fraction(1), first, second, shared=(first,))
    if (apart := contrast(first, second)) is not None:
        return Likeness(Fraction(0), first, second, apart=apart)
    mine, yours = Counter(pieces(first)), Counter(pieces(second))
    both = mine & yours
    score = Fraction(2 * both.total(), mine.total() + yours.total())
    return Likeness(score, first, second, shared=tuple(piece for piece in both if len(piece) == 2))


def contrast(first: str, second: str) -> tuple[str, str] | None:
    """The two words by which labels say different things, if there are such.

    >>> contrast("7年级学生数", "8年级学生数"), contrast("学生数", "女学生数")
    (('7', '8'), None)
    """
    digits = ["、".join(re.findall(r"[0-9]+", text)) for text in (first, second)]
    if all(digits) and digits[0] != digits[1]:
        return digits[0], digits[1]
    for group in CONTRASTS:
        left = [word for word in group if word in first]
        right = [word for word in group if word in second]
        if left and right and not set(left) & set(right):
            return left[0], right[0]
    for word in KINDS_OF_AMOUNT:
        if first.endswith(word) != second.endswith(word) and "数" in (first[-1], second[-1]):
            return first[-2:], second[-2:]
    return None


def nearest(label: str, names: Iterable[str]) -> Likeness | None:
    """The likest of several names of one thing; ``None`` where it has no name."""
    return max((likeness(label, name) for name in names), key=lambda found: found.score, default=None)
