"""The interpreter looks for rubbish seldom while rows are made, and as before afterwards, whoever leaves last."""

import gc

import pytest

from junheng.platform.registers.growing import SELDOM, growing


def test_it_is_seldom_inside_and_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with growing():
        with growing():
            assert gc.get_threshold() == (SELDOM, *before[1:])
        assert gc.get_threshold()[0] == SELDOM
    assert gc.get_threshold() == before


def test_what_goes_wrong_inside_leaves_no_trace() -> None:
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), growing():
        _ = 1 // 0
    assert gc.get_threshold() == before


def test_who_switched_it_off_finds_it_off() -> None:
    before = gc.get_threshold()
    gc.set_threshold(0, *before[1:])
    try:
        with growing():
            assert gc.get_threshold()[0] == 0
        assert gc.get_threshold()[0] == 0
    finally:
        gc.set_threshold(*before)
