"""Words and tones that the pages of figures, promises and reports share."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

VERDICTS = {
    "proved": (_("属实"), "good"),
    "differs": (_("不符"), "bad"),
    "ambiguous": (_("有歧义"), "warn"),
    "unknown": (_("无据可查"), ""),
}
KINDS = {
    "at_least": _("至少"),
    "all_covered": _("全覆盖"),
    "none": _("严禁"),
    "all_entitled": _("应助尽助"),
    "rising": _("逐年提高"),
    "put_right": _("整改到位"),
    "exactly_one": _("逐一对应"),
    "raised": _("提高标准"),
    "planned_done": _("按期完成"),
}


@register.filter
def verdict_word(verdict: str) -> Any:
    """The verdict of the checker in one word."""
    return VERDICTS[verdict][0]


@register.filter
def verdict_tone(verdict: str) -> str:
    """The tone of a verdict."""
    return VERDICTS[verdict][1]


@register.filter
def kind_word(kind: str) -> Any:
    """The kind of a promise, in the words officials use for it."""
    return KINDS.get(str(kind), kind)


@register.filter
def state_tone(state: str) -> str:
    """The tone of the state of an article."""
    return {"released": "good", "published": "good", "withdrawn": "bad"}.get(str(state), "warn")
