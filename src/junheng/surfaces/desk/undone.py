"""What was not kept today: every broken promise with who answers for each exception, and what became of yesterday's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from junheng.domains.findings.models import Finding
from junheng.domains.incidents.queries import late_measures
from junheng.domains.patrols.models import Miss
from junheng.domains.patrols.terms import OPEN, Rung
from junheng.kernel.promises import Counterexample, Promise, Standing, every_promise
from junheng.kernel.values.span import Span
from junheng.platform.access.refusals import nothing_here
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import roles_of
from junheng.platform.figures import queries, words, workshop
from junheng.platform.figures.answers import Record
from junheng.platform.figures.records import may_see, named
from junheng.platform.registers import every_register, register_called
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.snapshots.models import Snapshot
from junheng.surfaces.desk.answering import in_charge_of
from junheng.surfaces.portal.asking import question

READERS = frozenset({Role.CITY_LEADER, Role.CITY_OFFICE})
MOST = 500
"""Exceptions of one promise that are compared; a promise broken more often than that is no matter of single names."""
LISTED = 20
"""Exceptions of one kind that are named on the page; the promise's own page has all."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One exception, and who answers for it by position."""

    record: Record
    who: str


@dataclass(frozen=True, slots=True)
class Undone:
    """One promise: what is new today, what is still open from yesterday, and what was mended since."""

    id: str
    title: str
    chapter: str
    owner: str
    standing: Standing
    new: tuple[Broken, ...]
    still: tuple[Broken, ...]
    mended: tuple[Broken, ...]

    @property
    def parts(self) -> tuple[tuple[str, tuple[Broken, ...], int], ...]:
        """The three kinds, each with the first of its exceptions and how many there are."""
        kinds = (("new", self.new), ("still", self.still), ("mended", self.mended))
        return tuple((name, rows[:LISTED], len(rows)) for name, rows in kinds if rows)


@login_required
@require_safe
def undone(request: HttpRequest) -> HttpResponse:
    """The page of the city's leaders and their office; for others it is not there."""
    asker = asker_of(request)
    if not READERS & set(roles_of(request.user, on=asker.today)):
        raise nothing_here()
    asked = question(request)
    day = workshop.moment(asked.as_of).as_of
    found = compare(day, asker=asker) if queries.current() else []
    context = {
        "asked": asked,
        "day": day,
        "before": day - timedelta(days=1),
        "found": found,
        "kept": sum(one.standing.holds for one in found),
        "broken": [one for one in found if not one.standing.holds],
        "mended_wholly": [one for one in found if one.standing.holds and one.mended],
        "sums": {name: sum(len(getattr(one, name)) for one in found) for name in ("new", "still", "mended")},
        "misses": told_to_leaders(asker),
        "measures": measures_missed(asker, day),
    }
    return render(request, "desk/undone.html", context)


def sees_undone(request: HttpRequest) -> bool:
    """Whether the menu offers the page."""
    asker = asker_of(request)
    return bool(READERS & set(roles_of(request.user, on=asker.today)))


def compare(day: date, *, asker: Asker) -> list[Undone]:
    """Every promise as it stands on a day beside how it stood the day before, the longest broken first.

    Yesterday is told from what was frozen by then, where that is another snapshot than the newest: a record that was
    corrected today was still wrong yesterday.
    """
    before = day - timedelta(days=1)
    # both days look back to the same first day, or the turn of a year would mend everything
    today, yesterday = (workshop.moment(one, Span(date(before.year, 1, 1), one)) for one in (day, before))
    now, then = workshop.watch(), workshop.watch(frozen_before(asker.at))
    standings = {one.id: one for one in now.standings(today)}
    pairs = [
        (card, now.exceptions(key, today, limit=MOST), then.exceptions(key, yesterday, limit=MOST))
        for key, card in every_promise().items()
        if key in standings and may_tell(card, asker)
    ]
    told = dict(told_of(pairs, asker=asker))
    found = [
        Undone(
            card.id,
            words.in_language(card.title, card.title_en),
            card.chapter,
            card.owner,
            standings[card.id],
            new=tuple(told[card.id, key] for key in keys(here) if key not in keys(there)),
            still=tuple(told[card.id, key] for key in keys(here) if key in keys(there)),
            mended=tuple(told[card.id, key] for key in keys(there) if key not in keys(here)),
        )
        for card, here, there in pairs
    ]
    return sorted(found, key=lambda one: (one.standing.holds, one.standing.since or day))


Key = tuple[str, int, date | None]
Pair = tuple[Promise, Sequence[Counterexample], Sequence[Counterexample]]


def keys(rows: Iterable[Counterexample]) -> dict[Key, Counterexample]:
    """Exceptions by what makes them the same on both days: the record, and since when."""
    return {(one.register, one.id, one.since): one for one in rows}


def told_of(pairs: Iterable[Pair], *, asker: Asker) -> Iterable[tuple[tuple[str, Key], Broken]]:
    """Every exception of both days by name, asked for all promises together."""
    every: list[tuple[str, Key, Counterexample, str]] = []
    for card, here, before in pairs:
        every += [(card.id, key, one, card.owner) for key, one in (keys(before) | keys(here)).items()]
    rows = [(one.register, one.id, one.area, one.since, one.note) for _id, _key, one, _owner in every]
    records = named(rows, viewer=asker)
    who = in_charge_of(
        [(one.register, one.id) for _id, _key, one, _owner in every], on=workshop.moment().as_of
    )
    for (promise, key, one, owner), record in zip(every, records, strict=True):
        yield (promise, key), Broken(record, who.get((one.register, one.id)) or unit_of(record, owner))


def unit_of(record: Record, owner: str) -> str:
    """The unit that answers where nobody is named: the county's bureau, else the section of the city."""
    return f"{record.county}教育局" if record.county else f"市局{owner}"


def may_tell(card: Promise, asker: Asker) -> bool:
    """Whether somebody may be told records of a promise: of a sealed one only who sees its registers."""
    registers = every_register()
    return all(may_see(registers[table.table], asker) for table in card.reads if table.table in registers)


def frozen_before(at: datetime) -> Snapshot | None:
    """The newest snapshot of before this day began; none where there is none, which means the newest of all."""
    start = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    found = Snapshot.objects.filter(taken_at__lt=start).order_by("-id").first()
    return found if found is not None and (settings.JUNHENG_HOME / found.manifest).exists() else None


def told_to_leaders(asker: Asker) -> list[Miss]:
    """Missed weeks that have come up to the leaders and are still open, the oldest first."""
    rows = asker.within(Miss.objects.all(), register_called("misses"), "view")
    rows = rows.filter(state__in=OPEN, escalations__rung=Rung.LEADER)
    return list(rows.select_related("person", "area").order_by("monday", "pk")[:LISTED])


def measures_missed(asker: Asker, day: date) -> list[tuple[Finding, int]]:
    """What reviews of incidents had promised and was not done in time, with the days since, the longest first."""
    rows = asker.within(late_measures(day), register_called("findings"), "view")
    rows = rows.select_related("school", "kindergarten", "water", "area")
    return [(one, (day - one.due_on).days) for one in rows[:LISTED]]
