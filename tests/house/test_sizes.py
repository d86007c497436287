"""A file is a place for one thing. One that grew past the limit says why, or is divided."""

import re

from tests.house.tree import ROOT, files, name

LIMIT = 400
REASONS = ROOT / "docs" / "decisions" / "long-files.md"
KINDS = (".py", ".html", ".css", ".js", ".toml", "")


def test_no_file_is_long_without_a_reason() -> None:
    reasons = set(re.findall(r"^\| `([^`]+)` \|", REASONS.read_text(encoding="utf-8"), re.MULTILINE))
    sizes = {
        name(path): len(path.read_bytes().splitlines()) for path in files(*KINDS) if name(path) != "LICENSE"
    }
    too_long = {path for path, lines in sizes.items() if lines > LIMIT}
    assert too_long - reasons == set(), "divide it, or give a reason in docs/decisions/long-files.md"
    assert reasons - too_long == set(), "these reasons are no longer needed"
