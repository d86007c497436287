"""The small demonstration city in memory, and an engine over it: made once a test process."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import polars as pl

import junheng.content.datasets  # noqa: F401 — declares the contracts
from junheng.content.indicators import INDICATORS
from junheng.content.promises import PROMISES
from junheng.content.rulebook import RULEBOOK
from junheng.kernel.datasets import every_table
from junheng.kernel.indicators import Engine, Moment, Tables
from junheng.kernel.indicators.library import Library
from junheng.kernel.promises import Watch
from junheng.kernel.rulebook import Rulebook
from junheng.surfaces.demo.city import make_city
from junheng.surfaces.demo.plan import load_plan

DAY = Moment(date(2023, 12, 31))

Frames = Mapping[str, pl.DataFrame]


@lru_cache(maxsize=2)
def frames_of(plan: str) -> Frames:
    """Every table of a city, by name."""
    return make_city(load_plan(plan))


@lru_cache(maxsize=1)
def library() -> Library:
    """The definitions, compiled once for all engines of the process."""
    return Library(INDICATORS)


def engine_over(frames: Frames, rules: Rulebook = RULEBOOK) -> Engine:
    """An engine over frames that need not come from a database. Digests are the tables' names."""
    tables = {
        name: frames[name].select(list(table.columns)).to_arrow()
        for name, table in every_table().items()
        if name in frames
    }
    return Engine(Tables(tables, {name: name for name in tables}), rules, library())


@lru_cache(maxsize=2)
def engine_of(plan: str) -> Engine:
    """The engine over a whole city."""
    return engine_over(frames_of(plan))


def watch_over(engine: Engine) -> Watch:
    """The promises over an engine."""
    return Watch(engine, PROMISES)
