"""Every indicator is asked the same questions: does it bind, is it checked, does it agree with the plain reading."""

from datetime import date
from fractions import Fraction

import pytest

from junheng.content.indicators import INDICATORS
from junheng.kernel.indicators import Indicator, Moment
from junheng.surfaces.demo import expected
from tests.cities import DAY, engine_of, frames_of, library

EVERY = [pytest.param(card, id=card.id) for card in INDICATORS.values()]
DAYS = (date(2023, 12, 31), date(2024, 3, 6), date(2023, 8, 31), date(2023, 3, 1))


def test_these_are_the_figures_of_the_mission() -> None:
    assert set(INDICATORS) == set(expected.FIGURES)


@pytest.mark.parametrize("card", EVERY)
def test_every_reading_compiles_to_one_statement(card: Indicator) -> None:
    for reading in card.readings:
        compiled = library().indicator(card.id, reading)
        assert bool(compiled.sql) == bool(compiled.of)
        assert compiled.sql or compiled.rules


@pytest.mark.parametrize("card", EVERY)
def test_the_card_is_whole(card: Indicator) -> None:
    assert card.author != card.checker
    assert card.next_review > date(2026, 11, 1)
    assert card.title
    assert card.title_en.isascii() or "“" in card.title_en
    assert card.definition
    assert card.definition_en
    assert card.why, "the docstring of the formula says why the figure matters"


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("card", EVERY)
def test_the_engine_agrees_with_a_plain_reading_of_the_rows(card: Indicator, day: date) -> None:
    plain = expected.answers(frames_of("small"), as_of=day)[card.id]
    assert as_plain(engine_of("small").figure(card.id, Moment(day)).value) == as_plain(plain)


@pytest.mark.parametrize("card", EVERY)
def test_the_records_add_up_to_the_figure(card: Indicator) -> None:
    engine = engine_of("small")
    figure = engine.figure(card.id, DAY)
    records = engine.evidence(card.id, DAY, limit=1_000_000)
    assert len(records) == engine.counted(card.id, DAY)
    if figure.numerator is not None:
        assert sum(one.numerator for one in records) == figure.numerator
    elif isinstance(figure.value, int) and not isinstance(figure.value, bool) and records:
        shape = library().indicator(card.id, card.readings[0]).shape
        if shape in {"Count", "Total"}:
            assert sum(one.numerator for one in records) == figure.value


@pytest.mark.parametrize("card", EVERY)
def test_the_units_add_up_to_the_city(card: Indicator) -> None:
    engine = engine_of("small")
    shape = library().indicator(card.id, card.readings[0]).shape
    records = engine.evidence(card.id, DAY, limit=1_000_000)
    if shape not in {"Count", "Total", "Share"} or any(len(one.area) < 6 for one in records):
        return
    cells = engine.cells(card.id, DAY)
    figure = engine.figure(card.id, DAY)
    whole = figure.numerator if shape == "Share" else figure.value
    assert sum(cell.numerator for cell in cells) == whole


@pytest.mark.parametrize("card", EVERY)
def test_an_address_is_the_same_for_the_same_inputs_and_moves_with_the_day(card: Indicator) -> None:
    engine = engine_of("small")
    first = engine.figure(card.id, DAY)
    assert first.address == engine.figure(card.id, DAY).address
    assert first.address != engine.figure(card.id, Moment(date(2023, 12, 30))).address


def as_plain(value: object) -> object:
    """A value in the form of the reference: shares “part/whole”, moments ISO text in Shanghai."""
    from zoneinfo import ZoneInfo

    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and "/" in value:
        return Fraction(value) if not value.endswith("/0") else None
    if hasattr(value, "astimezone"):
        return value.astimezone(ZoneInfo("Asia/Shanghai")).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def test_every_reading_has_words_and_every_word_is_read() -> None:
    from junheng.content.indicators import READINGS

    assert {name for card in INDICATORS.values() for name in card.readings} == set(READINGS)
