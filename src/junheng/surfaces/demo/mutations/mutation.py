"""What a mutation is, and the few ways in which one edits rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import polars as pl

from junheng.kernel.rulebook import Rulebook

Frames = Mapping[str, pl.DataFrame]
Edit = Callable[[Frames], dict[str, pl.DataFrame]]
Verdict = Literal["differs", "breaks"]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule says something else from the step that begins on ``since``; ``moved_to`` moves that step's day instead."""

    key: str
    since: date
    value: int | None = None
    moved_to: date | None = None

    def apply(self, rulebook: Rulebook) -> Rulebook:
        """The rulebook with this change."""
        if self.moved_to is None:
            return rulebook.changed(self.key, self.since, self.value)
        rule = rulebook[self.key]
        steps = tuple(
            replace(step, since=self.moved_to) if step.since == self.since else step for step in rule.steps
        )
        return Rulebook({**rulebook.rules, self.key: replace(rule, steps=steps)})

    def steps(self, rule: tuple[tuple[date, int], ...]) -> tuple[tuple[date, int], ...]:
        """The same change to a rule written as (day, value) pairs, as the reference has it."""
        return tuple(
            (self.moved_to or day, value if self.value is None else self.value)
            if day == self.since
            else (day, value)
            for day, value in rule
        )


def _nothing(frames: Frames) -> dict[str, pl.DataFrame]:
    return {}


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change that one figure must notice.

    ``expects``: the exact new answer, ``differs`` (another number), or ``breaks`` (a promise that no longer holds).
    ``also`` names the other figures that rest on the same records and so move with it; no further one may.
    ``promises`` names the promises that are no longer kept.
    """

    figure: str
    title: str
    touches: tuple[str, ...] = ()
    edit: Edit = _nothing
    rule: RuleChange | None = None
    expects: int | str = "differs"
    also: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()

    def apply(self, frames: Frames) -> dict[str, pl.DataFrame]:
        """All tables, with those it touches changed."""
        return dict(frames) | self.edit(frames)


@dataclass(frozen=True, slots=True)
class Breach:
    """One change of records that breaks one promise and moves no figure."""

    promise: str
    title: str
    touches: tuple[str, ...]
    edit: Edit

    def apply(self, frames: Frames) -> dict[str, pl.DataFrame]:
        """All tables, with those it touches changed."""
        return dict(frames) | self.edit(frames)


def first(rows: pl.DataFrame, *conditions: pl.Expr) -> int:
    """The id of the first row that meets the conditions."""
    found = rows.filter(*conditions).sort("id")
    if found.height == 0:
        raise LookupError("no row to mutate: the city has lost a shape the mutations need")
    return int(found["id"][0])


def change(rows: pl.DataFrame, row: int, **values: Any) -> pl.DataFrame:
    """The rows with other values in one of them."""
    return rows.with_columns(
        pl.when(pl.col("id") == row)
        .then(pl.lit(value, dtype=rows.schema[name]))
        .otherwise(pl.col(name))
        .alias(name)
        for name, value in values.items()
    )


def drop(rows: pl.DataFrame, *conditions: pl.Expr) -> pl.DataFrame:
    """The rows without those that meet the conditions."""
    return rows.filter(~pl.all_horizontal(*conditions))


def copy(rows: pl.DataFrame, row: int, **values: Any) -> pl.DataFrame:
    """The rows and one more, like the given one but for some values."""
    new = rows.filter(pl.col("id") == row).with_columns(
        pl.lit(value, dtype=rows.schema[name]).alias(name)
        for name, value in ({"id": max(rows["id"].to_list()) + 1} | values).items()
    )
    return pl.concat([rows, new])


def alone(rows: pl.DataFrame, key: str) -> pl.Expr:
    """Rows whose ``key`` no other row has."""
    return pl.col(key).is_in(rows.group_by(key).len().filter(pl.col("len") == 1)[key].to_list())


def open_at(day: date) -> pl.Expr:
    """Rows that hold on a day."""
    return (pl.col("since") <= day) & (pl.col("until").is_null() | (pl.col("until") > day))
