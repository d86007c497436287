"""Questions the doors ask: figures, traces, units, promises. Everything is computed from a frozen snapshot."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings

from junheng.kernel.errors import NotFound
from junheng.kernel.indicators import Cell, Figure, Indicator, Kind
from junheng.kernel.promises import Promise, Standing, every_promise
from junheng.kernel.rulebook import InForce
from junheng.kernel.values.span import Span
from junheng.platform.figures import words, workshop
from junheng.platform.figures.answers import (
    CountyCell,
    FigureAnswer,
    Frozen,
    PromisePage,
    PromiseState,
    RuleUsed,
    Trace,
)
from junheng.platform.figures.records import Viewer, county_names, may_see, named
from junheng.platform.figures.restating import recoded_areas, restated
from junheng.platform.figures.withholding import withheld
from junheng.platform.registers import every_register
from junheng.platform.snapshots import queries as snapshots

PAGE = 50


def current() -> Frozen | None:
    """The snapshot the figures are computed from, or None if nothing was frozen yet."""
    found = snapshots.current()
    if found is None:
        return None
    manifest = snapshots.manifest_of(found, home=settings.JUNHENG_HOME)
    return Frozen(found.digest, found.taken_at, manifest.rows, len(manifest.tables), manifest.audit_head.id)


def figures(
    *,
    as_of: date | None = None,
    window: Span | None = None,
    chapter: str | None = None,
    only: Collection[str] | None = None,
) -> tuple[FigureAnswer, ...]:
    """Every figure (of a chapter, or those named) at a moment, in the order of declaration."""
    opened = workshop.opened()
    found = workshop.all_figures(opened, workshop.moment(as_of, window))
    return tuple(
        _answer(card_of(key), figure, opened.digest)
        for key, figure in found.items()
        if (chapter is None or card_of(key).chapter == chapter) and (only is None or key in only)
    )


def figure(
    id: str, *, as_of: date | None = None, window: Span | None = None, reading: str | None = None
) -> FigureAnswer:
    """One figure at a moment; refuses an unknown id or reading."""
    opened = workshop.opened()
    at = workshop.moment(as_of, window)
    known = workshop.all_figures(opened, at) if reading is None else {}
    found = known.get(id) or opened.engine.figure(id, at, reading=reading)
    return _answer(card_of(id), found, opened.digest)


def trace(
    id: str,
    *,
    as_of: date | None = None,
    window: Span | None = None,
    reading: str | None = None,
    page: int = 1,
    size: int = PAGE,
    area: str = "",
    viewer: Viewer = None,
) -> Trace:
    """A figure with its rules, its statement and one page of its records.

    Without a ``viewer`` the answer is the public's: records only of registers that are public. How many records a
    sensitive figure has is told to nobody who may not see them.
    """
    opened = workshop.opened()
    at = workshop.moment(as_of, window)
    card = card_of(id)
    found = opened.engine.figure(id, at, reading=reading)
    register = every_register().get(opened.engine.register_of(id, reading=reading))
    shown = register is not None and may_see(register, viewer)
    told = shown or not card.sensitive
    rows = opened.engine.counted(id, at, reading=reading, area=area) if told else 0
    pages = max(1, -(-rows // size)) if shown else 1
    page = min(max(1, page), pages)
    records = (
        opened.engine.evidence(id, at, reading=reading, offset=(page - 1) * size, limit=size, area=area)
        if shown
        else ()
    )
    slug = register.slug if register else ""
    return Trace(
        figure=_answer(card, found if told else replace(found, rows=0), opened.digest),
        why=words.in_language(card.why, card.why_en),
        definition=words.in_language(card.definition, card.definition_en),
        author=card.author,
        checker=card.checker,
        rules=tuple(_rule(rule) for rule in found.rules),
        sql=opened.engine.sql(id, at, reading=reading),
        rows=rows,
        register=slug,
        register_title=register.label if register else "",
        page=page,
        pages=pages,
        records=named([(slug, one.id, one.area, None, "") for one in records], viewer=viewer),
    )


def by_county(
    id: str, *, as_of: date | None = None, window: Span | None = None, public: bool = False
) -> tuple[CountyCell, ...]:
    """The figure in each county-level unit, every unit in the order of its code.

    For the public the cells of a sensitive figure that count fewer than the rule's smallest count are withheld, with
    those by which they could be found out.
    """
    at = workshop.moment(as_of, window)
    card = card_of(id)
    cells = restated(workshop.opened().engine, card, at, only_codes=True).cells
    if not cells:
        return ()
    recoded = recoded_areas()
    hidden = _hidden(cells, at.as_of) if public and card.sensitive else frozenset()
    return tuple(
        _cell(card, code, name, cells.get(code), withheld=code in hidden)
        for code, name in sorted(county_names().items())
        if code not in recoded
    )


def _hidden(cells: Mapping[str, Cell], day: date) -> frozenset[str]:
    least = int(workshop.rulebook()["duties.small_count"].on(day).value)
    return withheld({code: cell.numerator for code, cell in cells.items()}, least)


def _cell(card: Indicator, code: str, name: str, cell: Cell | None, *, withheld: bool) -> CountyCell:
    """One unit's part. Where a count or a sum has no rows nothing was counted; a share of nothing is no share."""
    if withheld:
        return CountyCell(code, name, "", None, 0, None, withheld=True)
    if cell is None:
        nothing = 0 if card.kind in {Kind.COUNT, Kind.MONEY} else None
        return CountyCell(code, name, words.printed(card, nothing), nothing, 0, None)
    printed = words.printed(card, cell.value)
    return CountyCell(code, name, printed, cell.value, cell.numerator, cell.denominator)


