"""The fast lane: the good case without Django, everything else to the ordinary page."""

import io
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.utils import timezone

from junheng.domains.intakes.models import Intake
from junheng.domains.registrations.models import Application
from junheng.domains.registrations.portal import lane as lanes
from junheng.domains.registrations.portal.lane import lane
from junheng.domains.registrations.queries.faults import busy
from junheng.domains.registrations.queries.passes import give_pass
from junheng.domains.registrations.queries.sheets import sheet_of
from junheng.project.lane import made
from tests.domains.registrations import season
from tests.domains.registrations.season import DURING, form


@pytest.fixture
def intake(places: Any, monkeypatch: pytest.MonkeyPatch) -> Intake:
    monkeypatch.setattr(timezone, "now", lambda: DURING)
    made = season.intake()
    sheet_of(made.pk)
    return made


class Asked:
    """One request through the lane: what it answered, or that the house got it."""

    def __init__(self, body: bytes) -> None:
        self.status, self.headers, self.passed_on = "", {}, b""
        environ = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        self.body = b"".join(lane(environ, self.start, self.house))

    def start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, dict(headers)

    def house(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        self.passed_on = environ["wsgi.input"].read()
        start("200 OK", [])
        return [b""]


def body(intake: Intake, **given: str) -> bytes:
    draft = season.draft(intake)
    held = give_pass(
        intake=intake.pk, draft=draft.pk, request_key=draft.request_key, channel="phone", entered_by="",
        shown=frozenset(), at=DURING,
    )  # fmt: skip
    return urlencode(form(**given) | {"pass": held}).encode()


def test_a_form_in_order_is_answered_without_the_house(intake: Intake) -> None:
    sent = body(intake)
    first, again = Asked(sent), Asked(sent)
    assert (first.status, first.passed_on) == ("303 See Other", b"")
    assert first.headers["Location"] == "/registrations/receipt/"
    assert first.headers["X-Receipt"] == again.headers["X-Receipt"] == Application.objects.get().code
    assert "HttpOnly" in first.headers["Set-Cookie"]
    assert "frame-ancestors 'none'" in first.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "given", [{"choice1": "2141999999"}, {"truthful": ""}, {"has": "household,property"}]
)
def test_what_is_wrong_goes_to_the_house_as_it_came(intake: Intake, given: dict[str, str]) -> None:
    sent = body(intake, **given)
    asked = Asked(sent)
    assert (asked.status, asked.passed_on) == ("200 OK", sent)
    assert not Application.objects.exists()


def test_what_is_no_form_goes_to_the_house(intake: Intake) -> None:
    for sent in (b"pass=x", b"\xff\xfe", b"a=" + b"%" * 10, b"&".join([b"a=1"] * 100)):
        assert Asked(sent).passed_on == sent
    second = body(intake, guardian="李小红")
    Asked(body(intake))
    assert Asked(second).passed_on == second, "the second parent is told on a page"


@pytest.mark.parametrize("why", [busy(), OperationalError("away")])
def test_who_has_to_wait_is_told_so_and_keeps_the_form(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, why: Exception
) -> None:
    def refuse(_thing: Any) -> None:
        raise why

    sent = body(intake, room='3"><b>单元'.replace('"><b>', ""))
    monkeypatch.setattr(lanes, "write", refuse)
    asked = Asked(sent)
    page = asked.body.decode()
    assert asked.status == "503 Service Unavailable"
    assert 2 <= int(asked.headers["Retry-After"]) <= 6
    assert f'data-wait="{asked.headers["Retry-After"]}"' in page
    assert 'name="pass"' in page
    assert f'value="{season.id_number(1)}"' in page


class Answered(list[bytes]):
    """An answer as Django gives it."""

    def __init__(self, *pieces: bytes, streaming: bool = False) -> None:
        super().__init__(pieces)
        self.streaming, self.closed = streaming, False

    def close(self) -> None:
        self.closed = True


def test_a_page_is_made_whole_and_a_file_is_handed_out_in_pieces() -> None:
    for answer in (Answered(b"a", b"b"), Answered(b"a", b"b", streaming=True)):
        said: list[tuple[Any, ...]] = []

        def house(environ: dict[str, Any], start: Any, answer: Answered = answer) -> Answered:
            start("200 OK", [("X", "y")])
            return answer

        content = made(house, {}, said)
        assert said == [("200 OK", [("X", "y")])]
        assert list(content) == [b"a", b"b"]
        assert answer.closed is not answer.streaming
        assert (content is answer) is answer.streaming
