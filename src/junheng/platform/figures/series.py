"""A figure over the years twice: as it was published, and restated with what is known and drawn today.

*As published* is computed from the first snapshot that was frozen after the day, and never moves. *Restated* is computed
from the newest snapshot for the same day, with units that were merged put to their successors. Both use the definition
in force. Wherever the two differ the reasons are told: which event of lineage, and how many later entries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotAllowed, Refusal
from junheng.kernel.indicators import Cell, Figure, Indicator, Kind, Moment
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.figures import queries, words, workshop
from junheng.platform.figures.records import COUNTY_DIGITS, county_names
from junheng.platform.lineage.models import Kind as Became
from junheng.platform.lineage.models import Succession
from junheng.platform.lineage.queries import standing
from junheng.platform.registers import every_register
from junheng.platform.snapshots.models import Snapshot
from junheng.platform.snapshots.queries import current, manifest_of

YEARS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A value in one column: printed, exact, and the address and snapshot it came from; empty where there is none."""

    printed: str = ""
    value: int | Fraction | None = None
    address: str = ""
    snapshot: str = ""


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One year, both ways, with the reasons where they differ."""

    day: date
    published: Told
    restated: Told
    why: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether there is a published value and it is another one."""
        return bool(self.published.printed) and self.published.value != self.restated.value


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One county-level unit over the years; ``into`` is the unit that carries on for it today."""

    area: str
    name: str
    into: str
    years: tuple[SeriesRow, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The figure of the whole city and of its units."""

    id: str
    title: str
    rows: tuple[SeriesRow, ...]
    units: tuple[UnitRow, ...]


def series(id: str, *, as_of: date | None = None, years: int = YEARS, public: bool = False) -> Series:
    """A figure on the same day of the last years. Of a sensitive figure the public is told none: it adds up."""
    card = queries.card_of(id)
    if public and card.sensitive:
        raise NotAllowed("series-of-people", "这项数据涉及个人，历年对照不公开。工作人员登录后可以查看。")
    last = workshop.moment(as_of).as_of
    days = [same_day(last, back) for back in range(years - 1, -1, -1)]
    rows, units = [], []
    names, heirs = county_names(), heirs_of_areas()
    by_unit: dict[str, list[SeriesRow]] = {code: [] for code in sorted(names)}
    for day in days:
        old, new = snapshot_after(day, before=same_day(day, -1) if day != last else None), current()
        reasons = reasons_between(card, day, old, new) if old and new else ()
        was, now = figure_from(old, id, day), figure_from(new, id, day)
        rows.append(row_of(day, told(card, was, old), told(card, now, new), reasons))
        then, present = cells_from(old, id, day), cells_from(new, id, day)
        put = {code: merged(card, present, code, heirs) for code in names}
        for code, years_of_it in by_unit.items():
            before = cell_told(card, then.get(code), old) if then else Told()
            after = Told() if code in heirs else cell_told(card, put[code], new) if present else Told()
            years_of_it.append(row_of(day, before, after, unit_reasons(code, day, heirs, names, reasons)))
    for code, found in by_unit.items():
        if any(one.published.printed or one.restated.printed for one in found):
            units.append(UnitRow(code, names[code], names.get(heirs.get(code, ""), ""), tuple(found)))
    return Series(id, words.in_language(card.title, card.title_en), tuple(rows), tuple(units))


def row_of(day: date, published: Told, restated: Told, reasons: tuple[str, ...]) -> SeriesRow:
    """A row; reasons are told where there is something to explain."""
    made = SeriesRow(day, published, restated)
    return SeriesRow(day, published, restated, reasons) if made.differs else made


def same_day(day: date, back: int) -> date:
    """The same day some years earlier; the 28th for a 29th of February."""
    return day.replace(year=day.year - back, day=min(day.day, 28) if day.month == 2 else day.day)


def snapshot_after(day: date, *, before: date | None) -> Snapshot | None:
    """The first snapshot that was frozen on or after a day, and before another: what its figures were published from."""
    taken = Snapshot.objects.order_by("taken_at", "id")
    for one in taken.filter(taken_at__date__gte=day):
        on = timezone.localdate(one.taken_at)
        return one if before is None or on < before else None
    return None


def figure_from(snapshot: Snapshot | None, id: str, day: date) -> Figure | None:
    """The figure from a snapshot; none where there is no snapshot, or a rule was not yet in force."""
    if snapshot is None:
        return None
    try:
        return workshop.engine(snapshot).figure(id, Moment(day, None))
    except Refusal:
        return None


