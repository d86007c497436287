"""A request that gave way to another is tried once more, unless something of it was kept already."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from junheng.domains.areas.models import Area
from junheng.kernel.errors import Conflict
from junheng.platform.access import again

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="only a server ends somebody's transaction"
    ),
]
TRIES: list[str] = []
PLAN: dict[str, Any] = {}


def deed(request: HttpRequest) -> HttpResponse:
    """Write a row, give way as often as the plan says, answer with what was sent."""
    TRIES.append(request.POST.get("name", ""))
    if PLAN.get("kept_before"):
        Area.objects.get_or_create(code="410801", defaults={"name": "前", "kind": "county"})
    with transaction.atomic():
        Area.objects.create(code="410802", name=request.POST["name"], kind="county")
        if len(TRIES) <= PLAN["gives_way"]:
            with connection.cursor() as cursor:
                cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{PLAN['code']}'; END $$")
    if PLAN.get("refused"):
        raise Conflict("too-late", "已经有人办过了。")
    return HttpResponse(request.POST["name"] + request.FILES["file"].read().decode())


urlpatterns = [path("deed/", deed), path("", include("junheng.project.urls"))]


@pytest.fixture
def browser() -> Iterator[Client]:
    TRIES.clear()
    PLAN.clear()
    PLAN["code"] = "40P01"
    with override_settings(ROOT_URLCONF=__name__):
        yield Client()


def ask(browser: Client) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return browser.post("/deed/", {"name": "解放", "file": SimpleUploadedFile("a.txt", "区".encode())})


@pytest.mark.parametrize("code", sorted(again.GAVE_WAY))
@pytest.mark.parametrize("times", [0, 1, again.TIMES])
def test_the_deed_is_done_once_and_answered_as_if_nothing_had_been(
    browser: Client, code: str, times: int
) -> None:
    PLAN.update(gives_way=times, code=code)
    answer = ask(browser)
    assert (answer.status_code, answer.content.decode()) == (200, "解放区")
    assert len(TRIES) == times + 1
    assert list(Area.objects.values_list("code", "name")) == [("410802", "解放")]


def test_it_is_not_tried_for_ever(browser: Client) -> None:
    PLAN.update(gives_way=99)
    with pytest.raises(OperationalError):
        ask(browser)
    assert len(TRIES) == again.TIMES + 1
    assert not Area.objects.exists()


def test_what_was_kept_is_not_done_twice(browser: Client) -> None:
    PLAN.update(gives_way=1, kept_before=True)
    with pytest.raises(OperationalError):
        ask(browser)
    assert len(TRIES) == 1


def test_another_fault_is_not_ours_to_repeat(browser: Client) -> None:
    PLAN.update(gives_way=1, code="53100")
    with pytest.raises(OperationalError):
        ask(browser)
    assert len(TRIES) == 1


def test_a_refusal_of_the_second_try_is_the_answer(browser: Client) -> None:
    PLAN.update(gives_way=1, refused=True)
    answer = ask(browser)
    assert (answer.status_code, answer["X-Refusal"]) == (409, "too-late")
