"""The panels that other mechanisms add to a page of a register."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from junheng.platform.registers.declare import Register
from junheng.platform.registers.panels import Place, panels_for

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: Context, place: Place, of: Register[Any], row: Any = None) -> SafeString:
    """Every panel of the page, one after the other; nothing where there is none."""
    request = context["request"]
    made = (
        render_to_string(one.template, one.context, request) for one in panels_for(place, request, of, row)
    )
    return mark_safe("".join(made))  # noqa: S308 (each part is an escaped template)
