"""How often a page asks the database: no more than its kind may, and no more often where more is kept.

The second is asked of every page, before and after the city is doubled.

A page turned by fifty rows is as full before as after, so the second promise is about one page alone: no statement is
asked again and again on it with other values.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test import Client

from junheng.platform.access.models import User
from tests.browser.pages import FOLLOW, PAGES
from tests.small_house import built, own_house
from tests.surfaces.doubling import double
from tests.surfaces.selecting import first_link

__all__ = ["built", "own_house"]
pytestmark = pytest.mark.once
AGAIN = 20
"""How often one statement may be asked on a page: for the parts of a page, not for its rows."""
SIZE = re.compile(r"(?<=%s)(?:, %s)+|(?<=LIMIT )\d+|(?<=OFFSET )\d+")
"""How long a list of values is, and how many rows are asked for: that is no other statement."""
GROWS: dict[str, str] = {}
"""Pages that ask more often where there is more, with the reason."""

MOST = {
    "desk:waters": 20,
    "desk:school-safety": 16,
    "desk:kindergarten": 20,
    "desk:kindergarten-categories": 12,
    "posts:assign": 12,
    "desk:home": 29,
    "desk:search": 30,
    "governance:file": 19,
    "governance:overview": 15,
    "changes:changes": 44,
    "stewardship:confirm": 21,
    "portal:series": 20,
    "patrols:mine": 24,
    "quality:overview": 24,
    "registers:onlookers": 18,
    "registers:list": 16,
    "registers:detail": 17,
    "asks:fill": 16,
    "tips:one": 16,
    "stewardship:proposals": 13,
    "visits:plan": 15,
    "asks:survey": 14,
    "visits:errand": 13,
    "asks:load": 14,
    "accounts:person": 13,
    "accounts:people": 11,
    "patrols:person": 15,
    "desk:undone": 14,
    "patrols:weeks": 13,
    "afterclass:overview": 12,
    "aid:county": 12,
    "aid:pay": 11,
    "aid:gaps": 18,
    "funds:school": 16,
    "funds:derivation": 15,
    "groups:school": 14,
    "awardfunds:overview": 12,
    "awardfunds:school": 12,
    "retention:overview": 13,
    "safety:round": 11,
    "care:class": 14,
    "partnerlists:list": 11,
    "partnerlists:pair": 15,
}
"""Statements that a page of a kind may ask at most, who is asking for it included (three). Its parts share them: what a
new part needs, ask it of what was asked already (``platform.access.once``), or let the page ask less elsewhere."""
QUIET = 10
"""The same for every kind that is not named."""
ROOM = 3
"""A limit further above what is asked is none: it is lowered when a page learns to ask less."""


def test_no_page_asks_more_than_its_kind_may(own_house: Path) -> None:
    clients = {who: client_of(who) for who in {who for _name, who, _path in PAGES.values()}}
    asked: dict[str, Counter[str]] = {}
    beyond: dict[str, str] = {}
    for title, (kind, who, path) in PAGES.items():
        found = statements(clients[who], address(clients[who], path))
        most = MOST.get(kind, QUIET)
        if found.total() > most:
            beyond[title] = f"{found.total()} of {most}\n{told(Counter(), found)}"
        asked[kind] = max(asked.get(kind, found), found, key=Counter.total)
    assert not beyond, "\n".join(f"{title}: {words}" for title, words in beyond.items())
    assert set(MOST) <= set(asked)
    loose = {
        kind: (asked[kind].total(), most) for kind, most in MOST.items() if asked[kind].total() < most - ROOM
    }
    assert loose == {}, "kinds that ask less by now: lower their limits"


def test_no_page_asks_more_often_where_there_is_more(own_house: Path) -> None:
    clients = {who: client_of(who) for who in {who for _name, who, _path in PAGES.values()}}
    places = {title: (clients[who], address(clients[who], path)) for title, (_n, who, path) in PAGES.items()}
    small = {title: statements(*place) for title, place in places.items()}
    assert {label: rows for label, rows in double().items() if rows[0] != rows[1]} == {}
    large = {title: statements(*place) for title, place in places.items()}
    assert {title for title, asked in small.items() if asked.total() > 0} >= {"register", "home", "quality"}
    more = {title: told(small[title], large[title]) for title in PAGES if large[title] != small[title]}
    assert {title: more[title] for title in more if title not in GROWS} == {}
    assert set(GROWS) <= set(more), "an exception that is none any more"
    again = {
        title: [(sql, times) for sql, times in asked.items() if times > AGAIN]
        for title, asked in large.items()
    }
    assert {title: found for title, found in again.items() if found} == {}


def client_of(who: str) -> Client:
    """Somebody in the house, or a stranger."""
    client = Client()
    if who:
        client.force_login(
            User.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend"
        )
    return client


def address(client: Client, path: str) -> str:
    """Where a page is; where only the page before knows it, what the first link that looks like it says."""
    place, *links = path.split(FOLLOW)
    for selector in links:
        found = first_link(client.get(place).content.decode(), selector)
        assert found, f"{path}: no {selector} on {place}"
        place = urljoin(place, found)
    return place


def statements(client: Client, place: str) -> "Counter[str]":
    """What a page asks, as often as it asks it, once everything is remembered that may be."""
    client.get(place)
    with asked() as found:
        answer = client.get(place)
        answer.getvalue() if answer.streaming else answer.content
    return found


@contextmanager
def asked() -> "Iterator[Counter[str]]":
    """Count the statements as they are sent, without their values; how many values a list has is no difference."""
    found: Counter[str] = Counter()

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found[SIZE.sub("", sql)] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield found


def told(before: "Counter[str]", after: "Counter[str]") -> str:
    """What is asked more often, and how much more often."""
    lines = [
        f"{after[sql] - before[sql]:+} {sql[:300]}" for sql in after | before if after[sql] != before[sql]
    ]
    return "\n".join(lines)
