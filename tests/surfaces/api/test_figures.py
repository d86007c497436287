"""Figures and promises for programs: the public part, with small numbers and sealed records withheld."""

import json
from typing import Any

import pytest
from django.test import Client

from junheng.platform.figures import queries
from junheng.surfaces.api.figures import is_small, public_figure, public_promise
from tests.small_house import built, house  # noqa: F401 — fixtures

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


def told(client: Client, address: str, **given: Any) -> Any:
    answer = client.get(address, given)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def test_figures_are_those_of_the_house(client: Client) -> None:
    found = {one["id"]: one for one in told(client, "/api/figures/")["figures"]}
    assert set(found) == {one.id for one in queries.figures()}
    open_ones = [one for one in queries.figures() if not one.sensitive]
    assert all(found[one.id]["printed"] == one.printed for one in open_ones)
    assert all(found[one.id]["withheld"] == is_small(one) for one in queries.figures())


def test_one_figure_with_its_units_and_its_trace(client: Client) -> None:
    one = told(client, "/api/figures/kg-public-share/")
    assert len(one["by_county"]) == 11
    trace = told(client, "/api/figures/waters-174/trace/")
    assert trace["rules"] is not None
    assert trace["records"] == []
    schools = told(client, "/api/figures/schools-done-82/trace/", page="1")
    assert {one["register"] for one in schools["records"]} <= {"projects", "schools"}


def test_what_is_sensitive_tells_no_records(client: Client) -> None:
    sensitive = [one.id for one in queries.figures() if one.sensitive]
    assert sensitive
    for id in sensitive[:3]:
        found = told(client, f"/api/figures/{id}/trace/")
        assert (found["rows"], found["records"]) == (None, [])


def test_a_small_number_is_withheld_wherever_it_would_show(client: Client) -> None:
    from dataclasses import replace

    figure = next(one for one in queries.figures() if one.sensitive)
    few = replace(figure, value=3, numerator=None, denominator=None, printed="3人")
    shown = public_figure(few)
    assert shown["withheld"] is True
    assert {shown[name] for name in ("value", "numerator", "denominator", "rows", "holds", "address")} == {
        None
    }
    assert "3人" not in json.dumps(shown, ensure_ascii=False)


def test_a_sealed_promise_never_tells_how_many(client: Client) -> None:
    from dataclasses import replace

    found = told(client, "/api/promises/")["promises"]
    states = {one.id: one for one in queries.promises()}
    assert {one["id"] for one in found} == set(states)
    sealed = [one for one in found if one["sealed"]]
    assert sealed
    assert all(one["exceptions"] is None and one["among"] is None for one in sealed)
    broken = replace(states[sealed[0]["id"]], exceptions=4, holds=False)
    assert public_promise(broken)["exceptions"] is None
    assert told(client, f"/api/promises/{sealed[0]['id']}/")["id"] == sealed[0]["id"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/figures/nothing/", 404, "unknown-figure"),
        ("/api/figures/?colour=red", 400, "bad-filter"),
        ("/api/figures/?as_of=soon", 400, "bad-question"),
        ("/api/figures/?first=2023-01-01", 400, "bad-window"),
        ("/api/promises/nothing/", 404, None),
    ],
)
def test_what_is_not_there_is_refused(client: Client, address: str, status: int, code: str | None) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert code in {None, json.loads(answer.content)["code"]}
