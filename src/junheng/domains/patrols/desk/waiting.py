"""What waits for whom: checks of this week and explanations for oneself, what was told to each level above."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.patrols.models import Escalation, Miss
from junheng.domains.patrols.policies import ABOVE
from junheng.domains.patrols.terms import OPEN, RUNGS, MissState, Rung
from junheng.domains.people.models import Person
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import roles_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, todo

WARDENS = frozenset({Role.TOWNSHIP_WARDEN, Role.COUNTY_WARDEN})
RUNG_OF = {
    Role.COUNTY_OFFICER: Rung.COUNTY,
    Role.CITY_SECTION: Rung.CITY,
    Role.CITY_LEADER: Rung.LEADER,
    Role.CITY_OFFICE: Rung.LEADER,
}
"""To whom a level's escalations are shown on the first page; the office keeps the leaders' desk."""


@todo
def patrols(asker: Asker) -> Iterable[Todo]:
    """The lines of one person, by what roles he has."""
    roles = set(roles_of(asker.user, on=asker.today))
    if roles & WARDENS:
        yield from of_a_warden(asker)
    if rungs := {RUNG_OF[role] for role in roles & RUNG_OF.keys()}:
        levels = [level for level, above in ABOVE.items() if above & roles and not covered(level, roles)]
        yield from of_a_bureau(asker, rungs, levels)


def covered(level: str, roles: set[Role]) -> bool:
    """Whether the first judge of a level is somebody else: the city judges a township's only where the county does not."""
    return Role.COUNTY_OFFICER in ABOVE[level] and Role.COUNTY_OFFICER not in roles


def of_a_warden(asker: Asker) -> Iterable[Todo]:
    """Checks that this week still needs, and misses that wait for an explanation."""
    own = Miss.objects.filter(person__in=Person.objects.filter(user=asker.user.pk))
    rows = own.filter(state__in=(MissState.REMINDED, MissState.MISSED, MissState.REJECTED))
    told = list(rows.order_by("monday").values_list("state", "missed", "monday"))
    address = reverse("patrols:mine")
    if reminded := [missed for state, missed, _monday in told if state == MissState.REMINDED]:
        yield Todo(_("本周还要暗访的次数"), address, sum(reminded), "map-pin", late=False)
    if waiting := [monday for state, _missed, monday in told if state != MissState.REMINDED]:
        yield Todo(_("待说明的漏查"), address, len(waiting), "exclamation-circle", waiting[0], late=True)


def of_a_bureau(asker: Asker, rungs: set[Rung], levels: list[str]) -> Iterable[Todo]:
    """What was told to one's level and is still open, and explanations that wait for one's judgement: asked at once."""
    rows = asker.within(Miss.objects.all(), register_called("misses"), "view").filter(state__in=OPEN)
    told = Escalation.objects.filter(miss=OuterRef("pk"), rung__in=rungs)
    every = list(
        rows.annotate(told=Exists(told))
        .order_by("monday")
        .values_list("told", "monday", "state", "level", "explained_on", "person__user")
    )
    if days := [monday for here, monday, *_rest in every if here]:
        address = f"{reverse('patrols:misses')}?rung={min(rungs, key=RUNGS.index)}"
        yield Todo(_("上报到本级的漏查"), address, len(days), "bell-alert", days[0], late=True)
    waiting = [
        explained_on
        for _here, _monday, state, level, explained_on, user in every
        if state == MissState.EXPLAINED and level in levels and user != asker.user.pk and explained_on
    ]
    if waiting:
        address = f"{reverse('registers:list', args=['misses'])}?state=explained"
        yield Todo(_("待认定的漏查说明"), address, len(waiting), "scale", min(waiting))
