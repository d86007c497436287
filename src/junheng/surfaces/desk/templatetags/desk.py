"""Words and tones that the pages of figures, promises and reports share."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from junheng.platform.figures import words

register = template.Library()

VERDICTS = {
    "proved": (_("属实"), "good"),
    "differs": (_("不符"), "bad"),
    "ambiguous": (_("有歧义"), "warn"),
    "unknown": (_("无据可查"), ""),
}


@register.filter
def reading_word(reading: str) -> Any:
    """A way to understand a figure, in words."""
    return words.reading(reading)


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
