"""A house in which nothing was frozen yet: the front opens, the login works, and pages of figures say what to do."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import somebody

pytestmark = pytest.mark.django_db


def test_the_front_opens_before_there_is_anything_to_show(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "教育数据公开" in answer.content.decode()


def test_the_working_page_opens_before_there_is_anything_to_do(client: Client) -> None:
    client.force_login(
        somebody("city_office", area="4108"), backend="django.contrib.auth.backends.ModelBackend"
    )
    answer = client.get("/")
    assert answer.status_code == 200
    assert "今天要做的事" in answer.content.decode()


def test_figures_say_that_nothing_was_frozen(client: Client) -> None:
    client.force_login(
        somebody("city_office", area="4108"), backend="django.contrib.auth.backends.ModelBackend"
    )
    for path in ("/figures/", "/overview/", "/promises/", "/chapters/safety/"):
        answer = client.get(path)
        assert (answer.status_code, answer["X-Refusal"]) == (404, "nothing-frozen"), path


@pytest.mark.parametrize(
    "path",
    ["/overview/", "/figures/", "/promises/", "/checker/", "/reports/", "/search/", "/chapters/safety/"],
)
def test_the_desk_asks_a_stranger_to_log_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={path}")


def test_the_login_page_lists_people_in_a_demonstration_and_nowhere_else(
    client: Client, settings: Any
) -> None:
    somebody("city_office", area="4108")
    settings.DEMO = False
    shown = client.get("/login/").content.decode()
    assert "演示账号" not in shown
    assert "演示数据" not in shown
    settings.DEMO = True
    shown = client.get("/login/").content.decode()
    assert "演示账号" in shown
    assert "演示数据" in shown


def test_an_unpublished_report_looks_absent(client: Client) -> None:
    assert client.get("/news/draft-of-tomorrow/").status_code == 404


def test_pages_forbid_script_and_style_of_their_own(client: Client) -> None:
    policy = client.get("/login/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_menu_marks_the_page_that_is_open(client: Client) -> None:
    client.force_login(
        somebody("city_office", area="4108"), backend="django.contrib.auth.backends.ModelBackend"
    )
    shown = client.get("/checker/").content.decode()
    assert shown.count('aria-current="page"') == 1
    assert '<a href="/checker/" aria-current="page">' in shown
