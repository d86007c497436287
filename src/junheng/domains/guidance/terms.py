"""Words of sealed cases. There is a word for everything that is written down, so that nobody tells a story.

What may be done is a catalogue: each measure with the article that allows it and with who may take it. The law's text was
not compared word for word, so every article is to be confirmed.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Certainty
from junheng.kernel.sources import Citation


class CareLevel(TextChoices):
    """How much is done for one person; from the least to the most."""

    WATCH = "watch", _("日常关注")
    SUPPORT = "support", _("重点帮扶")
    JOINT = "joint", _("多方联合帮扶")


class Taker(TextChoices):
    """Who takes a measure, by what he is: no name stands in a plan but that of who is responsible for it."""

    CLASS_TEACHER = "class_teacher", _("班主任")
    MORAL_HEAD = "moral_head", _("德育副校长")
    PSYCHOLOGIST = "psychologist", _("心理教师")
    LEGAL_DEPUTY = "legal_deputy", _("法治副校长")
    SOCIAL_WORKER = "social_worker", _("社会工作者")
    GUARDIAN = "guardian", _("监护人")
    POLICE = "police", _("公安机关")


class Rhythm(TextChoices):
    """How often."""

    ONCE = "once", _("一次")
    WEEKLY = "weekly", _("每周")
    FORTNIGHTLY = "fortnightly", _("每两周")
    MONTHLY = "monthly", _("每月")


class Outcome(TextChoices):
    """What came of a measure."""

    BETTER = "better", _("完成，有改善")
    SAME = "same", _("完成，未见改善")
    STOPPED = "stopped", _("中止")


class Step(TextChoices):
    """What a review decides."""

    KEEP = "keep", _("维持")
    UP = "up", _("升级")
    DOWN = "down", _("降级")


class StepReason(TextChoices):
    """Why a plan goes a step up or down."""

    BETTER = "better", _("情况好转")
    NO_EFFECT = "no_effect", _("措施未见成效")
    NEW_FACTS = "new_facts", _("出现新的情况")
    ADVICE = "advice", _("专业人员建议")


class Result(TextChoices):
    """With what a case is closed."""

    REACHED = "reached", _("达到目标")
    LEFT = "left", _("毕业或离开本市")
    HANDED_OVER = "handed_over", _("移交有权机关")
    UNFOUNDED = "unfounded", _("经核查不需要建档")


SCHOOL = frozenset(
    {Taker.CLASS_TEACHER, Taker.MORAL_HEAD, Taker.PSYCHOLOGIST, Taker.LEGAL_DEPUTY, Taker.SOCIAL_WORKER}
)
POLICE = frozenset({Taker.POLICE})


@dataclass(frozen=True, slots=True)
class Lawful:
    """One kind of measure. ``by`` are those who may take it; with ``document`` it is another's act, told by its number."""

    kind: str
    label: Any
    by: frozenset[Taker]
    cites: Citation
    certainty: Certainty = Certainty.KNOWN
    document: bool = False


def lawful(kind: str, label: Any, by: frozenset[Taker], article: str, *, document: bool = False) -> Lawful:
    """A measure of the law against juvenile crime."""
    return Lawful(kind, label, by, Citation.read(f"yufangfanzui#{article}", SOURCES), document=document)


MEASURES = {
    one.kind: one
    for one in (
        lawful("law_lesson", _("法治教育"), SCHOOL, "第十八条"),
        lawful("instruct", _("训导"), SCHOOL, "第三十一条"),
        lawful("rules", _("要求遵守特定的行为规范"), SCHOOL, "第三十一条"),
        lawful("topic", _("专题教育"), SCHOOL, "第三十一条"),
        lawful("service", _("校内服务活动"), SCHOOL, "第三十一条"),
        lawful(
            "counselling",
            _("心理辅导和行为干预"),
            frozenset({Taker.PSYCHOLOGIST, Taker.SOCIAL_WORKER}),
            "第三十一条",
        ),
        lawful("family", _("家庭教育指导和家校沟通"), SCHOOL | {Taker.GUARDIAN}, "第三十二条"),
        lawful("admonition", _("训诫（公安机关作出）"), POLICE, "第四十一条", document=True),
        lawful("repent", _("责令具结悔过（公安机关作出）"), POLICE, "第四十一条", document=True),
        lawful("report", _("责令定期报告活动情况（公安机关作出）"), POLICE, "第四十一条", document=True),
        lawful("correction", _("责令接受心理辅导、行为矫治（公安机关作出）"), POLICE, "第四十一条", document=True),
    )
}  # fmt: skip
KINDS = [(one.kind, one.label) for one in MEASURES.values()]
