"""Who is helped, ill or in trouble is on no page of awards and admission: first it is put there to be found, then looked for.

Asked by somebody who holds every role of the city at once, the aid officer's too, and by a stranger. Neither may a page
tell it, nor may it ask the tables in which it stands: what was never read cannot be told by a later change of a page.
"""

import contextlib
import io
import logging
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import reverse

from junheng.domains.pupils.models import Pupil
from junheng.domains.schemes.models import SchemeApplication
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import RULES, Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers import every_register
from tests.browser.pages import PAGES
from tests.makers import make
from tests.small_house import built, own_house
from tests.surfaces.test_queries import address

__all__ = ["built", "own_house"]
pytestmark = pytest.mark.once
SEALED = ("aid", "partnerlists", "care", "guidance", "homevisits")
"""Rooms that hold what an award or a place at a school must never use: help, illness, misconduct, bullying."""
ASKED = (
    "schemes", "titles", "works", "awardfunds",
    "admissions", "intakes", "registrations", "placements", "quotaplaces",
)  # fmt: skip
"""The rooms of awards and of admission."""
MARK, SUM_FEN = "此语只为查漏而写", 98_765_432
TRACES = (MARK, str(SUM_FEN), "987654.32", "987,654.32", "98.765432", "98.77")
"""The words and the sum that are put there, and the ways in which the house prints a sum."""


@pytest.fixture
def pupils(own_house: Path) -> list[Pupil]:
    """Pupils who are themselves in these rooms: who applied, else some of the roll."""
    applied = SchemeApplication.objects.exclude(pupil=None).values_list("pupil", flat=True)[:3]
    found = list(Pupil.objects.filter(pk__in=list(applied)))
    return found or list(Pupil.objects.order_by("pk")[:3])


@pytest.fixture
def planted(own_house: Path, pupils: list[Pupil]) -> list[models.Model]:
    """One row in every table of the sealed rooms, about these pupils, in words and sums that are nowhere else.

    A register of the asked rooms that is empty in the small city gets a row too, so that it has a page to tell something.
    """
    for register in every_register().values():
        if register.model._meta.app_label in ASKED and not register.model._default_manager.exists():
            make(register.model)
    made = {
        model: plant(model, pupils[0]) for room in SEALED for model in apps.get_app_config(room).get_models()
    }
    missing = {
        register.slug for register in every_register().values() if made.get(register.model, True) is None
    }
    assert missing == set(), "a register of the sealed rooms without a row to be found"
    return [row for row in made.values() if row is not None]


def plant(model: type[models.Model], pupil: Pupil) -> models.Model | None:
    """A row whose every free word is the mark and whose every sum is the sum; of a table with rules of its own, as near as
    its rules let, and none of one that only a deed can write."""
    given: dict[str, Any] = {}
    for column in model._meta.concrete_fields:
        if column.is_relation and column.related_model is Pupil:
            given[column.name] = pupil
        elif column.name.endswith("_fen"):
            given[column.name] = SUM_FEN
        elif is_word(column):
            given[column.name] = MARK
    about = {name: value for name, value in given.items() if value is pupil}
    for facts in (given, about, {}):
        with contextlib.suppress(ValidationError, IntegrityError), transaction.atomic():
            row: models.Model = make(model, **facts)
            return row
    return None


def is_word(column: "models.Field[Any, Any]") -> bool:
    """Whether a column takes any word, and the whole mark."""
    free = isinstance(column, models.CharField) and not column.choices and not column.unique
    return free and column.editable and (column.max_length or 0) >= 40


def everybody(home: Path) -> Client:
    """Somebody who holds every role over the whole city."""
    user = User.objects.create(username="alle-rollen", display_name="查漏")
    for role in Role:
        if RULES[role].level == "area":
            Grant.objects.create(user=user, role=role, area="4108", since=date(2020, 9, 1))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def places() -> Iterator[str]:
    """Every page, list, row, history, export and program of the rooms of awards and admission."""
    for name, _who, path in PAGES.values():
        if name.partition(":")[0] in ASKED:
            yield path
    for slug, register in every_register().items():
        if register.model._meta.app_label not in ASKED:
            continue
        yield f"{reverse('registers:list', args=[slug])}?on=all"
        yield f"{reverse('registers:export', args=[slug])}?on=all&format=xlsx"
        yield f"{reverse('registers:export', args=[slug])}?on=all&format=csv"
        yield f"{reverse('api:register', args=[slug])}?on=all"
        for pk in register.model._default_manager.order_by("-pk").values_list("pk", flat=True)[:1]:
            yield from (
                reverse(f"registers:{view}", args=[slug, pk]) for view in ("detail", "history", "edit")
            )
            yield reverse("api:row", args=[slug, pk])


def said_by(client: Client, place: str) -> tuple[int, str, list[str]]:
    """What an address answers, and the statements that it asked of the database for that."""
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        answer = client.get(place)
        content = answer.getvalue() if answer.streaming else answer.content
    return answer.status_code, unpacked(content), asked


def unpacked(content: bytes) -> str:
    """A page as it is, and of a workbook all its parts."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def tables() -> set[str]:
    """The tables of the sealed rooms."""
    return {model._meta.db_table for room in SEALED for model in apps.get_app_config(room).get_models()}


def test_no_page_export_log_or_answer_of_awards_and_admission_shows_it(
    planted: list[models.Model], own_house: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    last = Entry.objects.order_by("-id").values_list("id", flat=True)[0]
    clients = {"every role": everybody(own_house), "a stranger": Client()}
    sealed, answered, leaks = tables(), 0, []
    for place in dict.fromkeys(places()):
        for who, client in clients.items():
            try:
                where = address(client, place)
            except AssertionError:  # the link that leads there is not shown to this person
                continue
            status, words, asked = said_by(client, where)
            answered += status == 200
            leaks += [f"{who}, {where}: {trace}" for trace in TRACES if trace in words]
            leaks += [
                f"{who}, {where} asks {table}" for table in sealed for sql in asked if f'"{table}"' in sql
            ]
    assert leaks == []
    assert answered > 150, "these rooms have pages"
    assert not [trace for trace in TRACES if trace in caplog.text]
    kept = Entry.objects.filter(id__gt=last).values_list("table", "before", "after", "why")
    assert not [row for row in kept if any(trace in str(row) for trace in TRACES)]


def test_it_is_there_to_be_found(planted: list[models.Model], own_house: Path) -> None:
    """So that the test above has something to find: in their own rooms the same finder finds words, sums and tables."""
    client, found, read = everybody(own_house), set(), set()
    slugs = {register.model: slug for slug, register in every_register().items()}
    for row in planted:
        if type(row) in slugs:
            place = reverse("registers:detail", args=[slugs[type(row)], row.pk])
            _status, words, asked = said_by(client, place)
            found |= {trace for trace in TRACES if trace in words}
            read |= {table for table in tables() for sql in asked if f'"{table}"' in sql}
    assert found & set(TRACES[1:]), "a sum"
    assert len(read) >= 5
