"""A figure over the years twice: as it was published, and restated with what is known and drawn today.

*As published* is what was kept when the first snapshot after the day was told, and never moves; where the definition was
changed since, what today's definition makes of that snapshot stands beside it. *Restated* is computed from the newest
snapshot for the same day by today's definition in today's boundaries. Wherever the two differ the reasons are told:
another definition, which event of lineage, and how many later entries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotAllowed, Refusal
from junheng.kernel.indicators import Cell, Figure, Indicator, Kind, Moment
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.figures import queries, words, workshop
from junheng.platform.figures.keeping import Kept, kept_of, read
from junheng.platform.figures.records import county_names
from junheng.platform.figures.restating import Restated, crossing, heirs_of_areas, recoded_areas, restated
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
    recomputed: Told = Told()
    """What today's definition makes of the snapshot of then, where that is another value or another definition."""
    kept: bool = False
    """Whether the published value is the one that was kept then; else it was computed by today's definition."""

    @property
    def differs(self) -> bool:
        """Whether there is a published value and it is another one."""
        return bool(self.published.printed) and self.published.value != self.restated.value


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One county-level unit over the years; ``into`` is the unit that carries on for it today, ``became`` says so."""

    area: str
    name: str
    into: str
    became: str
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
        kept = read(kept_of(old, day).get(id), card)
        reasons = reasons_between(card, day, old, new) if old and new else ()
        was, now = figure_from(old, id, day), figure_from(new, id, day)
        recomputed, redefined = redefinition(card, kept, was, old)
        reasons = (*redefined, *reasons)
        published = kept_told(card, kept, old) if kept else told(card, was, old)
        row = row_of(day, published, told(card, now, new), reasons)
        rows.append(replace(row, recomputed=recomputed, kept=kept is not None, why=row.why or redefined))
        then = kept.cells if kept else cells_from(old, id, day)
        present = restated_from(new, card, day)
        for code, years_of_it in by_unit.items():
            before = cell_told(card, then.get(code), old) if then else Told()
            gone = code in heirs or not present.cells
            after = Told() if gone else cell_told(card, present.cells.get(code), new)
            why = (*unit_reasons(code, heirs, names), *moved_words(present.events.get(code, ())), *reasons)
            years_of_it.append(row_of(day, before, after, tuple(dict.fromkeys(why))))
    recoded = recoded_areas()
    for code, found in by_unit.items():
        if any(one.published.printed or one.restated.printed for one in found):
            heir = heirs.get(code, "")
            into = names.get(heir, heir)
            units.append(UnitRow(code, names[code], into, became(heir, into, code in recoded), tuple(found)))
    return Series(id, words.in_language(card.title, card.title_en), tuple(rows), tuple(units))


def became(heir: str, name: str, recoded: bool) -> str:
    """What became of a county, in words; nothing where it is still itself."""
    if not heir:
        return ""
    return _("代码已改为 %(code)s") % {"code": heir} if recoded else _("已并入%(heir)s") % {"heir": name}


def redefinition(
    card: Indicator, kept: Kept | None, was: Figure | None, old: Snapshot | None
) -> tuple[Told, tuple[str, ...]]:
    """What today's definition makes of the snapshot of then, and the reason why that is not what was published."""
    if kept is None or was is None or kept.address == was.address:
        return Told(), ()
    now = told(card, was, old)
    if kept.definition == was.definition:
        words_of_it = _("所依据的规定取值已修订；按现行规定从当年快照重算为 %(value)s")
        return now, (words_of_it % {"value": now.printed or _("无数据")},)
    sentence = _(
        "定义已修订：公布时为第 %(then)s 版（%(said)s），现为第 %(now)s 版；按现行定义从当年快照重算为 %(value)s"
    )
    facts = {
        "then": kept.version,
        "said": kept.said,
        "now": was.version,
        "value": now.printed or _("无数据"),
    }
    return now, (sentence % facts,)


def row_of(day: date, published: Told, restated: Told, reasons: tuple[str, ...]) -> SeriesRow:
    """A row; reasons are told where there is something to explain."""
    made = SeriesRow(day, published, restated)
    return SeriesRow(day, published, restated, reasons) if made.differs else made


def same_day(day: date, back: int) -> date:
    """The same day some years earlier; the 28th for a 29th of February."""
    return day.replace(year=day.year - back, day=min(day.day, 28) if day.month == 2 else day.day)


def snapshot_after(day: date, *, before: date | None) -> Snapshot | None:
    """The snapshot from which the figures of a day were published: frozen on or after it, and before another day.

    The first whose figures of the day were kept when they were told; where none were, the first of all.
    """
    later = Snapshot.objects.filter(taken_at__date__gte=day).order_by("taken_at", "id")
    told_then = later.filter(kept_figures__day=day)
    for one in (*told_then[:1], *later[:1]):
        if before is None or timezone.localdate(one.taken_at) < before:
            return one
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


def kept_told(card: Indicator, kept: Kept, snapshot: Snapshot | None) -> Told:
    """A figure as it was kept: printed as today where that is the same form, else as it was printed then."""
    if snapshot is None or (kept.value is None and not kept.printed):
        return Told()
    printed = words.printed(card, kept.value) if kept.alike and kept.value is not None else kept.printed
    return Told(printed, kept.value, kept.address, snapshot.digest)


def restated_from(snapshot: Snapshot | None, card: Indicator, day: date) -> Restated:
    """The figure by unit in today's boundaries, from a snapshot."""
    if snapshot is None:
        return Restated({})
    try:
        return restated(workshop.engine(snapshot), card, Moment(day, None))
    except Refusal:
        return Restated({})


def cell_told(card: Indicator, cell: Cell | None, snapshot: Snapshot | None) -> Told:
    """A unit's part as a column shows it; nothing was counted where there is no cell of a count."""
    value = cell.value if cell is not None else 0 if card.kind in {Kind.COUNT, Kind.MONEY} else None
    if value is None or snapshot is None or not isinstance(value, int | Fraction):
        return Told()
    return Told(words.printed(card, value), value, "", snapshot.digest)


def reasons_between(card: Indicator, day: date, old: Snapshot, new: Snapshot) -> tuple[str, ...]:
    """Why a figure of a day is another one from a later snapshot: events that place units elsewhere, later entries."""
    found = [event_words(one) for one in crossing_since(day)]
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


def crossing_since(day: date) -> Iterable[Succession]:
    """The events after a day that put something into another county."""
    return crossing(standing().filter(on__gt=day).order_by("on", "id"))


def unit_reasons(code: str, heirs: Mapping[str, str], names: Mapping[str, str]) -> tuple[str, ...]:
    """What a unit took over as a whole."""
    taken = [names[old] for old, heir in heirs.items() if heir == code and old in names]
    return (_("今辖区含已并入的 %(names)s") % {"names": "、".join(taken)},) if taken else ()


def moved_words(events: Iterable[Succession]) -> tuple[str, ...]:
    """The events by which a unit's part is another one, in words; of a split also the part that was shared out."""
    return tuple(
        event_words(one)
        + (
            _("，此前的记录按 %(part)s/%(whole)s 分摊") % {"part": one.part, "whole": one.whole}
            if one.kind == Became.SPLIT
            else ""
        )
        for one in events
    )


def event_words(one: Succession) -> str:
    """An event in one line."""
    return _("%(on)s %(before)s%(kind)s至%(after)s（%(number)s）") % {
        "on": one.on.isoformat(),
        "before": one.predecessor_name,
        "kind": one.get_kind_display(),
        "after": one.successor_name,
        "number": one.number or "—",
    }
