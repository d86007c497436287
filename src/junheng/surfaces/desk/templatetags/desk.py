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
READINGS = {
    "built": _("新建改扩建"),
    "with_reclaimed": _("含收回转公办"),
    "first": _("首次认定"),
    "any": _("含复核延续"),
    "children": _("按在园幼儿"),
    "kindergartens": _("按园数"),
    "private": _("按民办园数"),
    "granted": _("按下达"),
    "paid": _("按拨付"),
    "rural": _("乡村学校"),
    "with_towns": _("含镇区学校"),
    "compulsory": _("义务教育阶段"),
    "all_stages": _("含高中阶段"),
    "person": _("按责任人"),
    "water": _("按水域"),
}
"""The ways in which a figure can be understood, in words."""


@register.filter
def reading_word(reading: str) -> Any:
    """A way to understand a figure, in words."""
    return READINGS.get(reading, reading)


@register.filter
def verdict_word(verdict: str) -> Any:
    """The verdict of the checker in one word."""
    return VERDICTS[verdict][0]


@register.filter
def verdict_tone(verdict: str) -> str:
    """The tone of a verdict."""
    return VERDICTS[verdict][1]


@register.filter
def state_tone(state: str) -> str:
    """The tone of the state of an article."""
    return {"released": "good", "published": "good", "withdrawn": "bad"}.get(str(state), "warn")
