"""What waits for whom: checks of this week and explanations for oneself, what was told to each level above."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.patrols.models import Miss
from junheng.domains.patrols.policies import ABOVE
from junheng.domains.patrols.terms import OPEN, MissState, Rung
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
    for role in RUNG_OF:
        if role in roles:
            yield from told(asker, RUNG_OF[role])
    if levels := [level for level, above in ABOVE.items() if above & roles and not covered(level, roles)]:
        yield from to_judge(asker, levels)


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


def told(asker: Asker, rung: Rung) -> Iterable[Todo]:
    """What was told to a level and is still open."""
    rows = asker.within(Miss.objects.all(), register_called("misses"), "view")
    open_ = (
        rows.filter(state__in=OPEN, escalations__rung=rung)
        .order_by("monday")
        .values_list("monday", flat=True)
    )
    if days := list(open_):
        address = f"{reverse('patrols:misses')}?rung={rung}"
        yield Todo(_("上报到本级的漏查"), address, len(days), "bell-alert", days[0], late=True)


def to_judge(asker: Asker, levels: list[str]) -> Iterable[Todo]:
    """Explanations that wait for this person's judgement."""
    rows = asker.within(Miss.objects.all(), register_called("misses"), "change")
    rows = rows.filter(state=MissState.EXPLAINED, level__in=levels).exclude(person__user=asker.user.pk)
    waiting = list(rows.order_by("explained_on").values_list("explained_on", flat=True))
    if waiting:
        address = f"{reverse('registers:list', args=['misses'])}?state=explained"
        yield Todo(_("待认定的漏查说明"), address, len(waiting), "scale", waiting[0])