def cells_from(snapshot: Snapshot | None, id: str, day: date) -> dict[str, Cell]:
    """The figure by unit, from a snapshot."""
    if snapshot is None:
        return {}
    try:
        return {one.area: one for one in workshop.engine(snapshot).cells(id, Moment(day, None))}
    except Refusal:
        return {}


def told(card: Indicator, found: Figure | None, snapshot: Snapshot | None) -> Told:
    """A figure as a column shows it."""
    if found is None or snapshot is None or found.value is None:
        return Told()
    value = found.value if isinstance(found.value, int | Fraction) else None
    return Told(words.printed(card, found.value, rows=found.rows), value, found.address, snapshot.digest)


def cell_told(card: Indicator, cell: Cell | None, snapshot: Snapshot | None) -> Told:
    """A unit's part as a column shows it; nothing was counted where there is no cell of a count."""
    value = cell.value if cell is not None else 0 if card.kind in {Kind.COUNT, Kind.MONEY} else None
    if value is None or snapshot is None or not isinstance(value, int | Fraction):
        return Told()
    return Told(words.printed(card, value), value, "", snapshot.digest)


def heirs_of_areas() -> dict[str, str]:
    """The county that carries on for each county that was merged, followed to the end."""
    into = dict(
        standing()
        .filter(register="areas", kind=Became.MERGE)
        .order_by("on", "id")
        .values_list("predecessor", "successor")
    )
    found = {}
    for code in into:
        heir, seen = into[code], {code}
        while heir in into and heir not in seen:
            seen.add(heir)
            heir = into[heir]
        found[code] = heir
    return found


def merged(card: Indicator, cells: Mapping[str, Cell], code: str, heirs: Mapping[str, str]) -> Cell | None:
    """A unit's part with those of the units it carries on for: counts are added, shares are made of added parts."""
    parts = [
        cells[one] for one in (code, *(old for old, heir in heirs.items() if heir == code)) if one in cells
    ]
    if len(parts) < 2:
        return parts[0] if parts else None
    top, rows = sum(one.numerator for one in parts), sum(one.rows for one in parts)
    if all(one.denominator is None for one in parts):
        counted = card.kind in {Kind.COUNT, Kind.MONEY}
        return Cell(code, top if counted else None, top, None, rows)
    bottom = sum(one.denominator or 0 for one in parts)
    return Cell(code, Fraction(top, bottom) if bottom else None, top, bottom, rows)


def reasons_between(card: Indicator, day: date, old: Snapshot, new: Snapshot) -> tuple[str, ...]:
    """Why a figure of a day is another one from a later snapshot: events that place units elsewhere, later entries."""
    found = [event_words(one) for one in crossing(day)]
    tables = {one.fulfils.table: one for one in every_register().values() if one.fulfils is not None}
    home = settings.JUNHENG_HOME
    was, now = manifest_of(old, home=home), manifest_of(new, home=home)
    relied = workshop.engine(new).figure(card.id, Moment(day, None)).tables
    for name, _digest in relied:
        register = tables.get(name)
        if register is None or was.digests.get(name) == now.digests.get(name):
            continue
        written = Entry.objects.filter(
            table=register.model._meta.label_lower,
            id__gt=old.audit_head_id or 0,
            id__lte=new.audit_head_id or 0,
        ).exclude(verb__in=[Verb.READ, Verb.EXPORT])
        found.append(
            _("冻结之后，「%(register)s」有 %(count)s 条补录或更正（留痕第 %(first)s–%(last)s 号之间）")
            % {
                "register": register.label,
                "count": written.count(),
                "first": (old.audit_head_id or 0) + 1,
                "last": new.audit_head_id or 0,
            }
        )
    return tuple(found)


def crossing(day: date) -> Iterable[Succession]:
    """The events after a day that put something into another county."""
    return [
        one
        for one in standing().filter(on__gt=day).order_by("on", "id")
        if one.predecessor_area[:COUNTY_DIGITS] != one.area[:COUNTY_DIGITS]
    ]


def unit_reasons(
    code: str, day: date, heirs: Mapping[str, str], names: Mapping[str, str], reasons: tuple[str, ...]
) -> tuple[str, ...]:
    """The reasons of one unit: what it took over comes first."""
    taken = [names[old] for old, heir in heirs.items() if heir == code and old in names]
    if not taken:
        return reasons
    into = _("今辖区含已并入的 %(names)s") % {"names": "、".join(taken)}
    return (into, *(one for one in reasons))


def event_words(one: Succession) -> str:
    """An event in one line."""
    return _("%(on)s %(before)s%(kind)s至%(after)s（%(number)s）") % {
        "on": one.on.isoformat(),
        "before": one.predecessor_name,
        "kind": one.get_kind_display(),
        "after": one.successor_name,
        "number": one.number or "—",
    }
