"""What register pages show: what waits for approval, by whose word the facts stand, when the list was confirmed."""

from typing import Any

from django.http import HttpRequest

from junheng.platform.registers import Level, Register
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.flags import FIXED
from junheng.platform.registers.panels import Panel, panel
from junheng.platform.registers.views.browse import default_day
from junheng.platform.stewardship.confirming import standings
from junheng.platform.stewardship.overview import seen_counts
from junheng.platform.stewardship.queries import pending_of
from junheng.platform.stewardship.showing import show
from junheng.platform.stewardship.units import kept_registers, level_of_units, own_units


@panel("list", order=20)
def confirmed(request: HttpRequest, register: Register[Any], _row: Any) -> Panel | None:
    """Who keeps the register, and when it was last confirmed: for one's own unit, or counted over the units one sees."""
    asker = asker_of(request)
    if register not in kept_registers():
        return None
    day = default_day(asker)
    own = [pair for pair in own_units(asker, on=day) if pair[0] is register]
    found = standings(own, on=day) if own else []
    counted = None if found else seen_counts(register, asker, on=day)
    if not found and counted is None:
        return None
    return Panel(
        "stewardship/_confirmed.html", {"standings": found, "counted": counted, "register": register}
    )


@panel("detail", order=10)
def waiting(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """What waits for approval about this row."""
    return waiting_panel(asker_of(request), register, row)


@panel("form", order=10)
def waiting_in_form(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """The same above the form, so that nobody proposes it twice unknowingly."""
    return None if row is None else waiting_panel(asker_of(request), register, row)


def waiting_panel(asker: Asker, register: Register[Any], row: Any) -> Panel | None:
    """The pending proposals of a row."""
    found = pending_of(register, row)
    if not found:
        return None
    return Panel("stewardship/_waiting.html", {"groups": show(found, asker, on=default_day(asker))})


@panel("detail", order=80)
def words(_request: HttpRequest, register: Register[Any], _row: Any) -> Panel:
    """By whose word each field stands, which source wins, and who writes it."""
    lines = [
        (
            register.label_of(field),
            policy.owner.label,
            " › ".join(source.label for source in policy.ranking),
            "fixed" if FIXED in field.flags else "only" if policy.only else "asks" if policy.decider else "",
            Level(policy.decider).label if policy.decider else "",
            policy.why if field.by is not None else "",
        )
        for field in register.fields
        for policy in (register.policy_of(field),)
    ]
    return Panel("stewardship/_words.html", {"lines": lines, "kept": level_of_units(register).label})
