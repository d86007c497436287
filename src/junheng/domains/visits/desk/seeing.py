"""Who could see a planned visit before the unit could, and when it became visible: read from rights and the audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth import get_user_model

from junheng.domains.visits.models import Errand, TeamMember
from junheng.domains.visits.policies.scope import ERRANDS
from junheng.platform.audit.history import entries_of
from junheng.platform.audit.models import Entry
from junheng.platform.registers.onlookers import could_see


@dataclass(frozen=True, slots=True)
class Watcher:
    """Somebody who could see it: by which right, over which place, since when."""

    who: str
    login: str
    by: str
    place: str
    since: date


def watchers(errand: Errand, *, on: date, today: date) -> list[Watcher]:
    """Everybody whose rights reached the planned visit on a day: by the same scope as every page, and the team."""
    by_role = [
        Watcher(one.who, one.login, one.role, one.place, one.since)
        for one in could_see(ERRANDS, errand, on=on, today=today)
    ]
    members = TeamMember.objects.filter(errand=errand).select_related("inspector__area").order_by("rank")
    users = {
        user.get_username(): str(user)
        for user in get_user_model()._default_manager.filter(
            username__in=[one.inspector.login for one in members if one.inspector.login]
        )
    }
    return by_role + [
        Watcher(
            users.get(one.inspector.login, one.inspector.name), one.inspector.login, "", str(one.inspector.area),
            errand.made_at.date(),
        )
        for one in members
    ]  # fmt: skip


def trail(errand: Errand) -> list[Entry]:
    """The entries of the audit about a planned visit and, from arrival on, the visit itself; the first comes first."""
    found = entries_of(errand)
    if errand.visit is not None:
        found = [*found, *entries_of(errand.visit)]
    return sorted(found, key=lambda one: one.id)


def became_visible(errand: Errand, entries: Sequence[Entry]) -> tuple[datetime, int] | None:
    """The moment from which the unit could see it, and the number of the entry that proves it."""
    if errand.visit is None:
        return None
    label = errand.visit._meta.label_lower
    return next(((errand.visit.arrived_at, one.id) for one in entries if one.table == label), None)
