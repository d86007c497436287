"""A citation is a place in a document of the bibliography."""

from datetime import date
from pathlib import Path

import pytest

from junheng.kernel.sources import Citation, load_sources

BIBLIOGRAPHY = """
[sample-2024-3]
title = "示例班额办法"
issuer = "示例市教育局"
number = "示教〔2024〕3号"
issued_on = 2024-03-01
last_checked = 2026-01-15

[sample-notice]
title = "示例通知"
issuer = "示例市教育局"
last_checked = 2026-01-15
"""


@pytest.fixture
def sources(tmp_path: Path):
    path = tmp_path / "sources.toml"
    path.write_text(BIBLIOGRAPHY, encoding="utf-8")
    return load_sources(path)


def test_a_source_keeps_who_issued_it_when_and_under_which_number(sources) -> None:
    source = sources["sample-2024-3"]
    assert (source.key, source.issuer, source.issued_on, source.last_checked) == (
        "sample-2024-3",
        "示例市教育局",
        date(2024, 3, 1),
        date(2026, 1, 15),
    )
    assert str(source) == "《示例班额办法》（示教〔2024〕3号）"


def test_a_document_without_number_is_called_by_its_title(sources) -> None:
    assert str(sources["sample-notice"]) == "《示例通知》"
    assert sources["sample-notice"].issued_on is None


def test_a_citation_names_the_place(sources) -> None:
    assert str(Citation.read("sample-2024-3#第九条", sources)) == "《示例班额办法》（示教〔2024〕3号）第九条"
    assert str(Citation.read("sample-notice", sources)) == "《示例通知》"


def test_a_citation_of_an_unknown_document_is_a_mistake_of_the_file(sources) -> None:
    with pytest.raises(ValueError, match="cites 'nobody', which sources.toml does not know"):
        Citation.read("nobody#第一条", sources)


def test_a_source_without_the_day_of_the_last_look_does_not_load(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text('[a]\ntitle = "示例"\nissuer = "示例局"\n', encoding="utf-8")
    with pytest.raises(KeyError, match="last_checked"):
        load_sources(path)
