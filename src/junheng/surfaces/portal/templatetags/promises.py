"""Words of promises, and where the proof of a printed number is."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from junheng.platform.figures import queries

register = template.Library()

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
def kind_word(kind: str) -> Any:
    """The kind of a promise, in the words officials use for it."""
    return KINDS.get(kind, kind)


@register.filter
def proof(id: str) -> str:
    """The page on which a figure or a promise proves itself."""
    return reverse("desk:figure" if id in queries.definitions() else "desk:promise", args=[id])


@register.filter
def title_of(id: str) -> str:
    """What a figure is called."""
    return queries.figure(id).title
