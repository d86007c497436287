"""The buttons of the deeds that somebody can do about the row of a page."""

from typing import Any

from django import template
from django.template.context import Context

from junheng.platform.deeds.registry import deeds_about
from junheng.platform.registers.asker import asker_of

register = template.Library()


@register.inclusion_tag("deeds/buttons.html", takes_context=True)
def deed_buttons(context: Context, slug: str, row: Any) -> dict[str, Any]:
    """One button a deed; nothing where there is none."""
    return {"slug": slug, "row": row, "deeds": deeds_about(slug, row, asker_of(context["request"]))}
