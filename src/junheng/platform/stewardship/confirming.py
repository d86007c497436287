"""When a register was last confirmed, what changed since, and confirming it again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.scope import held
from junheng.platform.audit.append import head
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.keys import named
from junheng.platform.registers.stories import Event, event_for, names_in, related_words
from junheng.platform.stewardship.deciding import has_number
from junheng.platform.stewardship.limits import limits_on
from junheng.platform.stewardship.models import Confirmation, Steward
from junheng.platform.stewardship.stewards import default_keeper, require_may_confirm
from junheng.platform.stewardship.units import Unit, own_units, rows_of_unit, word_of

LISTED = 100
"""Differences that the page lists; it counts them all."""
WRITES = (Verb.CREATE, Verb.CHANGE, Verb.RETIRE, Verb.BATCH, Verb.DEED)
TONES = ("good", "warn", "bad")
MARKS = {"good": "✓", "warn": "△", "bad": "✕"}
"""Colour alone tells nothing to one man in twelve."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One register of one unit: who keeps it, when it was last confirmed, and how that stands."""

    register: Register[Any]
    unit: Unit
    steward: str
    last: Confirmation | None
    tone: str
    named: User | None = None
    """Who was named for it, if anybody was."""

    @property
    def mark(self) -> str:
        """The sign that goes with the colour."""
        return MARKS[self.tone]

    @property
    def word(self) -> str:
        """The address' word for the unit."""
        return word_of(self.unit)

    @property
    def says(self) -> str:
        """How it stands, in a word."""
        if self.last is None:
            return _("尚未确认")
        return {"good": _("已确认"), "warn": _("该确认了"), "bad": _("逾期未确认")}[self.tone]


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that changed since the last confirmation, with what happened."""

    row: Any
    name: str
    events: list[Event]


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed since the last confirmation: rows listed, rows in all, and rows that came in batches."""

    rows: list[Difference]
    count: int
    arrived: int

    @property
    def total(self) -> int:
        """Rows that changed or came."""
        return self.count + self.arrived


def cutoffs(on: date) -> tuple[datetime, datetime]:
    """The moments since which a confirmation is fresh, and since which it is not yet badly late."""
    limits = limits_on(on)
    days = (on - timedelta(days=limits.confirm), on - timedelta(days=limits.confirm + limits.overdue))
    fresh, red = (timezone.make_aware(datetime.combine(day, time.min)) for day in days)
    return fresh, red


def tone_of(last: datetime | None, on: date) -> str:
    """Good while fresh, a warning when due, bad when badly late or never confirmed."""
    return tone_at(last, cutoffs(on))


def tone_at(last: datetime | None, limits: tuple[datetime, datetime]) -> str:
    """The same where the two moments are known already."""
    fresh, red = limits
    if last is None or last < red:
        return "bad"
    return "good" if last >= fresh else "warn"


def standings(pairs: Iterable[tuple[Register[Any], Unit]], *, on: date) -> list[Standing]:
    """How registers of units stand; two questions, however many there are."""
    wanted = list(pairs)
    slugs = {register.slug for register, _unit in wanted}
    areas = {unit.area for _register, unit in wanted}
    here = Q(register__in=slugs, area__in=areas)
    if all(unit.school is not None for _register, unit in wanted):
        here &= Q(school__in={unit.school for _register, unit in wanted})
    newest = Confirmation.objects.filter(here).values("register", "area", "school").annotate(last=Max("pk"))
    lasts = {
        (one.register, one.area, one.school): one
        for one in Confirmation.objects.filter(pk__in=newest.values("last")).select_related("by")
    }
    stewards = {
        (one.register, one.area, one.school): one.user
        for one in Steward.objects.filter(here, held(on)).select_related("user")
    }
    found, limits = [], cutoffs(on)
    for register, unit in wanted:
        key = (register.slug, *unit.key)
        last = lasts.get(key)
        user = stewards.get(key)
        keeper = str(user) if user else default_keeper(register)
        found.append(Standing(register, unit, keeper, last, tone_at(last.at if last else None, limits), user))
    return found


def to_confirm(asker: Asker, *, on: date) -> list[Standing]:
    """What this person should confirm: due or late, and nobody else was named for it."""
    pairs = own_units(asker, on=on)
    if not pairs:
        return []
    return [one for one in standings(pairs, on=on) if one.tone != "good" and one.named in (None, asker.user)]


def differences(
    register: Register[Any], unit: Unit, last: Confirmation | None, *, upto: int | None = None
) -> Differences:
    """What changed in a unit's rows since its last confirmation; before the first one, nothing can differ."""
    if last is None:
        return Differences([], 0, 0)
    rows = rows_of_unit(register, unit)
    entries = Entry.objects.filter(table=register.model._meta.label_lower, id__gt=last.entry, verb__in=WRITES)
    if upto is not None:
        entries = entries.filter(id__gt=upto)
    name = "row" if has_number(register.model) else "row_key"
    single = list(entries.filter(first_row=None, **{f"{name}__in": rows.values("pk")}).order_by("-id"))
    by_row: dict[Any, list[Entry]] = defaultdict(list)
    for entry in single:
        by_row[getattr(entry, name)].append(entry)
    runs = Q()
    for first, end in entries.exclude(first_row=None).values_list("first_row", "last_row"):
        runs |= Q(pk__gte=first, pk__lte=end)
    shown = dict(list(by_row.items())[:LISTED])
    found = {row.pk: row for row in register.rows().filter(pk__in=list(shown))}
    some = [entry for own in shown.values() for entry in own]
    names, known = names_in(some), related_words(register, some)
    return Differences(
        [
            Difference(
                found[pk],
                named(found[pk]),
                [event_for(register, one, names.get(one.who, one.who), known=known) for one in own],
            )
            for pk, own in shown.items()
            if pk in found
        ],
        len(by_row),
        rows.filter(runs).count() if runs else 0,
    )


@transaction.atomic
def confirm(register: Register[Any], unit: Unit, *, upto: int, asker: Asker, on: date) -> Confirmation:
    """Say that a register of a unit is right as it was shown: up to an entry, beyond which nothing may have happened."""
    require_may_confirm(register, unit, asker=asker, on=on)
    last = latest(register, unit)
    if not 0 <= upto <= head().id:
        raise Refusal("bad-mark", "没有说明看到了哪一条。请重新打开确认页面。")
    base = last or Confirmation(entry=0)
    if differences(register, unit, base, upto=upto).total:
        raise Conflict("changed-while-looking", "您查看期间台账又有改动，没有确认。请看过新的差异后再确认。")
    one = Confirmation(
        register=register.slug,
        area=unit.area,
        school=unit.school,
        by=asker.user,
        at=asker.at,
        rows=rows_of_unit(register, unit).filter(register.holds(on)).count(),
        changed=differences(register, unit, last).total,
        entry=upto,
    )
    save_row(one, by=asker.user, at=asker.at, why=_("确认本台账"))
    return one


def latest(register: Register[Any], unit: Unit) -> Confirmation | None:
    """The last confirmation of a register of a unit."""
    found = Confirmation.objects.filter(register=register.slug, area=unit.area, school=unit.school)
    return found.select_related("by").order_by("-pk").first()
