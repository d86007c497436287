"""The measures that may stand in a plan: each with the article that allows it and with who may take it.

What is not here cannot be chosen. The law's text was not compared word for word, so every article is to be confirmed.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook.sources import SOURCES
from junheng.domains.guidance.terms import Taker
from junheng.kernel.rulebook import Certainty
from junheng.kernel.sources import Citation

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
