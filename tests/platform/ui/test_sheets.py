"""The style sheets and templates keep what the browser will hold them to."""

import re
from pathlib import Path

import pytest

import junheng

SOURCE = Path(junheng.__file__).parent
UI = SOURCE / "platform" / "ui"
TEMPLATES = sorted(
    path for path in SOURCE.glob("*/*/templates/**/*.html") if path.name != "checked_download.html"
)
"""All but the file that people take home: it carries its style with it because it stands alone."""


def test_every_token_that_is_used_is_declared() -> None:
    declared = set(re.findall(r"(--[\w-]+):", (UI / "static/ui/tokens.css").read_text(encoding="utf-8")))
    used = {
        (sheet.name, name)
        for sheet in (UI / "static/ui").glob("*.css")
        for name in re.findall(r"var\((--[\w-]+)\)", sheet.read_text(encoding="utf-8"))
    }
    assert {one for one in used if one[1] not in declared} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_template_carries_script_or_style_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=", text), "style belongs into a sheet: the page's policy refuses it"
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\son[a-z]+=", text)
