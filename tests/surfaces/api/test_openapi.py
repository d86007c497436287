"""The description is made from the declarations, is committed, and says what the addresses do."""

import json
import os
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from junheng.platform.registers import every_register
from junheng.surfaces.api.openapi import document, text
from tests.house.tree import ROOT

FILE = ROOT / "docs" / "reference" / "openapi.json"


def test_the_committed_description_is_todays() -> None:
    if os.environ.get("JUNHENG_WRITE_DOCS"):
        FILE.write_text(text(), encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == text(), (
        "write it anew: JUNHENG_WRITE_DOCS=1 pytest " + __name__
    )


def test_every_pointer_leads_somewhere() -> None:
    whole = document()

    def pointers(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            return own + [one for value in part.values() for one in pointers(value)]
        return [one for value in part for one in pointers(value)] if isinstance(part, list) else []

    for pointer in set(pointers(whole)):
        here: Any = whole
        for step in pointer.removeprefix("#/").split("/"):
            here = here[step]


def test_every_register_and_every_address_is_described() -> None:
    paths = document()["paths"]
    assert {slug for slug in every_register() if f"/api/registers/{slug}/" in paths} == set(every_register())
    resolver = get_resolver()
    for path in paths:
        assert resolver.resolve(path.replace("{pk}", "1").replace("{id}", "x")).url_name


def test_operations_have_names_of_their_own() -> None:
    names = [
        one["operationId"]
        for item in document()["paths"].values()
        for method, one in item.items()
        if method in {"get", "post", "patch"}
    ]
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_it_is_served_with_a_page_of_its_own(client: Client) -> None:
    answer = client.get(reverse("api:openapi"))
    assert json.loads(answer.content) == json.loads(text())
    assert client.get(reverse("api:openapi"), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    page = client.get(reverse("api:about"))
    assert page.status_code == 200
    assert "/api/registers/schools/{pk}/" in page.content.decode()
    assert '<script src="http' not in page.content.decode()
