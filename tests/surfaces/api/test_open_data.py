"""Open data: public fields of public rows, each version kept under its digest."""

import csv
import hashlib
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from junheng.domains.kindergartens.models import Kindergarten, Recognition
from junheng.domains.schools.models import School
from junheng.platform.registers import every_register
from junheng.surfaces.api import open_data
from tests.makers import make
from tests.makers.rows import BEGUN
from tests.surfaces.api.cases import told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(tmp_path: Any, settings: Any) -> None:
    settings.JUNHENG_HOME = tmp_path
    open_data.made.cache_clear()


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_file_holds_public_fields_of_public_rows(client: Client) -> None:
    held = make(Recognition, decision="recognised", decided_on=BEGUN, since=BEGUN)
    make(Recognition)
    garden = make(Kindergarten, name="=cmd|x", fee_fen=72_050)
    (one,) = rows(client.get("/open-data/recognitions.csv"))
    assert (one["id"], one["kindergarten"]) == (str(held.pk), held.kindergarten.code)
    assert "decision" not in one
    (guarded,) = [
        row for row in rows(client.get("/open-data/kindergartens.csv")) if row["id"] == str(garden.pk)
    ]
    assert (guarded["name"], guarded["fee_fen"]) == ("'=cmd|x", "72050")
    assert "phone" not in guarded


def test_a_version_stays_when_the_register_moves_on(client: Client) -> None:
    make(School)
    first = client.get("/open-data/schools.csv")
    assert hashlib.sha256(first.content).hexdigest() == first["X-Digest"].removeprefix("sha256=")
    assert client.get("/open-data/schools.csv")["X-Version"] == first["X-Version"]
    make(School)
    open_data.made.cache_clear()
    assert client.get("/open-data/schools.csv")["X-Version"] != first["X-Version"]
    kept = client.get(f"/open-data/schools-{first['X-Version']}.csv")
    assert kept.content == first.content
    assert "immutable" in kept["Cache-Control"]


def test_the_catalogue_and_its_page_list_every_open_register(client: Client) -> None:
    files = told(client.get(reverse("api:open-catalogue")))["files"]
    assert {one["register"] for one in files} == {one.slug for one in open_data.open_registers()}
    for one in files:
        assert client.get(one["address"])["X-Digest"] == f"sha256={one['sha256']}"
    page = client.get(reverse("api:open-data")).content.decode()
    assert all(one["address"] in page for one in files)


@pytest.mark.parametrize(
    "name", ["pupils", "carecases", "nothing", "schools-20231231-000000000000", "schools-x"]
)
def test_what_is_not_open_is_not_there(client: Client, name: str) -> None:
    assert client.get(f"/open-data/{name}.csv").status_code == 404


def test_registers_that_name_their_readers_are_never_open() -> None:
    closed = {slug for slug, one in every_register().items() if one.readers is not None}
    assert not closed & {one.slug for one in open_data.open_registers()}
