"""How the registers one keeps stand, for the page of all registers."""

from typing import Any

from django import template
from django.template.context import Context

from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.views.browse import default_day
from junheng.platform.stewardship.confirming import Standing, standings
from junheng.platform.stewardship.units import own_units

register = template.Library()


@register.simple_tag(takes_context=True)
def own_standings(context: Context) -> dict[str, Standing]:
    """The standing of each register that this person confirms, by its address; the worst where he keeps several."""
    asker = asker_of(context["request"])
    day = default_day(asker)
    order = {"good": 0, "warn": 1, "bad": 2}
    found = sorted(standings(own_units(asker, on=day), on=day), key=lambda one: order[one.tone])
    return {one.register.slug: one for one in found}


@register.filter
def of(found: dict[str, Any], slug: str) -> Any:
    """The standing of one register, if there is one."""
    return found.get(slug)
