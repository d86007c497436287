"""Where a request came from is asked in one place, so that behind a proxy everybody is counted alone."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from junheng.platform.access.address import address_of
from junheng.platform.access.roles import Role
from junheng.platform.accounts.models import Visit
from tests import cast
from tests.house.tree import files, name
from tests.platform.access.test_doors import PASSWORD

PROXY = ("HTTP_X_FORWARDED_PROTO", "https")
RAW = ("REMOTE_ADDR", "X-Forwarded-For", "HTTP_X_FORWARDED_FOR", "ipware")


def test_nobody_else_reads_where_a_request_came_from() -> None:
    found = {
        name(path)
        for path in files(".py", under="src")
        if any(word in path.read_text("utf-8") for word in RAW)
    }
    assert found == {"src/junheng/platform/access/address.py"}


@pytest.mark.parametrize(
    ("said", "is_said"),
    [
        ("203.0.113.9", True), ("10.7.7.1, 203.0.113.9", True), ("203.0.113.9, ", False), ("", False),
        ("unknown", False), ("203.0.113.9:4711", False), ("fe80::1%" + "e" * 60, False),
    ],
)  # fmt: skip
def test_the_last_address_that_the_proxy_names(settings: Any, said: str, is_said: bool) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=said)
    assert address_of(request) == "10.0.0.1"  # without a proxy anybody may write into the header
    settings.SECURE_PROXY_SSL_HEADER = PROXY
    assert address_of(request) == ("203.0.113.9" if is_said else "10.0.0.1")


@pytest.mark.django_db
def test_behind_a_proxy_nobody_locks_somebody_else_out(client: Client, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = PROXY
    member = cast.somebody(Role.COUNTY_OFFICER)
    member.set_password(PASSWORD)
    member.save()
    stranger, owner = ({"HTTP_X_FORWARDED_FOR": each} for each in ("203.0.113.9", "203.0.113.10"))
    tries = [
        client.post("/login/", {"username": member.username, "password": "wrong"}, **stranger)
        for _ in range(5)
    ]
    assert tries[-1].status_code == 429
    answer = client.post("/login/", {"username": member.username, "password": PASSWORD}, **owner)
    assert answer.status_code == 302
    assert Visit.objects.get().address == "203.0.113.10"
