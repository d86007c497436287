"""How often a property is tried: some hundreds of markets at every test, twenty times as many in the slow suite."""

import pytest

LONG = 20


def often(count: int) -> pytest.MarkDecorator:
    """So many markets now, and twenty times as many where there is time."""
    return pytest.mark.parametrize(
        "markets",
        [pytest.param(count, id="short"), pytest.param(count * LONG, id="long", marks=pytest.mark.slow)],
    )
