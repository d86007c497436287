"""``junheng check-text`` and ``junheng report``: the released report proves itself, and an altered number does not."""

from pathlib import Path

import pytest

from tests.house.test_json import documented
from tests.surfaces.cli.conftest import Ask


def text_of(ask: Ask) -> str:
    return ask("report").out


def test_the_released_report_is_proved_claim_by_claim(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(text_of(ask), encoding="utf-8")
    said = ask("check-text", str(file), "--json")
    assert (said.code, said.err) == (0, "")
    assert {one["verdict"] for one in said.json} == {"proved"}
    assert len(said.json) > 60
    fields = documented()
    text = file.read_text(encoding="utf-8")
    for one in said.json:
        assert list(one) == fields["check-text"]
        assert text[one["start"] : one["end"]] == one["words"]
        assert all(list(reading) == fields["reading"] for reading in one["readings"])


def test_one_altered_number_is_the_one_that_differs(ask: Ask) -> None:
    text = text_of(ask).replace("51.05%", "51.06%", 1)
    said = ask("check-text", "-", "--json", stdin=text.encode())
    assert said.code == 3
    (wrong,) = [one for one in said.json if one["verdict"] != "proved"]
    assert (wrong["verdict"], wrong["figure"], wrong["printed"], wrong["computed"]) == (
        "differs", "kg-public-share", "0.5106", "0.5105",
    )  # fmt: skip
    people = ask("check-text", "-", stdin=text.encode())
    assert people.code == 3
    assert people.out.splitlines()[-1].split("　")[1] == "✗ 不符 1"
    (line,) = [line for line in people.out.splitlines()[:-1] if line.startswith("✗")]
    assert "51.06%" in line
    assert "51.05%" in line


def test_what_no_record_speaks_of_is_unknown_and_no_failure(ask: Ask) -> None:
    said = ask("check-text", "-", "--json", stdin="全市有三千座火山。".encode())
    assert said.code == 0
    assert [one["verdict"] for one in said.json if one["verdict"] != "unknown"] == []


def test_the_reading_of_another_window_is_its_own_answer(ask: Ask) -> None:
    text = "近两年完成新建改扩建公办幼儿园5所。".encode()
    assert ask("check-text", "-", "--json", stdin=text).json[-1]["verdict"] == "proved"
    early = ask("check-text", "-", "--window", "2015-01-01..2015-12-31", "--json", stdin=text)
    assert (early.code, early.json[-1]["verdict"], early.json[-1]["computed"]) == (3, "differs", 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_places_are_the_same_in_every_encoding(ask: Ask, encoding: str) -> None:
    text = "近两年完成新建改扩建公办幼儿园5所。\r\n公办幼儿园在园幼儿占比达到51.05%。"
    said = ask("check-text", "-", "--json", stdin=text.encode(encoding))
    unix = text.replace("\r\n", "\n")
    assert said.code == 0
    assert [unix[one["start"] : one["end"]] for one in said.json] == [one["words"] for one in said.json]
    assert said.json[-1]["figure"] == "kg-public-share"


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "text-empty", "没有文字"),
        (b" \r\n\t", "text-empty", "没有文字"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not-a-text", "没有核查"),
        (b"PK\x03\x04\x14\x00", "not-a-text", "另存为 .txt"),
        (b"abc\xff\xff\xff", "not-a-text", "编码"),
        ("数".encode() * 700_000, "text-too-long", "超过 2 MB"),
    ],
    ids=["empty", "blank", "picture", "docx", "neither", "2MB"],
)
def test_what_cannot_be_checked_is_refused(
    ask: Ask, tmp_path: Path, data: bytes, code: str, words: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(data)
    for name, stdin in ((str(file), b""), ("-", data)):
        said = ask("check-text", name, "--json", stdin=stdin)
        assert (said.code, said.out) == (1, "")
        assert said.err.rstrip().endswith(f"[{code}]")
        assert words in said.err


def test_exactly_two_megabytes_are_still_taken(ask: Ask) -> None:
    text = "本文件共有幼儿园5所。" + "，" * 10
    filled = text.encode() + b" " * (2 * 1024 * 1024 - len(text.encode()))
    assert ask("check-text", "-", "--json", stdin=filled).code in {0, 3}
    assert ask("check-text", "-", "--json", stdin=filled + b" ").err.rstrip().endswith("[text-too-long]")


def test_the_report_as_json_carries_every_address(ask: Ask) -> None:
    said = ask("report", "--json").json
    assert list(said) == documented()["report"]
    assert said["text"] == ask("report").out.rstrip("\n")
    assert (said["number"], said["as_of"], said["moved"]) == (1, "2023-12-31", [])
    figures = {one["id"]: one["address"] for one in ask("figures", "--json").json}
    assert len(said["figures"]) > 50
    # what publishing wrote (the articles themselves) was frozen after the report was
    own = {"page-date", "signoff-6", "rendered-twice"}
    assert {key for key, one in said["figures"].items() if figures[key] != one["address"]} <= own


def test_an_unknown_report_is_not_found(ask: Ask) -> None:
    said = ask("report", "no-such-report")
    assert (said.code, said.out) == (1, "")
    assert said.err.rstrip().endswith("[unknown-report]")
