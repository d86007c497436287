"""``junheng figures`` and ``junheng trace``: what they print, for people and for programs."""

import re
from fractions import Fraction

import pytest

from junheng.content.indicators import INDICATORS
from junheng.kernel.indicators import Kind
from junheng.surfaces.cli.commands.figures import figure_json, yuan
from junheng.surfaces.cli.output import exact
from tests.house.test_json import documented
from tests.surfaces.cli.conftest import Ask

ADDRESS = re.compile(r"[0-9a-f]{20}")
DIGEST = re.compile(r"[0-9a-f]{64}")


def test_every_figure_in_its_documented_shape(ask: Ask) -> None:
    said = ask("figures", "--json")
    assert (said.code, said.err) == (0, "")
    assert [one["id"] for one in said.json] == list(INDICATORS)
    fields = documented()["figures"]
    for one in said.json:
        money = one["kind"] in {"money", "rate"}
        assert list(one) == [name for name in fields if name != "fen" or money]
        assert DIGEST.fullmatch(one["snapshot"])
        assert DIGEST.fullmatch(one["definition"])
        assert ADDRESS.fullmatch(one["address"])
        assert (one["as_of"], one["definition_version"]) == ("2023-12-31", 1)
        assert one["reading"] == one["readings"][0]


def test_a_share_has_its_parts_and_is_exact(ask: Ask) -> None:
    figures = {one["id"]: one for one in ask("figures", "--json").json}
    shares = [one for one in figures.values() if one["denominator"]]
    assert len(shares) > 5
    for one in shares:
        assert Fraction(str(one["value"])) == Fraction(one["numerator"], one["denominator"])
    assert figures["kg-public-share"]["value"] == "0.5105"
    assert [one["value"] for one in figures.values() if isinstance(one["value"], float)] == []


def test_money_is_in_yuan_with_fen_beside_it(ask: Ask) -> None:
    figures = {one["id"]: one for one in ask("figures", "--json").json}
    award = figures["award-10.5m"]
    assert (award["value"], award["fen"], award["printed"], award["unit"]) == (
        2_500_000,
        250_000_000,
        "250万元",
        "元",
    )
    assert [exact(Fraction(yuan(fen) or 0)) for fen in (72_000, 1_050, 1)] == ["720", "10.5", "0.01"]


def test_a_rule_that_was_not_in_force_has_no_value(ask: Ask) -> None:
    said = ask("figures", "--as-of", "1990-01-01", "--json")
    assert said.code == 0
    rate = next(one for one in said.json if one["id"] == "kg-subsidy-rate")
    assert (rate["value"], rate["fen"], rate["printed"], rate["holds"]) == (None, None, "无数据", None)


def test_days_and_windows_are_taken_as_given(ask: Ask) -> None:
    window = "2023-01-01..2023-06-30"
    figures = {
        one["id"]: one for one in ask("figures", "--as-of", "2024-03-06", "--window", window, "--json").json
    }
    assert figures["kg-public-70"]["window"] == window
    assert figures["kg-inclusive-434"]["window"] is None
    assert {one["as_of"] for one in figures.values()} == {"2024-03-06"}
    usual = {one["id"]: one for one in ask("figures", "--as-of", "2024-03-06", "--json").json}
    assert usual["kg-public-70"]["window"] == "2022-03-07..2024-03-06"
    assert usual["kg-public-70"]["address"] != figures["kg-public-70"]["address"]


def test_for_people_every_figure_is_a_line_and_columns_line_up(ask: Ask) -> None:
    said = ask("figures")
    lines = said.out.splitlines()
    assert lines[0].split() == ["编号", "数据", "印出", "区间/时点"]
    assert [line.split()[0] for line in lines[1:72]] == list(INDICATORS)
    assert re.fullmatch(r"71 项 · 时点数据 [0-9a-f]{16} · [\d,]+ 行", lines[-1])
    assert any("51.05%" in line for line in lines)


def test_a_trace_leads_from_the_number_to_its_records(ask: Ask) -> None:
    said = ask("trace", "kg-public-share", "--json")
    assert said.code == 0
    fields = documented()
    assert list(said.json) == fields["trace"]
    assert list(said.json["records"][0]) == fields["record"]
    assert said.json["rows"] == said.json["figure"]["numerator"]
    assert said.json["sql"].startswith('WITH "context"')
    assert said.json["author"] != said.json["checker"]
    assert (said.json["page"], len(said.json["records"])) == (1, 50)


def test_the_pages_of_a_trace_are_all_its_records_once(ask: Ask) -> None:
    first = ask("trace", "afterclass-322600", "--json").json
    last = ask("trace", "afterclass-322600", "--page", str(first["pages"]), "--json").json
    beyond = ask("trace", "afterclass-322600", "--page", "99999", "--json").json
    assert (first["pages"] - 1) * 50 + len(last["records"]) == first["rows"]
    assert first["records"][0]["id"] < first["records"][-1]["id"] < last["records"][0]["id"]
    assert beyond == last


def test_a_rule_is_traced_to_the_place_that_sets_it(ask: Ask) -> None:
    said = ask("trace", "norm-primary-720", "--json").json
    (rule,) = said["rules"]
    assert list(rule) == documented()["rule"]
    assert (rule["key"], rule["value"], rule["unit"]) == ("funding.primary", "720", "元")
    assert (said["sql"], said["records"], said["rows"]) == ("", [], 0)
    text = ask("trace", "norm-primary-720").out
    assert "规定：" in text
    assert "720元" in text
    assert rule["cites"] in text


def test_what_nobody_has_confirmed_yet_says_so(ask: Ask) -> None:
    doubtful = [
        one
        for one in (ask("trace", key, "--json").json for key, card in INDICATORS.items() if not card.reads)
        if any(rule["to_be_confirmed"] for rule in one["rules"])
    ]
    assert doubtful
    for one in doubtful:
        assert "（待确认）" in ask("trace", one["figure"]["id"]).out


def test_readings_are_named_and_differ(ask: Ask) -> None:
    built = ask("trace", "kg-coverage", "--reading", "children", "--json").json
    other = ask("trace", "kg-coverage", "--reading", "kindergartens", "--json").json
    assert (built["register"], other["register"]) == ("children", "kindergartens")
    assert built["figure"]["address"] != other["figure"]["address"]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_figure_has_a_form_in_json(ask: Ask, kind: Kind) -> None:
    from junheng.platform.figures import queries

    shown = [figure_json(one) for one in queries.figures() if one.kind == kind]
    for one in shown:
        assert isinstance(one["value"], int | str | bool) or one["value"] is None
    if kind in {
        Kind.COUNT,
        Kind.SHARE,
        Kind.MONEY,
        Kind.RATE,
        Kind.NORM,
        Kind.UNIVERSAL,
        Kind.TREND,
        Kind.TIME,
    }:
        assert shown
