"""The saved views of a list, and the form that saves the one on the page."""

from typing import Any

from django import template
from django.template.context import Context

from junheng.platform.registers import Register
from junheng.platform.registers.asker import asker_of
from junheng.platform.savedviews.queries import kept_query, offered

register = template.Library()


@register.inclusion_tag("savedviews/bar.html", takes_context=True)
def saved_views(context: Context, of: Register[Any]) -> dict[str, Any]:
    """All views of a register that this person sees, with the form to save one more."""
    request = context["request"]
    now = kept_query(of, request.GET)
    views = offered(of, asker_of(request), now)
    return {
        "register": of,
        "views": views,
        "query": now,
        "current": next((one for one in views if one.current), None),
        "csrf_token": context.get("csrf_token"),
    }
