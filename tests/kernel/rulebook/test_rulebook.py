"""All rules of a bureau together, by key and by day."""

from dataclasses import dataclass
from datetime import date

import pytest

from junheng.kernel.errors import Refusal
from junheng.kernel.rulebook import Certainty, Dated, Rulebook, Step
from junheng.kernel.sources import Citation, Source

SOURCE = Source("sample", "示例办法", "示例局", "", date(2024, 1, 1), date(2026, 1, 1))


def rule(key: str, since: date, value: int) -> Dated[int]:
    return Dated(key, key, key, "人", (Step(since, value, Citation(SOURCE, "第一条"), Certainty.VERIFIED),))


@dataclass(frozen=True, slots=True)
class Classes:
    largest_class: Dated[int]


@dataclass(frozen=True, slots=True)
class Visits:
    visits_a_term: Dated[int]
    wardens: Dated[int]


BOOK = Rulebook.of(
    Classes(rule("classes.largest_class", date(2012, 9, 1), 45)),
    Visits(rule("visits.visits_a_term", date(2020, 9, 1), 1), rule("visits.wardens", date(2024, 1, 1), 2)),
)


def test_rules_are_found_by_key_in_the_order_of_their_topics() -> None:
    assert [one.key for one in BOOK] == ["classes.largest_class", "visits.visits_a_term", "visits.wardens"]
    assert BOOK["visits.wardens"].on(date(2024, 1, 1)).value == 2


def test_an_unknown_rule_is_refused_with_its_key() -> None:
    with pytest.raises(Refusal) as refused:
        BOOK["visits.nothing"]
    assert refused.value.code == "unknown-rule"
    assert str(refused.value) == "没有编号为“visits.nothing”的规定。请在规定目录中查找正确的编号。"


@pytest.mark.parametrize(
    ("day", "keys"),
    [
        (date(2012, 8, 31), set()),
        (date(2023, 12, 31), {"classes.largest_class", "visits.visits_a_term"}),
        (date(2024, 1, 1), {"classes.largest_class", "visits.visits_a_term", "visits.wardens"}),
    ],
)
def test_the_rules_of_a_day(day: date, keys: set[str]) -> None:
    assert set(BOOK.in_force(day)) == keys


def test_a_change_makes_another_rulebook() -> None:
    other = BOOK.changed("classes.largest_class", date(2012, 9, 1), 40)
    day = date(2023, 1, 1)
    assert (other["classes.largest_class"].on(day).value, BOOK["classes.largest_class"].on(day).value) == (
        40,
        45,
    )
    assert other["visits.wardens"] == BOOK["visits.wardens"]
