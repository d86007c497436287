"""Every variable of the environment that the code reads is in ``dotenv-sample`` and in the docs, and none more."""

import re

from tests.house.tree import ROOT

CALL = re.compile(r"env\.\w+\(\s*\"(\w+)\"")


def test_settings_sample_and_docs_agree() -> None:
    settings = (ROOT / "src" / "junheng" / "project" / "settings.py").read_text(encoding="utf-8")
    sample = (ROOT / "dotenv-sample").read_text(encoding="utf-8")
    docs = (ROOT / "docs" / "how-to" / "configure.md").read_text(encoding="utf-8")
    read = set(CALL.findall(settings))
    assert set(re.findall(r"^# ?(\w+)=", sample, re.MULTILINE)) == read
    assert set(re.findall(r"^\| `(\w+)` \|", docs, re.MULTILINE)) == read
