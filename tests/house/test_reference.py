"""The reference is written from the declarations, and the committed pages are today's."""

import re

import pytest

from tests.house.tree import ROOT
from tools.reference import FOLDER, pages

HAND_WRITTEN = {"README.md", "command-line.md", "dependencies.md", "json.md"}
PAGES = pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_says_what_the_declarations_say(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name], "run ./go docs"


def test_the_folder_holds_these_pages_and_no_others() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} == set(PAGES) | HAND_WRITTEN


def test_the_index_leads_to_every_page() -> None:
    linked = re.findall(r"\]\(([\w-]+\.md)\)", (FOLDER / "README.md").read_text(encoding="utf-8"))
    assert sorted(linked) == sorted({*PAGES, *HAND_WRITTEN} - {"README.md"})


def test_links_between_pages_of_the_docs_lead_somewhere() -> None:
    read = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "changes").glob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in read
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
