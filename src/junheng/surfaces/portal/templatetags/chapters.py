"""The words of the chapters."""

from typing import Any

from django import template

from junheng.surfaces.portal.chapters import chapter_word as word_of

register = template.Library()


@register.filter
def chapter_word(code: str) -> Any:
    """What people call a chapter."""
    return word_of(code)
