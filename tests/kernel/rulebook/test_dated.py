"""A rule in time: both sides of every day on which it changes."""

from datetime import date

import pytest

from junheng.kernel.errors import NotInForce
from junheng.kernel.rulebook import Certainty, Dated, Step
from junheng.kernel.sources import Citation, Source

SOURCE = Source("sample", "示例办法", "示例局", "示教〔2024〕3号", date(2024, 1, 1), date(2026, 1, 1))


def step(
    since: date, value: int | None, place: str = "第九条", certainty: Certainty = Certainty.VERIFIED
) -> Step[int]:
    return Step(since, value, Citation(SOURCE, place), certainty)


def rule(*steps: Step[int]) -> Dated[int]:
    return Dated("class_size.largest_class", "班额上限", "Largest class", "人", steps)


LARGEST = rule(step(date(2012, 9, 1), 45, "第七条"), step(date(2024, 9, 1), 40), step(date(2030, 1, 1), None))


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2012, 9, 1), 45),
        (date(2024, 8, 31), 45),
        (date(2024, 9, 1), 40),
        (date(2029, 12, 31), 40),
    ],
)
def test_a_value_holds_from_its_day_to_the_day_before_the_next(day: date, value: int) -> None:
    assert LARGEST.on(day).value == value


def test_what_is_in_force_carries_its_place_day_and_unit() -> None:
    found = LARGEST.on(date(2024, 9, 1))
    assert (found.key, found.title, found.unit, found.since, found.certainty, str(found.cites)) == (
        "class_size.largest_class",
        "班额上限",
        "人",
        date(2024, 9, 1),
        Certainty.VERIFIED,
        "《示例办法》（示教〔2024〕3号）第九条",
    )


@pytest.mark.parametrize("day", [date(2012, 8, 31), date(2030, 1, 1)])
def test_before_the_first_step_and_after_a_repeal_there_is_no_answer(day: date) -> None:
    with pytest.raises(NotInForce) as refused:
        LARGEST.on(day)
    assert refused.value.code == "rule-not-in-force"
    assert str(refused.value) == (
        f"“班额上限”在 {day.isoformat()} 尚无规定或已废止，无法计算。请改选其施行期间内的日期。"
    )


def test_the_value_replaced_by_the_one_in_force() -> None:
    assert LARGEST.before(date(2025, 1, 1)).value == 45
    with pytest.raises(NotInForce):
        LARGEST.before(date(2013, 1, 1))


def test_another_value_from_one_day_leaves_the_rule_itself_alone() -> None:
    other = LARGEST.changed(date(2024, 9, 1), 38)
    assert other.on(date(2024, 9, 1)).value == 38
    assert other.on(date(2024, 8, 31)).value == 45
    assert LARGEST.on(date(2024, 9, 1)).value == 40


@pytest.mark.parametrize(("since", "value"), [(date(2024, 9, 2), 38), (date(2024, 9, 1), 40)])
def test_a_change_that_changes_nothing_is_a_mistake(since: date, value: int) -> None:
    with pytest.raises(ValueError, match="class_size.largest_class: no step begins on"):
        LARGEST.changed(since, value)


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (step(date(2024, 9, 1), 40), step(date(2012, 9, 1), 45)),
        (step(date(2024, 9, 1), 40), step(date(2024, 9, 1), 45)),
    ],
    ids=["none", "out of order", "two on one day"],
)
def test_steps_in_disorder_make_no_rule(steps) -> None:
    with pytest.raises(ValueError, match="steps must be there and begin on different days, earliest first"):
        rule(*steps)


def test_only_what_was_verified_or_stands_in_the_article_needs_no_confirmation() -> None:
    assert {c for c in Certainty if not c.to_be_confirmed} == {Certainty.VERIFIED, Certainty.ARTICLE}
