"""Every rule of the house: it finds the row that breaks it, not the one beside, and says so in a whole sentence."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from junheng.platform.quality.declare import Rule, every_declaration, every_expectation
from junheng.platform.quality.finding import find
from junheng.platform.quality.saving import breaches
from junheng.platform.quality.telling import limits_of, sentence_for
from junheng.platform.quality.touching import columns_touched, figures_touched
from junheng.platform.registers import every_register, register_called
from tests.platform.quality.cases import CASES, DAY

RULES = {code: one for code, one in every_declaration().items() if isinstance(one, Rule)}
SETWISE = [code for code, one in RULES.items() if one.find is not None]


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert set(CASES) == set(RULES)
    assert len(RULES) >= 15


@pytest.mark.parametrize("code", SETWISE)
def test_a_rule_finds_what_breaks_it_and_nothing_else(code: str) -> None:
    broken, fine = CASES[code]()
    found = {one.row: one for one in find(RULES[code], DAY)}
    assert broken.pk in found
    assert fine.pk not in found
    sentence = sentence_for(RULES[code], found[broken.pk].facts)
    assert sentence.endswith("。")
    assert "{" not in sentence
    assert "—" not in sentence
    assert set(found[broken.pk].facts) == set(RULES[code].facts)


@pytest.mark.parametrize("code", [code for code, one in RULES.items() if one.asked])
def test_a_saved_row_is_asked_the_same(code: str) -> None:
    broken, fine = CASES[code]()
    register = register_called(RULES[code].register)
    assert set(breaches(register, [RULES[code]], broken, DAY)) == {code}
    assert breaches(register, [RULES[code]], fine, DAY) == {}


@pytest.mark.parametrize("code", SETWISE)
def test_questions_do_not_grow_with_the_rows(code: str) -> None:
    CASES[code]()
    with CaptureQueriesContext(connection) as one:
        find(RULES[code], DAY)
    assert len(one) <= 2


@pytest.mark.parametrize("code", sorted(every_declaration()))
def test_a_declaration_says_what_and_why_and_whom(code: str) -> None:
    one: Any = every_declaration()[code]
    assert str(one.title)
    assert str(one.why).endswith("。")
    assert one.register in every_register()
    assert columns_touched(one) is not None
    for limit in limits_of(one, DAY):
        assert str(limit.cites)
    if isinstance(one, Rule):
        assert str(one.acts)


def test_errors_are_followed_to_the_figures() -> None:
    touched = figures_touched(RULES["school-without-classes"])
    assert "psy-schools-871" in touched
    assert "psy-class-coverage-100" in touched
    # a name moves no figure that counts schools
    assert "psy-schools-871" not in figures_touched(RULES["school-name-odd"])


def test_what_is_expected_are_fields_of_the_register() -> None:
    for one in every_expectation().values():
        assert all(register_called(one.register).f(name) for name in one.fields)
