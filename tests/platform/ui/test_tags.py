"""Numbers in groups, bars and trends, and the query of the next page."""

import re
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from heroicons import IconDoesNotExist
from heroicons.templatetags.heroicons import heroicon_outline

import junheng
from junheng.platform.ui.chrome import CHROME, Line
from junheng.platform.ui.icons import drawn
from junheng.platform.ui.templatetags.ui import bar, exact, grouped, menu_of, short, spark


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (999, "999"),
        (322600, "322,600"),
        (-1200, "−1,200"),
        (None, "—"),
        ("", "—"),
        ("全覆盖", "全覆盖"),
    ],
)
def test_whole_numbers_stand_in_groups_of_three(value: object, shown: str) -> None:
    assert grouped(value) == shown


def test_an_exact_share_is_shown_as_the_fraction_it_is() -> None:
    assert exact(Fraction(1021, 2000)) == "1,021 / 2,000"
    assert exact(Fraction(4000, 2)) == "2,000"
    assert exact(True) == "True"


def test_a_digest_is_recognised_by_its_first_signs() -> None:
    assert short("0123456789abcdef") == "0123456789ab"
    assert short(None) == ""


@pytest.mark.parametrize(
    ("part", "whole", "width"),
    [(0, 10, 0), (5, 10, 500), (10, 10, 1000), (20, 10, 1000), (-1, 10, 0), (None, 10, 0), (5, 0, 0)],
)
def test_a_bar_is_filled_by_the_share_and_never_beyond(part: int | None, whole: int, width: int) -> None:
    assert bar(part, whole)["width"] == width


def points(*values: int | None) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(label=str(2021 + at), printed=str(one), value=one) for at, one in enumerate(values)
    ]


def test_a_trend_rises_on_the_page_when_it_rises() -> None:
    drawn = spark(points(10, 20, 30))
    assert drawn["path"] == "M20 38 L300 24 L580 10"


def test_a_level_trend_and_a_missing_year_are_drawn_too() -> None:
    assert spark(points(5, 5, 5))["path"] == "M20 38 L300 38 L580 38"
    assert spark(points(5, None, 6))["path"] == "M20 38 L580 10"


def test_one_year_is_no_trend() -> None:
    assert spark(points(5)) == {"points": []}


def test_the_next_page_keeps_the_question() -> None:
    request = RequestFactory().get("/figures/", {"q": "幼儿园", "page": "2"})
    shown = Template("{% load ui %}{% with_page page=3 %}").render(Context({"request": request}))
    assert shown == "?q=%E5%B9%BC%E5%84%BF%E5%9B%AD&amp;page=3"
    shown = Template("{% load ui %}{% with_page page='' q='' %}").render(Context({"request": request}))
    assert shown == "?"


def test_an_icon_is_hidden_from_readers_of_the_screen() -> None:
    assert 'aria-hidden="true"' in Template("{% load ui %}{% icon 'home' %}").render(Context())


def named_icons() -> set[str]:
    """Every icon that a template or the menu names."""
    templates = Path(junheng.__file__).parent.rglob("templates/**/*.html")
    words = "".join(one.read_text("utf-8") for one in templates)
    return set(re.findall(r'{% icon "([a-z0-9-]+)"', words)) | {
        entry.icon for section in CHROME.menu for entry in section.entries
    }


def test_every_icon_is_drawn_as_the_library_draws_it() -> None:
    assert len(named_icons()) > 30
    for name in named_icons():
        assert drawn(name, 18, "") == heroicon_outline(name, size=18, aria_hidden="true")
        assert drawn(name, 22, "head") == heroicon_outline(
            name, size=22, aria_hidden="true", **{"class": "head"}
        )


def test_an_icon_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(IconDoesNotExist, match="no-such-icon"):
        drawn("no-such-icon", 20, "")


def test_a_menu_is_kept_by_all_that_its_looks_depend_on() -> None:
    def shown(word: str, *, current: bool) -> str:
        return str(menu_of((("办理", (Line(word, "clock", "/jobs/", current),)),)))

    assert 'aria-current="page"' in shown("任务", current=True)
    assert 'aria-current="page"' not in shown("任务", current=False)
    assert "Jobs" in shown("Jobs", current=False)
    assert "任务" not in shown("Jobs", current=False)
    assert "&lt;b&gt;" in shown("<b>", current=False)


def test_the_whole_menu_has_every_line_once() -> None:
    lines = [line.address for _heading, inside in CHROME.whole() for line in inside]
    assert len(lines) == len(set(lines)) == sum(len(section.entries) for section in CHROME.menu)
