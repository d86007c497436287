"""A label without what does not matter: signs, units, polite words, and the many words for one thing."""

import re
import unicodedata
from functools import lru_cache

# what people put round a label
BRACKETS = re.compile(r"[(\[【〔<《][^)\]】〕>》]{0,12}[)\]】〕>》]")
FILLERS = re.compile(
    r"请如实填写|请填写|请填报|请注明|如实填报|填报|填写|截至目前|目前|当前|现在|现有|实有|共有|一共有?|总共有?|全部|本学期|本学年|今年|本年度|"
    r"贵校|我校|本校|该校|全校|学校|贵园|本园|全园|情况|的|您|有多少|是多少"
)
# one thing, one word; longer ones first, because they hold the shorter
SYNONYMS = (
    ("联系电话号码", "电话"), ("联系电话", "电话"), ("办公电话", "电话"), ("手机号码", "电话"), ("电话号码", "电话"),
    ("联系方式", "电话"), ("手机号", "电话"), ("固话", "电话"),
    ("在籍学生", "学生"), ("在校学生", "学生"), ("在校生", "学生"), ("在读学生", "学生"), ("在园幼儿", "幼儿"), ("在园儿童", "幼儿"),
    ("住校生", "寄宿生"), ("住宿生", "寄宿生"), ("住宿学生", "寄宿生"), ("寄宿学生", "寄宿生"), ("寄宿制", "寄宿"),
    ("教学班", "班级"), ("班额", "班级"), ("留守儿童", "留守学生"), ("任课教师", "教师"), ("任课老师", "教师"), ("老师", "教师"),
    ("校园占地面积", "占地面积"), ("用地面积", "占地面积"), ("电子邮箱", "邮箱"), ("电子邮件", "邮箱"), ("计算机", "电脑"),
    ("总人数", "数"), ("人数", "数"), ("总数", "数"), ("数量", "数"), ("个数", "数"), ("台数", "数"), ("人次", "次数"), ("多少", "数"),
    ("几个", "数"), ("学校名称", "名"), ("校名", "名"), ("姓名", "名"), ("名称", "名"), ("负责人", "校长"), ("详细地址", "地址"), ("所在地", "地址"), ("通讯地址", "地址"),
    ("建校日期", "设立日"), ("建校时间", "设立日"), ("设立日期", "设立日"), ("日期", "日"), ("时间", "日"), ("类别", "类型"), ("分类", "类型"), ("金额", "经费"),
)  # fmt: skip
NUMERALS = str.maketrans("一二三四五六七八九两", "1234567892")


@lru_cache(maxsize=20_000)
def folded(label: str) -> str:
    """A label reduced to what it asks.

    >>> folded("目前贵校在校学生总人数（人）："), folded("学生数")
    ('学生数', '学生数')
    >>> folded("七年级班级数"), folded("7年级教学班个数")
    ('7年级班级数', '7年级班级数')
    """
    text = unicodedata.normalize("NFKC", label).lower()
    text = BRACKETS.sub("", text)
    for word, stands_for in SYNONYMS:
        text = text.replace(word, stands_for)
    shorter = FILLERS.sub("", text)
    text = shorter if shorter and shorter not in {"数", "名"} else text
    text = re.sub(r"^(?:是否有?|有无)(.+)$", r"\1", text)
    return "".join(sign for sign in text.translate(NUMERALS) if sign.isalnum())


@lru_cache(maxsize=20_000)
def pieces(text: str) -> tuple[str, ...]:
    """The signs of a folded label and the pairs of neighbours, in order.

    >>> pieces("学生数")
    ('学', '生', '数', '学生', '生数')
    """
    return (*text, *(text[place : place + 2] for place in range(len(text) - 1)))
