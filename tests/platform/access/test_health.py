"""Whether the house stands, for whoever watches it."""

from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client, override_settings


@pytest.mark.django_db
def test_it_stands_and_says_nothing_else() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.django_db
def test_without_the_database_it_does_not_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: CursorWrapper, *arguments: Any) -> None:
        raise OperationalError("connection to server at 10.0.0.5, user junheng: refused")

    with monkeypatch.context() as broken:
        broken.setattr(CursorWrapper, "execute", away)
        answer = Client(raise_request_exception=False).get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "database-away"})
    assert "10.0.0.5" not in answer.content.decode()
    assert Client().get("/healthz").status_code == 200


@pytest.mark.django_db
def test_it_is_asked_without_https_by_whoever_stands_beside_it() -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        assert Client().get("/healthz").status_code == 200
        assert Client().get("/login/").status_code == 301


def test_it_is_asked_only(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
