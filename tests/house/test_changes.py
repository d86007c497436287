"""Change notes: one a change, of a kind that readers know."""

from tests.house.tree import ROOT

KINDS = {"feature", "fix", "rule", "indicator", "data"}


def test_every_note_is_of_a_known_kind_and_says_something() -> None:
    notes = [path for path in (ROOT / "changes").iterdir() if path.name != "README.md"]
    assert {path.name.split(".")[1] for path in notes} <= KINDS
    assert all(path.name.count(".") == 2 and path.suffix == ".md" for path in notes)
    assert [path.name for path in notes if len(path.read_text(encoding="utf-8").strip()) < 40] == []


def test_the_page_about_notes_lists_the_kinds() -> None:
    page = (ROOT / "changes" / "README.md").read_text(encoding="utf-8")
    assert {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")} == KINDS
