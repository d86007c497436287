"""Every promise: it compiles, it holds in the demonstration city, and one broken record breaks it and no other."""

from datetime import date

import pytest

from junheng.content.indicators import INDICATORS
from junheng.content.promises import PROMISES
from junheng.content.rulebook import RULEBOOK
from junheng.kernel.promises import Promise, Sentence
from junheng.surfaces.demo.mutations import BREACHES, Breach
from tests.cities import DAY, engine_of, engine_over, frames_of, watch_over

EVERY = [pytest.param(card, id=card.id) for card in PROMISES.values()]
RAISED = [card for card in PROMISES.values() if card.kind is Sentence.RAISED]


def test_each_of_the_nine_kinds_of_sentence_is_promised() -> None:
    assert {card.kind for card in PROMISES.values()} == set(Sentence)


@pytest.mark.parametrize("card", EVERY)
def test_the_card_is_whole(card: Promise) -> None:
    assert card.rule, "the docstring is the rule in words"
    assert set(card.figures) <= set(INDICATORS)
    assert card.otherwise != card.sentence


@pytest.mark.parametrize("card", EVERY)
def test_it_speaks_of_records(card: Promise) -> None:
    assert watch_over(engine_of("small")).standing(card.id, DAY).among > 0


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: f"{breach.promise}:{breach.title}")
def test_one_broken_record_stands_against_its_promise_and_no_other(breach: Breach) -> None:
    before = {one.id: one.exceptions for one in watch_over(engine_of("small")).standings(DAY)}
    watch = watch_over(engine_over(breach.apply(frames_of("small"))))
    after = {one.id: one.exceptions for one in watch.standings(DAY)}
    assert {key for key in after if after[key] != before[key]} == {breach.promise}
    assert after[breach.promise] > before[breach.promise]
    against = watch.exceptions(breach.promise, DAY)
    assert len(against) == after[breach.promise]
    assert all(one.note and one.area.startswith("4108") for one in against)
    assert watch.standing(breach.promise, DAY).wording != PROMISES[breach.promise].sentence


@pytest.mark.parametrize("card", RAISED, ids=lambda card: card.id)
def test_a_rate_that_is_not_raised_breaks_its_promise(card: Promise) -> None:
    (key,) = card.formula(at=None, rule=None).rule.split()
    rules = RULEBOOK.changed(key, date(2023, 2, 1), 1)
    assert not watch_over(engine_over(frames_of("small"), rules)).standing(card.id, DAY).holds
    assert watch_over(engine_of("small")).standing(card.id, DAY).holds


def test_exceptions_come_a_page_at_a_time_and_the_oldest_first() -> None:
    frames = {**frames_of("small")}
    frames["committee"] = frames["committee"].clear()
    watch = watch_over(engine_over(frames))
    standing = watch.standing("class-has-member", DAY)
    pages = [
        watch.exceptions("class-has-member", DAY, offset=start, limit=40)
        for start in range(0, standing.exceptions, 40)
    ]
    found = [one for page in pages for one in page]
    assert len(found) == standing.exceptions == standing.among
    assert [one.since for one in found] == sorted(one.since for one in found)
    one_county = watch.standing("class-has-member", DAY, area="410802")
    assert 0 < one_county.exceptions < standing.exceptions
