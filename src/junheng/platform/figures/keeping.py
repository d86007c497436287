"""Keeping figures as they were told, so that a later definition does not rewrite what was published."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from junheng.kernel.indicators import Cell, Engine, Figure, Indicator, Moment
from junheng.platform.audit.append import Actor, record
from junheng.platform.audit.models import Verb
from junheng.platform.figures import words, workshop
from junheng.platform.figures.models import KeptFigures
from junheng.platform.snapshots.models import Snapshot
from junheng.platform.snapshots.queries import current

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, slots=True)
class Kept:
    """One figure as it was told: the value, the definition of then, and its parts by county."""

    value: int | Fraction | None
    printed: str
    address: str
    definition: str
    version: int
    said: str
    """The definition in words."""
    alike: bool
    """Whether it was printed as today's card prints."""
    cells: dict[str, Cell]


def keep_figures(*, by: Actor | str, at: datetime) -> list[KeptFigures]:
    """Keep every figure of the newest snapshot: for the day of the house, and for the last day of the year before it.

    What was kept once stays. To be called after a freeze, when the figures are shown.
    """
    snapshot = current()
    if snapshot is None:
        return []
    today = workshop.moment().as_of
    return [
        keep(snapshot, day, by=by, at=at)
        for day in sorted({today, year_end(today)})
        if not KeptFigures.objects.filter(snapshot=snapshot, day=day).exists()
    ]


def year_end(day: date) -> date:
    """The last 31 December that has come."""
    return day if (day.month, day.day) == (12, 31) else date(day.year - 1, 12, 31)


@transaction.atomic
def keep(snapshot: Snapshot, day: date, *, by: Actor | str, at: datetime) -> KeptFigures:
    """Keep the figures of a snapshot for a day; the chain keeps their digest."""
    engine, moment = workshop.engine(snapshot), Moment(day, None)
    figures = {one.id: as_json(engine, one, moment) for one in engine.figures(moment)}
    digest = digest_of(figures)
    row = KeptFigures.objects.create(snapshot=snapshot, day=day, figures=figures, digest=digest, kept_at=at)
    facts = {"snapshot": snapshot.digest, "day": day, "figures": len(figures), "digest": digest}
    record(row, Verb.CREATE.value, by=by, at=at, why=_("留存公布的数据"), after=facts)
    return row


def digest_of(figures: dict[str, Any]) -> str:
    """What fixes the figures."""
    return hashlib.sha256(json.dumps(figures, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def kept_of(snapshot: Snapshot | None, day: date) -> dict[str, Any]:
    """What was kept of a snapshot for a day; empty where nothing was, or where it is not what was kept."""
    if snapshot is None:
        return {}
    row = KeptFigures.objects.filter(snapshot=snapshot, day=day).first()
    if row is None or digest_of(row.figures) != row.digest:
        return {}
    found: dict[str, Any] = row.figures
    return found


def as_json(engine: Engine, figure: Figure, moment: Moment) -> dict[str, Any]:
    """One figure as it is kept."""
    card = engine.library.indicators[figure.id]
    told = {}
    for language in LANGUAGES:
        with override(language):
            told[language] = words.printed(card, figure.value, rows=figure.rows)
    return {
        "value": packed(figure.value),
        "printed": told,
        "address": figure.address,
        "definition": figure.definition,
        "version": figure.version,
        "said": {"zh-hans": card.definition, "en": card.definition_en},
        "form": [card.kind.value, card.word],
        "cells": {
            one.area: [packed(one.value), one.numerator, one.denominator, one.rows]
            for one in engine.cells(figure.id, moment)
        },
    }


def read(entry: dict[str, Any] | None, card: Indicator) -> Kept | None:
    """A kept figure again."""
    if entry is None:
        return None
    return Kept(
        value=unpacked(entry["value"]),
        printed=words.in_language(entry["printed"]["zh-hans"], entry["printed"]["en"]),
        address=entry["address"],
        definition=entry["definition"],
        version=entry["version"],
        said=words.in_language(entry["said"]["zh-hans"], entry["said"]["en"]),
        alike=entry["form"] == [card.kind.value, card.word],
        cells={
            area: Cell(area, unpacked(value), top, bottom, rows)
            for area, (value, top, bottom, rows) in entry["cells"].items()
        },
    )


def packed(value: Any) -> Any:
    """A number exactly: a share as its two parts. What is no number is kept as it was printed only.

    >>> packed(Fraction(2, 3)), packed(5), unpacked("2/3"), unpacked(None)
    ('2/3', 5, Fraction(2, 3), None)
    """
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return int(value) if isinstance(value, int) else None


def unpacked(value: Any) -> int | Fraction | None:
    """The number again."""
    return Fraction(value) if isinstance(value, str) else value
