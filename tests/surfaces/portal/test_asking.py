"""The question in the address: day, window, chapter, page; and what is no question."""

from datetime import date

import pytest
from django.test import RequestFactory

from junheng.kernel.errors import Refusal
from junheng.kernel.values.span import Span
from junheng.surfaces.portal.asking import Question, question


def ask(**given: str) -> Question:
    return question(RequestFactory().get("/figures/", given))


def test_nothing_asked_leaves_day_and_window_to_the_data() -> None:
    asked = ask()
    assert (asked.as_of, asked.window, asked.chapter, asked.q, asked.page) == (None, None, "", "", 1)


def test_everything_asked() -> None:
    asked = ask(
        q=" 幼儿园 ", chapter="preschool", as_of="2023-06-30", first="2023-01-01", last="2023-06-30", page="2"
    )
    assert asked.window == Span(date(2023, 1, 1), date(2023, 6, 30))
    assert (asked.as_of, asked.chapter, asked.q, asked.page) == (date(2023, 6, 30), "preschool", "幼儿园", 2)


@pytest.mark.parametrize(
    "given",
    [{"as_of": "2023-13-01"}, {"chapter": "kitchen"}, {"page": "0"}, {"page": "x"}, {"first": "yesterday"}],
)
def test_nonsense_is_refused_and_not_ignored(given: dict[str, str]) -> None:
    with pytest.raises(Refusal) as caught:
        ask(**given)
    assert caught.value.code == "bad-question"


@pytest.mark.parametrize("given", [{"first": "2023-01-01"}, {"last": "2023-01-01"}])
def test_half_a_window_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(Refusal) as caught:
        ask(**given)
    assert caught.value.code == "bad-window"


def test_a_window_of_one_day_is_one() -> None:
    assert ask(first="2023-01-01", last="2023-01-01").window == Span(date(2023, 1, 1), date(2023, 1, 1))
    with pytest.raises(Refusal):
        ask(first="2023-01-02", last="2023-01-01")
