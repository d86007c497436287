"""Indicators: a figure's definition, how it is computed from frozen tables, and what it was computed from."""

from junheng.kernel.indicators.declare import Indicator, Kind, Window, every_indicator, indicator
from junheng.kernel.indicators.engine import Engine, Tables
from junheng.kernel.indicators.figure import Cell, Evidence, Figure, Point
from junheng.kernel.indicators.measures import (
    Count,
    Latest,
    Measure,
    Period,
    Rising,
    RuleBefore,
    RuleSince,
    RuleValue,
    Share,
    Total,
    Uniform,
)
from junheng.kernel.indicators.moment import Moment

__all__ = [
    "Cell",
    "Count",
    "Engine",
    "Evidence",
    "Figure",
    "Indicator",
    "Kind",
    "Latest",
    "Measure",
    "Moment",
    "Period",
    "Point",
    "Rising",
    "RuleBefore",
    "RuleSince",
    "RuleValue",
    "Share",
    "Tables",
    "Total",
    "Uniform",
    "Window",
    "every_indicator",
    "indicator",
]
