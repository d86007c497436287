"""Checking a text against the records: every claim, and the verdict on it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from importlib import import_module

from django.conf import settings

from junheng.kernel.claims import Ask, Judgement, Known, Reading, Setting, Verdict, check, fits
from junheng.kernel.indicators import Moment
from junheng.kernel.promises import Watch, every_promise
from junheng.kernel.values.span import Span
from junheng.platform.figures import workshop
from junheng.platform.figures.asking import answer
from junheng.platform.figures.records import county_names
from junheng.platform.figures.words import reading


def check_text(text: str, *, as_of: date | None = None, window: Span | None = None) -> tuple[Verdict, ...]:
    """Every claim of a Chinese text with the verdict of the newest frozen records.

    ``window`` is what 近两年 means; unless given, the two years that end with the day.
    """
    ask = _asked_once(workshop.opened())
    return check_against(text, workshop.watch(), ask, workshop.moment(as_of, window), county_names())


@lru_cache(maxsize=3)
def _asked_once(opened: workshop.Opened) -> Ask:
    """The records' answers, each question put to a snapshot once: a frozen day does not change its mind."""
    return remembering(Watch(opened.engine, every_promise()))


def remembering(watch: Watch) -> Ask:
    """Answers of one set of records, remembered; not without end, for texts may ask of any day."""
    return lru_cache(maxsize=4_096)(lambda question: answer(question, watch))


def check_against(
    text: str, watch: Watch, ask: Ask, at: Moment, counties: Mapping[str, str]
) -> tuple[Verdict, ...]:
    """The same against given records. ``counties``: the names of the county-level units by code."""
    shelf = import_module(f"{settings.JUNHENG_CONTENT}.aliases")
    known: Sequence[Known] = shelf.KNOWN
    setting = Setting(
        as_of=at.as_of,
        window=at.two_years,
        home=shelf.HOME,
        parents=shelf.PARENTS,
        areas={name: code for code, name in counties.items()},
    )
    verdicts = check(text, known, ask, setting)
    return tuple(_with_readings(verdict, watch, at) for verdict in verdicts)


def _with_readings(verdict: Verdict, watch: Watch, at: Moment) -> Verdict:
    """A number that differs may be another reading of the same figure: then the readings are offered."""
    card = watch.engine.library.indicators.get(verdict.figure or "")
    if verdict.verdict is not Judgement.DIFFERS or card is None:
        return verdict
    numeral = verdict.numeral
    if len(card.readings) < 2 or numeral is None or not verdict.readings:
        return verdict
    first = verdict.readings[0]
    others = []
    for name in card.readings[1:]:
        question = first.question
        found = watch.engine.figure(card.id, Moment(question.as_of, question.window), reading=name)
        if isinstance(found.value, bool) or not isinstance(found.value, int | Fraction):
            continue
        value = Fraction(found.value, 100) if card.word == "元" else found.value
        others.append(_reading(first, name, value, agrees=fits(numeral, value)))
    if not any(one.agrees for one in others):
        return verdict
    agreed = next(one for one in others if one.agrees)
    return replace(
        verdict,
        verdict=Judgement.AMBIGUOUS,
        readings=(*verdict.readings, *others),
        why=f"按本局口径不符，但按“{agreed.label}”相符。请写明采用的口径。",
    )


def _reading(first: Reading, name: str, value: int | Fraction, *, agrees: bool) -> Reading:
    return replace(first, computed=value, words=str(value), agrees=agrees, label=reading(name))
