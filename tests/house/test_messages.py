"""Chinese first, English from the start: every sentence the house says has an English translation."""

from pathlib import Path

import pytest

from tools import messages
from tools.messages import every_message, missing, read, unmarked

UNKNOWN_RULE = "没有编号为“{key}”的规定。请在规定目录中查找正确的编号。"


def test_every_sentence_has_an_english_translation() -> None:
    assert missing(read()) == [], "run ./go messages and translate what is empty"


def test_no_template_says_chinese_outside_a_translation_tag() -> None:
    assert unmarked() == []


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    said = {message if isinstance(message, str) else message[0] for message in every_message()}
    kept = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in read() if entry.id}
    assert kept - said == set(), "run ./go messages"


def test_sentences_are_found_wherever_they_are_said() -> None:
    said = every_message()
    assert "学校标识码" in said, "a label of a model and of a contract"
    assert UNKNOWN_RULE in said, "a refusal of the kernel"
    assert "学校名录。一行是一所学校；更名不换码，撤销写明撤销日，不删除。" in said, (
        "the help text of a register"
    )


def test_a_sentence_left_out_is_noticed() -> None:
    catalogue = read()
    one = next(entry for entry in catalogue if entry.id == UNKNOWN_RULE)
    one.string = ""
    assert f"not translated: {UNKNOWN_RULE}" in [line.partition(": ")[2] for line in missing(catalogue)]


def test_a_placeholder_lost_in_translation_is_noticed() -> None:
    catalogue = read()
    one = next(entry for entry in catalogue if entry.id == UNKNOWN_RULE)
    one.string = "There is no such rule."
    assert f"placeholders differ: {UNKNOWN_RULE}" in [line.partition(": ")[2] for line in missing(catalogue)]


def test_chinese_outside_a_tag_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "src" / "page.html"
    page.parent.mkdir()
    page.write_text(
        '{# 说明 #}<h1>{% translate "学校" %}</h1>\n{% blocktranslate %}共\n{{ count }} 所{% endblocktranslate %}\n<p>学校</p>',
        encoding="utf-8",
    )
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "SOURCE", tmp_path / "src")
    assert unmarked() == ["src/page.html:4: <p>学校</p>"]
