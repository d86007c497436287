"""Random partitions of the network, thousands of times, against a model: the phone's own scripts in a real browser, with a
house of a few maps behind a network that loses requests, answers and pieces of photos, ends sessions and closes tabs."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

pytestmark = pytest.mark.slow

HERE = Path(__file__).resolve().parent
IN_MEMORY = int(os.environ.get("FIELD_HISTORIES", "2000"))
ON_DISK = max(60, IN_MEMORY // 30)


@pytest.fixture
def prover(window: Callable[..., Page]) -> Page:
    """An empty page of the house that may import the app's scripts and those of this folder."""
    page = window()

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name:
            route.fulfill(body=(HERE / name).read_text("utf-8"), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>proof</title>", content_type="text/html")

    page.route("**/field-proof/*", answer)
    page.goto("/field-proof/")
    return page


def run(page: Page, first: int, count: int, *, real: bool) -> dict[str, Any]:
    total: dict[str, Any] = page.evaluate(
        "async ([first, count, real]) => (await import('/field-proof/histories.js')).histories(first, count, real)",
        [first, count, real],
    )
    return total


def test_whatever_the_network_does_every_record_arrives_once(prover: Page) -> None:
    total = run(prover, 1, IN_MEMORY, real=False)
    assert total["fails"] == []
    assert total["histories"] == IN_MEMORY
    assert total["records"] > 3 * IN_MEMORY, "histories in which something happens"
    assert total["calls"] > 20 * IN_MEMORY


def test_the_same_with_the_store_of_a_phone(prover: Page) -> None:
    total = run(prover, 1_000_000, ON_DISK, real=True)
    assert total["fails"] == []
    assert total["histories"] == ON_DISK
