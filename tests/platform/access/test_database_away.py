"""A database that is gone for a minute: a clear page, and the house answers again as soon as it is back."""

from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client


@pytest.mark.django_db
def test_a_database_that_is_away_is_a_page_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: CursorWrapper, *arguments: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    browser = Client(raise_request_exception=False)
    with monkeypatch.context() as broken:
        broken.setattr(CursorWrapper, "execute", away)
        answer = browser.get("/login/", HTTP_COOKIE="sessionid=somebody")
        other = browser.post("/login/", {"username": "li", "password": "x"})
    assert answer.status_code in {200, 503}, "a page that asks nothing may stand without it"
    assert (other.status_code, other["Retry-After"]) == (503, "10")
    assert "没有保存" in other.content.decode()
    assert browser.get("/login/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/login/?next=%00", "/registers/schools/?q=%00"])
def test_a_character_that_no_database_keeps_is_refused(path: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer["X-Refusal"]) == (400, "bad-request")
