"""Tokens: shown once, kept as a digest, never wider than their owner, and over when somebody says so."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.domains.schools.models import School
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.models import Grant
from junheng.platform.audit.models import Entry
from junheng.platform.tokens.actions import MOST, make_token, revoke
from junheng.platform.tokens.asking import MOST_FAILURES
from junheng.platform.tokens.models import Token
from tests import cast
from tests.makers import make
from tests.makers.rows import THERE
from tests.surfaces.api.cases import Program, program_of, token_of, told

pytestmark = pytest.mark.django_db
LIST = "/api/registers/schools/"


def days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def seen(program: Program) -> set[int]:
    answer = program.get(LIST, {"as_of": "all"})
    assert answer.status_code == 200, answer.content
    return {row["id"] for row in told(answer)["rows"]}


def test_the_page_shows_a_token_once(client: Client) -> None:
    user = cast.somebody("county_officer")
    client.force_login(user)
    form = {"name": "考务系统", "scope": "read", "until": days(30).isoformat(), "registers": ["schools"]}
    page = client.post(reverse("tokens:mine"), form)
    text = page.context["secret"]
    assert text in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    later = client.get(reverse("tokens:mine")).content.decode()
    assert text not in later
    assert "考务系统" in later
    assert Program(text).get(LIST).status_code == 200


def test_nothing_of_the_secret_is_kept() -> None:
    token, text = token_of(cast.somebody("county_officer"))
    secret = text.rsplit("_", 1)[1]
    stored = str(Token.objects.filter(pk=token.pk).values().get())
    entry = Entry.objects.get(table="tokens.token", verb="create")
    assert secret not in stored
    assert secret not in str(entry.after)
    assert token.digest not in str(entry.after)
    assert entry.after["name"] == "考务系统"


def test_making_and_revoking_are_in_the_chain_once() -> None:
    user = cast.somebody("county_officer")
    token, _text = token_of(user)
    revoke(token.pk, by=user, at=timezone.now())
    revoke(token.pk, by=user, at=timezone.now())
    entries = Entry.objects.filter(table="tokens.token", row=token.pk).order_by("id")
    assert [(one.verb, one.who) for one in entries] == [("create", user.username), ("retire", user.username)]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": " "}, "token-name-missing"),
        ({"scope": "all"}, "bad-token-scope"),
        ({"until": 0}, "bad-token-end"),
        ({"until": 367}, "bad-token-end"),
        ({"registers": ["nothing"]}, "unknown-register"),
    ],
)
def test_a_token_that_makes_no_sense_is_refused(given: dict[str, Any], code: str) -> None:
    sound: dict[str, Any] = {"name": "x", "scope": "read", "registers": [], "until": 366} | given
    sound["until"] = days(sound["until"])
    with pytest.raises(Refusal) as refused:
        make_token(**sound, by=cast.somebody("county_officer"), at=timezone.now())
    assert refused.value.code == code


def test_nobody_has_more_than_so_many() -> None:
    user = cast.somebody("county_officer")
    for _ in range(MOST):
        token_of(user)
    with pytest.raises(Refusal, match="20"):
        token_of(user)


def test_only_the_owner_revokes() -> None:
    token, text = token_of(cast.somebody("county_officer"))
    with pytest.raises(NotFound):
        revoke(token.pk, by=cast.somebody("city_section"), at=timezone.now())
    assert Program(text).get(LIST).status_code == 200


def test_a_token_sees_what_its_owner_sees_and_no_more() -> None:
    inside, outside = make(School), make(School, where=THERE)
    found = seen(program_of(cast.somebody("county_officer"), scope="read"))
    assert inside.pk in found
    assert outside.pk not in found


def test_after_revocation_it_opens_nothing() -> None:
    user = cast.somebody("county_officer")
    token, text = token_of(user)
    assert Program(text).get(LIST).status_code == 200
    revoke(token.pk, by=user, at=timezone.now())
    answer = Program(text).get(LIST)
    assert (answer.status_code, told(answer)["code"]) == (401, "bad-token")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_on_its_last_day_it_opens_and_on_the_next_not() -> None:
    token, text = token_of(cast.somebody("county_officer"), until=days(1))
    assert Program(text).get(LIST).status_code == 200
    Token.objects.filter(pk=token.pk).update(until=days(0))
    assert Program(text).get(LIST).status_code == 401


def test_when_the_owners_grant_ends_only_the_public_is_left() -> None:
    user = cast.somebody("county_officer")
    school = make(School)
    program = program_of(user)
    assert "since" in told(program.get(f"{LIST}{school.pk}/"))
    Grant.objects.filter(user=user).update(until=days(0))
    assert "principal" not in told(program.get(f"{LIST}{school.pk}/"))
    assert program.get("/api/registers/pupils/").status_code == 404
    answer = program.patch(f"{LIST}{school.pk}/", {"values": {"name": "改"}, "why": "试"}, If_Match='"0"')
    assert answer.status_code == 403


def test_a_closed_account_opens_nothing() -> None:
    user = cast.somebody("county_officer")
    program = program_of(user)
    user.is_active = False
    user.save()
    assert program.get(LIST).status_code == 401


def test_a_reading_token_does_not_write_and_one_of_a_register_opens_no_other() -> None:
    user = cast.somebody("county_officer")
    school = make(School)
    change = {"values": {"name": "改"}, "why": "试"}
    reading = program_of(user, scope="read")
    assert reading.patch(f"{LIST}{school.pk}/", change, If_Match='"0"').status_code == 403
    narrow = program_of(user, registers=("waters",))
    assert narrow.get("/api/registers/waters/").status_code == 200
    assert narrow.get("/api/registers/pupils/").status_code == 404
    assert narrow.patch(f"{LIST}{school.pk}/", change, If_Match='"0"').status_code == 403
    school.refresh_from_db()
    assert school.name != "改"


def test_the_last_use_is_noted() -> None:
    token, text = token_of(cast.somebody("county_officer"))
    Program(text).get(LIST)
    token.refresh_from_db()
    assert token.used_at is not None


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic abc", "Bearer jh_" + "0" * 16 + "_" + "é" * 64]
)
def test_what_is_no_token_is_refused(header: str) -> None:
    program = Program()
    program.heads = {"Authorization": header}
    assert program.get(LIST).status_code == (401 if header else 200)


def test_who_guesses_is_told_to_wait_while_a_right_token_is_heard() -> None:
    _token, text = token_of(cast.somebody("county_officer"))
    wrong = text[:-4] + "0000"
    answers = [Program(wrong).get(LIST).status_code for _ in range(MOST_FAILURES + 1)]
    assert answers == [401] * MOST_FAILURES + [429]
    assert Program(text).get(LIST).status_code == 200


def test_a_login_does_not_write_through_the_door_of_programs(client: Client) -> None:
    user = cast.somebody("county_officer")
    school = make(School)
    client.force_login(user)
    answer = client.patch(
        f"{LIST}{school.pk}/", {"values": {"name": "改"}, "why": "试"}, content_type="application/json"
    )
    assert (answer.status_code, told(answer)["code"]) == (401, "token-needed")
