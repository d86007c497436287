"""The clerk's queue: what waits to be checked, addresses that many share, appeals. Choices are not asked for here."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from junheng.domains.intakes.models import PlanVersion
from junheng.domains.intakes.terms import Circumstance, VersionState
from junheng.domains.registrations.models import Application, StatedCircumstance
from junheng.domains.registrations.terms import ApplicationState, FoundState

HIDDEN = ("choice", "wish", "prefer", "school")
"""Parts of names in a form that would tell what a family chose; they are left out wherever a form is shown here."""


@dataclass(frozen=True, slots=True)
class Shared:
    """An address from which more applications came than the limit."""

    address: str
    count: int
    codes: list[str]


def states_of(applications: "QuerySet[Application]") -> dict[str, int]:
    """How many statements are in each state."""
    rows = StatedCircumstance.objects.filter(
        application__in=applications, application__state=ApplicationState.SENT
    )
    return dict(rows.values_list("state").annotate(number=Count("id")).order_by("state"))


def shared(intake: int, *, more_than: int) -> list[Shared]:
    """Addresses from which too many applications came, the most shared first."""
    sent = Application.objects.filter(intake=intake, state=ApplicationState.SENT).exclude(address_blind="")
    counted = (
        sent.values("address_blind")
        .annotate(number=Count("id"))
        .filter(number__gt=more_than)
        .order_by("-number", "address_blind")
    )
    numbers = {one["address_blind"]: one["number"] for one in counted}
    codes: dict[str, list[str]] = {}
    for address, code in (
        sent.filter(address_blind__in=numbers).order_by("code").values_list("address_blind", "code")
    ):
        codes.setdefault(address, []).append(code)
    return [Shared(address, number, codes[address]) for address, number in numbers.items()]


def sharing(applications: list[Application]) -> dict[str, int]:
    """For the addresses of some applications: how many came from each within the same admission."""
    addresses = {one.address_blind for one in applications if one.address_blind}
    rows = Application.objects.filter(
        address_blind__in=addresses,
        state=ApplicationState.SENT,
        intake__in={one.intake_id for one in applications},
    )
    return dict(rows.values_list("address_blind").annotate(number=Count("id")))


def without_choices(details: str) -> dict[str, Any]:
    """A form as the clerk may read it."""
    told: dict[str, Any] = json.loads(details) if details.startswith("{") else {}
    return {key: value for key, value in told.items() if not any(part in key.lower() for part in HIDDEN)}


def approved_of(application: Application) -> set[str]:
    """What was found true about a child, wherever it counts."""
    return {one.kind for one in application.circumstances.all() if one.state == FoundState.APPROVED}


def at_school(circumstances: list[StatedCircumstance], school: int) -> set[str]:
    """What was found true that counts at a school: a sibling or the way up from its own primary counts there alone."""
    bound = {Circumstance.SIBLING, Circumstance.DIRECT}
    return {
        one.kind
        for one in circumstances
        if one.state == FoundState.APPROVED and (one.kind not in bound or one.about_id == school)
    }


def categories_of(intake: int) -> list[dict[str, Any]]:
    """The categories of the plan in force, as its document has them."""
    version = PlanVersion.objects.filter(intake=intake, state=VersionState.PUBLISHED).first()
    return list((version.document or {}).get("categories", [])) if version else []
