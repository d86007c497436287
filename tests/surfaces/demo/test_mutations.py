"""Mutations: each figure notices its own, and no figure notices another's — in the reference and in the engine."""

from datetime import date
from functools import lru_cache

import pytest

from junheng.content.indicators import INDICATORS
from junheng.content.promises import PROMISES
from junheng.content.rulebook import RULEBOOK
from junheng.kernel.indicators import Engine, Moment
from junheng.kernel.promises import Watch
from junheng.surfaces.demo.expected import FIGURES, RULES, Answer, answers
from junheng.surfaces.demo.mutations import BREACHES, MUTATIONS, Breach, Mutation
from tests.cities import engine_of, engine_over, frames_of
from tests.surfaces.demo.conftest import city_of

DAY = Moment(date(2023, 12, 31))
EVERY = [pytest.param(each, id=f"{each.figure}:{each.title}") for each in MUTATIONS]


@pytest.fixture(scope="module")
def base() -> dict[str, Answer]:
    return dict(answers(city_of("small")))


def reference(mutation: Mutation) -> dict[str, Answer]:
    rules = dict(RULES)
    if mutation.rule:
        rules[mutation.rule.key] = mutation.rule.steps(rules[mutation.rule.key])
    return dict(answers(mutation.apply(city_of("small")), rules))


def test_every_figure_has_a_mutation() -> None:
    assert {each.figure for each in MUTATIONS} == set(FIGURES)


@pytest.mark.parametrize("mutation", EVERY)
def test_the_reference_moves_where_it_must_and_nowhere_else(
    mutation: Mutation, base: dict[str, Answer]
) -> None:
    after = reference(mutation)
    assert {figure for figure in FIGURES if after[figure] != base[figure]} == {
        mutation.figure,
        *mutation.also,
    }
    if mutation.expects not in ("differs", "breaks"):
        assert after[mutation.figure] == mutation.expects


@pytest.mark.parametrize("mutation", EVERY)
def test_only_the_tables_it_names_are_touched(mutation: Mutation) -> None:
    before = city_of("small")
    after = mutation.apply(before)
    assert {table for table in before if not after[table].equals(before[table])} == set(mutation.touches)


@pytest.mark.parametrize("mutation", EVERY)
def test_the_engine_moves_where_it_must_and_nowhere_else(mutation: Mutation) -> None:
    """What reads none of the changed tables and rules cannot move: its inputs are the same."""
    rules = mutation.rule.apply(RULEBOOK) if mutation.rule else RULEBOOK
    base, engine = engine_of("small"), engine_over(mutation.apply(frames_of("small")), rules)
    moved = set()
    for figure, card in INDICATORS.items():
        if mutation.rule or set(mutation.touches) & {table.table for table in card.reads}:
            before, after = base.figure(figure, DAY), engine.figure(figure, DAY)
            if (before.value, before.numerator) != (after.value, after.numerator):
                moved.add(figure)
    assert moved == {mutation.figure, *mutation.also}
    assert _broken(engine, None if mutation.rule else mutation.touches) == set(mutation.promises)


@pytest.mark.parametrize("breach", BREACHES, ids=lambda each: each.promise)
def test_a_breach_breaks_its_promise_and_moves_no_figure(breach: Breach, base: dict[str, Answer]) -> None:
    after = breach.apply(city_of("small"))
    assert dict(answers(after)) == base
    assert _broken(engine_over(after), breach.touches) == {breach.promise}


def test_every_promise_is_broken_by_something() -> None:
    broken: set[str] = {each.promise for each in BREACHES}
    for mutation in MUTATIONS:
        broken |= set(mutation.promises)
    assert broken == set(PROMISES)


def _broken(engine: Engine, touched: tuple[str, ...] | None) -> set[str]:
    """The promises against which more stands than before, of those that read a table that was touched (all where a rule was)."""
    watch = Watch(engine, PROMISES)
    asked = [
        key
        for key, card in PROMISES.items()
        if touched is None or set(touched) & {table.table for table in card.reads}
    ]
    before = _standing_against()
    return {key for key in asked if watch.standing(key, DAY).exceptions > before[key]}


@lru_cache(maxsize=1)
def _standing_against() -> dict[str, int]:
    """What stands against each promise in the city as it is: some are open there on purpose."""
    return {one.id: one.exceptions for one in Watch(engine_of("small"), PROMISES).standings(DAY)}
