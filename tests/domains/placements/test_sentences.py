"""Why a child got a school, in one sentence that does not puzzle."""

from types import SimpleNamespace
from typing import Any

import pytest

from junheng.domains.placements.queries.sentences import sentence
from junheng.kernel.matching import Why

PLAN: Any = SimpleNamespace(group=lambda _code: (None, {"label": "全部学位"}))


@pytest.mark.parametrize(("rank", "more"), [(1, False), (90, False), (91, True), (125, True)])
def test_whoever_is_admitted_from_beyond_the_places_is_told_how(rank: int, more: bool) -> None:
    cuts = {"g": {"places": 90, "asked": 208, "rank": 130}}
    said = sentence(PLAN, ("g", rank, Why.ADMITTED), cuts, number="")
    assert said.startswith(f"录取（全部学位）。90 个学位，208 人填报，您排第 {rank} 位")
    assert ("去了他们更靠前的志愿" in said) == more
