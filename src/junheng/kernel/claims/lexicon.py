"""The words the reader knows, as tables: measure words, promises, and what turns a number into something else."""

import re

from junheng.kernel.claims.known import Kind

_MEASURES = """
平方公里 人民币 平方米 立方米 ha kg km m² 个月 人份 人次 件次 公斤 公里 公顷 分钟 千克 千瓦 千米 厘米 周岁 场次 学分 学时 小时
批次 支队 方面 校次 班次 美元 课时 轮次 部门 ㎡ 个 乡 亩 人 件 份 位 元 兆 克 册 分 区 县 口 只 台 名 吨 周 园 场 块 处 大 天
头 套 字 家 对 封 层 届 岁 市 帧 幅 年 床 度 座 座 张 户 所 批 支 日 期 本 村 条 枚 栋 校 株 桌 棵 次 款 步 点 片 环 班
盏 省 种 秒 篇 篮 米 类 级 组 维 节 轮 轮 辆 部 镇 门 间 队 项 顿
"""
_SPELLED_MEASURES = "人次 场次 批次 方面 轮次 部门 个 人 件 份 位 元 册 名 场 处 大 套 家 对 届 座 户 所 批 条 次 种 类 级 轮 间 项"

MEASURES = tuple(sorted(set(_MEASURES.split()), key=lambda word: (-len(word), word)))
"""Measure words and units that make a number a count of something, the longest first."""

SPELLED_MEASURES = frozenset(_SPELLED_MEASURES.split())
"""Those after which a number spelled in Chinese is a count: 九部门, 五项. (十分 and 三点 are not.)"""

SPELLED_NO_COUNT = re.compile(
    r"[三五]位一体|四位一体|两个[确维]|三个代表|十大|一[个项名位家所次种条类份批场件套级轮户处对大]|[一二三四五六七八九]年级|三级跳|四大发明|三大球"
)
"""Fixed words that look like spelled counts and are none."""

_PROMISES: dict[Kind, tuple[str, ...]] = {
    Kind.UNIVERSAL: (
        "全覆盖",
        "全面覆盖",
        "全部覆盖",
        "全员覆盖",
        "应覆尽覆",
        "百分百",
        "无一遗漏",
        "一个不落",
        "一个不漏",
        "一校不漏",
        "一人不漏",
    ),
    Kind.ALL_ENTITLED: (
        "应助尽助",
        "应享尽享",
        "应入尽入",
        "应免尽免",
        "应补尽补",
        "应贷尽贷",
        "应帮尽帮",
        "应保尽保",
    ),
    Kind.ZERO: (
        "严禁",
        "杜绝",
        "零违规",
        "零发生",
        "零事故",
        "零容忍",
        "零择校",
        "无一例",
        "无一起",
        "没有一起",
        "没有一所",
        "没有一名",
    ),
    Kind.RISING: (
        "逐年提高",
        "逐年提升",
        "逐年上升",
        "逐年增加",
        "逐年增长",
        "连年提高",
        "连年提升",
        "连年增长",
        "连续提高",
    ),
    Kind.PUT_RIGHT: ("整改到位", "全部整改", "整改完毕", "整改完成", "整改清零", "动态清零", "全部销号"),
}
_PROMISE_PATTERNS: dict[Kind, str] = {
    Kind.EXACTLY_ONE: r"一[县校人生园班区市河水域池塘乡镇村户家事]一[策案档册方表卡单图码]",
    Kind.UNIVERSAL: "|".join(_PROMISES[Kind.UNIVERSAL]),
    Kind.ALL_ENTITLED: "|".join(_PROMISES[Kind.ALL_ENTITLED]),
    Kind.ZERO: "|".join(_PROMISES[Kind.ZERO]),
    Kind.RISING: "|".join(_PROMISES[Kind.RISING]),
    Kind.PUT_RIGHT: "|".join(_PROMISES[Kind.PUT_RIGHT]),
}
PROMISES = re.compile("|".join(f"(?P<{kind.value}>{pattern})" for kind, pattern in _PROMISE_PATTERNS.items()))
"""Every phrase that promises something of all, none or each. The name of the group is the kind."""