def promises(*, as_of: date | None = None, chapter: str | None = None) -> tuple[PromiseState, ...]:
    """Every promise (of a chapter): those that are broken first."""
    at = workshop.moment(as_of)
    found = workshop.all_standings(workshop.opened(), at)
    states = [_state(every_promise()[key], standing) for key, standing in found.items()]
    return tuple(
        sorted(
            (one for one in states if chapter is None or one.chapter == chapter), key=lambda one: one.holds
        )
    )


def promise(
    id: str,
    *,
    as_of: date | None = None,
    page: int = 1,
    size: int = PAGE,
    area: str = "",
    viewer: Viewer = None,
) -> PromisePage:
    """One promise and a page of what stands against it. A sealed promise names no records but to who may see them."""
    at = workshop.moment(as_of)
    watch = workshop.watch()
    standing = watch.standing(id, at, area=area)
    pages = max(1, -(-standing.exceptions // size))
    page = min(max(1, page), pages)
    card = every_promise()[id]
    rows = watch.exceptions(id, at, offset=(page - 1) * size, limit=size, area=area)
    registers = every_register()
    shown = [
        (one.register, one.id, one.area, one.since, one.note)
        for one in rows
        if one.register not in registers or may_see(registers[one.register], viewer)
    ]
    return PromisePage(_state(card, standing), page, pages, named(shown, viewer=viewer, owner=card.owner))


def definitions() -> Mapping[str, Indicator]:
    """The cards of all figures."""
    return workshop.library().indicators


def card_of(id: str) -> Indicator:
    card = definitions().get(id)
    if card is None:
        raise NotFound("unknown-figure", "没有编号为“{id}”的数据。请在“年度数据”中查找正确的编号。", id=id)
    return card


def _answer(card: Indicator, found: Figure, snapshot: str) -> FigureAnswer:
    return FigureAnswer(
        id=card.id,
        title=words.in_language(card.title, card.title_en),
        chapter=card.chapter,
        kind=card.kind.value,
        unit=words.unit(card),
        printed=words.printed(card, found.value, rows=found.rows),
        value=found.value,
        numerator=found.numerator,
        denominator=found.denominator,
        rows=found.rows,
        window=found.window,
        as_of=found.as_of,
        reading=found.reading,
        readings=card.readings,
        snapshot=snapshot,
        version=card.version,
        definition_digest=found.definition,
        address=found.address,
        holds=words.holds(card, found.value),
        sensitive=card.sensitive,
        points=found.points,
    )


def _state(card: Promise, standing: Standing) -> PromiseState:
    return PromiseState(
        id=card.id,
        title=words.in_language(card.title, card.title_en),
        kind=card.kind.value,
        chapter=card.chapter,
        sentence=card.sentence,
        wording=standing.wording,
        rule=card.rule,
        holds=standing.holds,
        exceptions=standing.exceptions,
        among=standing.among,
        owner=card.owner,
        since=standing.since,
        as_of=standing.as_of,
        figures=card.figures,
        sealed=card.sealed,
    )


def _rule(rule: InForce[Any]) -> RuleUsed:
    in_yuan = rule.unit == "分"
    value = f"{rule.value // 100}" if in_yuan and rule.value % 100 == 0 else str(rule.value)
    return RuleUsed(
        key=rule.key,
        title=rule.title,
        value=value,
        unit="元" if in_yuan else rule.unit,
        since=rule.since,
        cites=str(rule.cites),
        number=rule.cites.source.number,
        certainty=rule.certainty.value,
        to_be_confirmed=rule.certainty.to_be_confirmed,
    )
