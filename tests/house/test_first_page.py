"""The working page is made once before the house serves: it is the page somebody sees, and leaves nothing behind."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from junheng.platform.access.roles import Role
from junheng.project import wsgi
from junheng.surfaces.desk import home
from tests.domains import makers

pytestmark = pytest.mark.django_db


def test_the_page_is_made_for_somebody_and_only_read(monkeypatch: pytest.MonkeyPatch) -> None:
    made, page_of = [], home.workplace

    def kept(request: Any) -> Any:
        made.append(page := page_of(request))
        return page

    officer = makers.user(Role.COUNTY_OFFICER, area="410802")
    monkeypatch.setattr(home, "workplace", kept)
    with CaptureQueriesContext(connection) as asked:
        wsgi.first_page()
    assert made[0].status_code == 200
    assert str(officer) in made[0].content.decode()
    assert len(asked) > 5
    assert [one["sql"] for one in asked if not one["sql"].lstrip("(").startswith("SELECT")] == []


def test_an_empty_house_has_nobody_to_make_it_for() -> None:
    wsgi.first_page()