NOT_YET = re.compile(
    r"尚未|未能|未实现|没有实现|并非|不是|难以|基本|力争|争取|努力|计划|打算|拟|有望|即将|目标|预计|到20\d\d年"
)
"""Words before a promise or a number after which it is an aim, a denial or a half measure, but not a result."""

PROMISE_OF_PHRASE: dict[str, Kind] = {word: kind for kind, words in _PROMISES.items() for word in words}
"""Which promise a fixed phrase makes."""

TURNING_WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"力争|争取|计划|打算|(?<!模)拟|预计|有望|即将|目标(?!任务)|到20\d\d年"),
        "这里说的是打算或目标，不是结果。",
    ),
    (
        re.compile(
            r"同比|环比|比上年|较上年|比去年|较去年|增幅|(?:增长|增加|提高|提升|上升|下降|减少|降低|回落)了?(?![到至为])"
        ),
        "这里说的是增减的幅度，不是数量本身。",
    ),
    (re.compile(r"人均|生均|校均|班均|户均|园均|平均"), "这里说的是平均数，不是总数。"),
    (re.compile(r"其中"), "这里说的是其中一部分，记录里没有单独统计。"),
)
"""What makes a number in its own clause something else than the figure. A figure that names the word is exempt."""

PER = re.compile(
    r"每(?:个|所|家|名|位)?(?:周|星期|月|季度|学期|学年|年|天|日|班级|班|学校|校|园|人|生|户|县|次)[^，,。；;、:()0-9]{0,8}$"
)
"""每周…, 每班…: the number behind it is a norm or a rate, not a total."""

RAISED_FROM = re.compile(r"(?:由|从)[^，,。；;0-9]{0,12}$")
RAISED_TO = re.compile(
    r"[^，,。；;0-9]{0,8}(?:提高|提升|增加|上调|调整|调高|增长|上升|下降|降低|下调|减少|压减)[^，,。；;0-9]{0,6}(?:到|至|为)[^，,。；;0-9]{0,4}"
)
"""由 … 提高到 …: two numbers that are one change."""

LIGHT = re.compile(
    r"(?:全市|全县|全区|我市|本市|共有|共计|总计|合计|累计|现有|已有|拥有|共|有|达到|达|为|的|在|各|所有|全部|已|约|近|"
    r"超过|数量|总数|数|分别|计|[“”\"（）()《》:：\s])*"
)
"""Words that may stand between a plain noun and its number without changing what is counted."""

ELLIPTIC = re.compile(
    r"(?:全市|我市|共|已经|已|现已|现有|现|目前|截至目前|其|也|均|都|又|再|还|新|实际|累计|合计|总计|有|了|达到|达|至|到|为|的|"
    r"近两年来?|两年来|同期|约|近|超过|并|其后|随后|[，,、：:；;\s“”\"（）()])*"
)
"""All that may stand beside a number whose noun was named before it: 规划…中小学90所，已完成82所."""

PART_OF = re.compile(
    r"(?:的|校园)?(?:食堂|操场|运动场|厕所|教师|学生|校长|班级|宿舍|图书|门口|周边|教室|教学楼|实验室|项目|集团)"
)
"""Words behind a plain noun that make it something else: 中小学校食堂 are no schools."""

TITLE_BEFORE = re.compile(
    r"(?:获评|被评为|评为|入选|列入|获得?|授予|认定为?|命名为?|荣获|成为|被|为|居|列|创建|创成|新增|省级)[^，,。；;]{0,6}$"
)
"""Before 全省, 河南省 …: the name belongs to a title (全省优质教育集团), it is not the area counted."""

VAGUE_TIME = re.compile(r"去年|今年|前年|上年度?|本年度?|本学期|上学期|近日|日前|明年")
"""Words whose meaning depends on the day of writing, which a text does not carry."""
