"""No page of the full city goes through a large table on the server: every question's plan is looked at."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from junheng.kernel.datasets import every_table
from junheng.kernel.datasets.digest import digest_of
from junheng.platform.registers import every_register
from junheng.platform.registers.listing import COUNTED
from junheng.platform.snapshots.queries import current, manifest_of
from junheng.surfaces.demo.build import OF_THE_REPORT
from junheng.surfaces.demo.city import make_city
from junheng.surfaces.demo.faults import plant
from junheng.surfaces.demo.plan import load_plan
from junheng.surfaces.demo.publication import without_report
from tests.browser.pages import COUNTY, FOLLOW, OFFICE, PAGES, SCHOOL, SECTION, TEACHER
from tests.full_house import full_city
from tests.small_house import opened
from tests.surfaces.plans import Read, explained
from tests.surfaces.test_queries import address, client_of

__all__ = ["full_city"]
pytestmark = pytest.mark.slow

WHOLE = 50_000
"""Rows that a question may go through without an index."""
MANY = 120_000
"""Rows that a question may take from a table by whatever way: a large county has not as many."""
STOPS = f"LIMIT {COUNTED + 1}) subquery"
"""The end of a question that counts only so far: it goes through the table until it has found that many."""
PUPILS = "/registers/pupils/"
MORE = {
    "pupils of the city": (SECTION, PUPILS),
    "page 400 of the city": (SECTION, f"{PUPILS}?page=400"),
    "the last county": (SECTION, f"{PUPILS}?area=410883"),
    "page 400 of the largest county": (SECTION, f"{PUPILS}?area=410823&page=400"),
    "pupils of a township": (COUNTY, f"{PUPILS}?area=410803001&sex=1"),
    "boarders": (SECTION, f"{PUPILS}?boarder=1"),
    "sorted by school": (SECTION, f"{PUPILS}?sort=-school"),
    "a county sorted by school": (COUNTY, f"{PUPILS}?sort=school"),
    "searched by family name": (SECTION, f"{PUPILS}?q=王"),
    "searched in a county": (COUNTY, f"{PUPILS}?q=李&page=5"),
    "searched in vain": (SECTION, f"{PUPILS}?q=没有这个人"),
    "pupils of a school": (SCHOOL, PUPILS),
    "pupils of a class": (TEACHER, PUPILS),
    "on all days": (SECTION, f"{PUPILS}?on=all"),
    "on a past day": (SECTION, f"{PUPILS}?on=2021-09-15&area=410882"),
    "as the city was known": (SECTION, f"{PUPILS}?known=2023-06-01"),
    "as a county was known": (COUNTY, f"{PUPILS}?known=2023-06-01&page=20"),
    "by pinyin": (OFFICE, "/search/?q=qinyang"),
    "by initials": (OFFICE, "/search/?q=qyssyxx"),
    "by a word": (OFFICE, "/search/?q=实验"),
    "by a guess": (OFFICE, "/search/?q=shiyn"),
    "by what there is not": (OFFICE, "/search/?q=xyzxyz"),
}
"""Pages of the largest register as people narrow, turn, sort and search them, and the box that finds everything."""
READS_MUCH = {
    "retention": "counts who has left long enough ago over all households of a county; asked a few times a year",
    "missed and extra aid": "who stands on two rolls is looked for in the roll of the whole city, and who is entitled in all that "
    "was paid in the term; an officer asks for it a few times a term",
}
"""Pages that go through a large table, with the reason."""


def lists() -> dict[str, tuple[str, str]]:
    """The list, a row and a history of every register, as a county and the city see them."""
    found = {}
    for slug in every_register():
        for who in (COUNTY, SECTION, OFFICE):
            found[f"{slug} of {who}"] = (who, f"/registers/{slug}/")
            found[f"{slug} searched by {who}"] = (who, f"/registers/{slug}/?q=测")
        row = f"/registers/{slug}/{FOLLOW}#results tbody th a"
        found[f"row of {slug}"] = (COUNTY, row)
        found[f"history of {slug}"] = (COUNTY, f"{row}{FOLLOW}a[href$='history/']")
    return found


def test_no_page_goes_through_a_large_table(full_city: Path, django_db_blocker: Any) -> None:
    pages = {title: (who, path) for title, (_name, who, path) in PAGES.items()} | MORE | lists()
    wrong: dict[str, list[str]] = {}
    looked_at = set()
    with django_db_blocker.unblock(), opened(full_city):
        clients: dict[str, Client] = {}
        for title, (who, path) in pages.items():
            client = clients.get(who) or clients.setdefault(who, client_of(who))
            try:
                place = address(client, path)
            except AssertionError:  # nothing of that register lies there, or its page is not for them
                assert title not in PAGES | MORE, title
                continue
            with explained() as reads:
                answer = client.get(place)
                answer.getvalue() if answer.streaming else answer.content
            assert answer.status_code == 200 if title in MORE else answer.status_code != 500, title
            looked_at |= {one.table for one in reads}
            if told := [told_of(one) for one in reads if is_much(one)]:
                wrong[title] = told
    assert {"pupils_pupil", "afterclass_need", "audit_entry", "searching_searchname"} <= looked_at
    assert {title: told for title, told in wrong.items() if title not in READS_MUCH} == {}
    assert set(READS_MUCH) <= set(wrong), "an exception that is none any more"


def is_much(read: Read) -> bool:
    """Whether a step of a plan reads more than a page needs."""
    if read.sql.rstrip().endswith(STOPS):
        return False
    return read.rows > (WHOLE if read.whole else MANY)


def told_of(read: Read) -> str:
    return f"{read.step} {read.table}: {read.rows} rows, {read.took:.0f} ms: {read.sql[:300]}"


DEEDS = {
    "cases",
    "checks",
    "eligibilities",
    "entitlements",
    "needs",
    "payments",
    "rounds",
    "titles",
    "waivers",
}
"""Tables in which rooms of the demonstration act by deeds afterwards; that both databases then hold the same is tried in
``demo/test_on_a_server.py``."""


MILLION = 1_000_000


def test_the_server_holds_what_was_made(full_city: Path, django_db_blocker: Any) -> None:
    """The digests of the full city on the server are those of the rows in memory, which know of no database."""
    made = plant(without_report(make_city(load_plan("full"))))[0]
    with django_db_blocker.unblock(), opened(full_city):
        frozen = current()
        assert frozen is not None
        manifest = manifest_of(frozen, home=full_city)
    kept, rows = dict(manifest.digests), {name: one.rows for name, one in manifest.tables.items()}
    published = {every_register()[slug].fulfils.table for slug in OF_THE_REPORT}  # type: ignore[union-attr]
    expected = {
        name: digest_of(table, made[name]) for name, table in every_table().items() if name not in published
    }
    same = {name for name, digest in expected.items() if kept[name] == digest}
    assert same == set(expected) - DEEDS
    assert sum(rows[name] for name in same) > MILLION
    assert {name for name in DEEDS if rows[name] < made[name].height} == set(), "a deed takes no row out"
