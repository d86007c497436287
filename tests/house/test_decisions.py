"""A decision is one page in one form, so that the next person can agree or not."""

import re

import pytest

from tests.house.tree import ROOT

PAGES = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
HEADINGS = ["## Context", "## Decision", "## Consequences", "## What would change our mind"]


def test_numbers_follow_one_another() -> None:
    assert [int(page.name[:4]) for page in PAGES] == list(range(1, len(PAGES) + 1))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_decision_is_one_page_in_one_form(page) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(r"# \d{4} \S", text)
    assert re.findall(r"^## .*$", text, re.MULTILINE) == HEADINGS
    assert len(text.splitlines()) <= 60


def test_the_index_lists_every_decision() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((\d{4}[^)]*)\)", index) == [page.name for page in PAGES]
