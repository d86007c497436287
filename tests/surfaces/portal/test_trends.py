"""The same day of the years before, and what is not drawn."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from junheng.kernel.errors import NotFound
from junheng.kernel.indicators.figure import Point
from junheng.platform.figures import queries
from junheng.platform.figures.answers import FigureAnswer
from junheng.surfaces.portal.trends import trend, years_before

FIGURE = FigureAnswer(
    id="kg-coverage", title="普惠性幼儿园覆盖率", chapter="preschool", kind="share", unit="%", printed="91.8%",
    value=Fraction(459, 500), numerator=1836, denominator=2000, rows=2000, window=None, as_of=date(2023, 12, 31),
    reading="children", readings=("children",), snapshot="", version=1, definition_digest="", address="",
    holds=None, sensitive=False, points=(),
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2023, 12, 31), date(2022, 12, 31)),
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2024, 3, 1), date(2023, 3, 1)),
    ],
)
def test_the_same_day_a_year_before(day: date, before: date) -> None:
    assert years_before(day, 1) == before


def asked(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    monkeypatch.setattr(queries, "figure", answer)


def test_a_share_is_drawn_over_three_years(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(id: str, *, as_of: date, reading: str) -> FigureAnswer:
        return replace(
            FIGURE, as_of=as_of, value=Fraction(as_of.year - 2000, 100), printed=f"{as_of.year - 2000}%"
        )

    asked(monkeypatch, answer)
    assert [(point.label, point.printed) for point in trend(FIGURE)] == [
        ("2021", "21%"),
        ("2022", "22%"),
        ("2023", "91.8%"),
    ]


def test_nothing_is_drawn_where_nothing_moves_or_a_rule_was_not_in_force(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked(monkeypatch, lambda _, **__: FIGURE)
    assert trend(FIGURE) == []

    def refuse(id: str, **_: Any) -> FigureAnswer:
        raise NotFound("no-rule", "没有规定。")

    asked(monkeypatch, refuse)
    assert trend(FIGURE) == []
    assert trend(replace(FIGURE, kind="count", value=3)) == []


def test_a_figure_that_is_a_trend_brings_its_own_years() -> None:
    figure = replace(FIGURE, kind="trend", value=True, points=(Point(2022, 1, 4), Point(2023, 1, 2)))
    assert [(point.label, point.printed) for point in trend(figure)] == [("2022", "25%"), ("2023", "50%")]
