"""The problems that touch a figure, on the page of the figure."""

from typing import Any

from django import template
from django.template.context import Context

from junheng.platform.quality.queries import count_touching
from junheng.platform.registers.asker import asker_of

register = template.Library()


@register.inclusion_tag("quality/of_figure.html", takes_context=True)
def quality_of_figure(context: Context, figure: str) -> dict[str, Any]:
    """How many problems within somebody's scope touch a figure, and where they are listed."""
    return {"figure": figure, "count": count_touching(asker_of(context["request"]), figure)}
