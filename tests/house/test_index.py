"""Every page of the documentation is found from its first page."""

import re

from tests.house.tree import ROOT

LINK = re.compile(r"\]\(([\w./-]+\.md)\)")


def test_every_page_is_found_from_the_first_and_every_link_leads_somewhere() -> None:
    docs = ROOT / "docs"
    linked = set(LINK.findall((docs / "README.md").read_text(encoding="utf-8")))
    pages = {
        path.relative_to(docs).as_posix()
        for folder in ("how-to", "explanation")
        for path in (docs / folder).rglob("*.md")
    }
    assert pages - linked == set()
    assert {one for one in linked if not (docs / one).is_file()} == set()
    assert "docs/README.md" in (ROOT / "README.md").read_text(encoding="utf-8")
