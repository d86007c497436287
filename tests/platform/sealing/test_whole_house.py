"""The whole house is asked: no identity number of anybody stands in plain words in any cell or any file of it."""

import io
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.utils import timezone

from junheng.domains.afterclass.models import Enrolment, Need
from junheng.domains.pupils.models import Child, Pupil
from junheng.platform.access.models import Grant
from junheng.platform.audit.history import verify
from junheng.platform.jobs.loop import Worker
from junheng.platform.jobs.models import Job
from junheng.platform.quality.models import Finding, Merge
from junheng.platform.registers import uploads
from junheng.platform.registers.views import files
from junheng.platform.sealing import Gone, migrating
from junheng.platform.stewardship.models import Proposal
from tests.platform.sealing.plainly import in_files, in_tables, numbers_in
from tests.small_house import built, house, own_house  # noqa: F401

pytestmark = pytest.mark.slow

EXCEPTIONS: dict[str, str] = {}
"""Columns and files where one may stand, with the reason. There are none."""


def known() -> set[str]:
    """The identity numbers of all pupils and children, and those behind pupils' numbers."""
    found = {one for model in (Pupil, Child) for row in model.objects.all() if (one := row.id_number)}
    found |= {row.code[1:] for row in Pupil.objects.all() if row.code[:1] == "G"}
    return {one for one in found if not isinstance(one, Gone)}


def told(home: Path, numbers: set[str]) -> list[str]:
    """Where one stands. In a table any number in order counts; in a file, whose cells run into one another, a known one."""
    found = {f"{where}: {number}" for where, number in in_tables() if where not in EXCEPTIONS}
    found |= {
        f"{where}: {one}" for where, one in in_files(home) if one in numbers and where not in EXCEPTIONS
    }
    return sorted(found)


def test_a_built_house_tells_nobody(house: Path) -> None:  # noqa: F811
    numbers = known()
    assert len(numbers) > 5_000
    assert numbers_in(f"G{min(numbers)}".encode()) == {min(numbers)}, "what stands there would be found"
    assert told(house, numbers) == []


def test_a_used_house_tells_nobody(
    own_house: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Numbers are put wherever people put them: searched, imported well and badly, proposed, merged, exported, asked."""
    monkeypatch.setattr(uploads, "SMALL_LINES", 3)
    monkeypatch.setattr(files, "LONG", 20)
    pupils = list(Pupil.objects.filter(until=None).order_by("pk")[:60])
    officer = signed_in("county_officer", area=pupils[0].area_id[:6])
    principal = signed_in("principal", school=pupils[0].school_id)
    one = pupils[0]
    page = f"/registers/pupils/{one.pk}/"
    list_page = "/registers/pupils/"

    for words in (one.code, one.id_number, f"{one.name} {one.code}"):
        officer.get(list_page, {"q": words, "on": "all"}, follow=True)
        officer.post(list_page, {"q": words, "on": "all"}, follow=True)
        officer.get("/registers/pupils/export/", {"q": words, "on": "all", "format": "csv"}).close()
        officer.get("/search/", {"q": words}, follow=True)
        officer.post("/views/pupils/save/", {"name": "找人", "query": f"q={words}"})
    assert officer.post(f"{page}unmask/", {"why": "核对"}).status_code == 200
    assert officer.post(f"{page}unmask/", {"why": f"核对{one.code}"})["X-Refusal"] == "number-in-words"
    officer.post("/registers/pupils/export/?format=xlsx&on=all", {"why": "上级核对学籍"})
    officer.post("/registers/pupils/export/?format=csv&on=all", {"why": "上级核对学籍"})

    send(officer, "\n".join(f"{each.code},{each.since},{each.name}甲" for each in pupils[:2]))
    send(officer, "\n".join(f"{each.code},{each.since},{each.name}乙" for each in pupils))
    send(officer, "\n".join(f"{each.code},{each.code},{each.id_number}" for each in pupils))
    wrong = send(officer, f"{one.code}7,{one.since},{one.id_number}")
    officer.post("/registers/pupils/import/marked/", {"token": token_in(wrong)}).close()
    Worker(clock=timezone.now, once=True).run()
    for job in Job.objects.filter(kind="import-preview"):
        shown = officer.get(f"/registers/pupils/import/?job={job.pk}")
        officer.post("/registers/pupils/import/", {"token": token_in(shown), "why": "更正姓名"})
    Worker(clock=timezone.now, once=True).run()

    edited(principal, page, code=f"L{one.code[1:15]}0001", until="")
    edited(officer, f"/registers/pupils/{pupils[5].pk}/", code=f"J{pupils[5].code[1:]}")
    for each in Proposal.objects.filter(state="pending"):
        officer.post("/stewardship/decide/", {"number": each.pk, "choice": "approve", "why": "属实"})
    double = Finding.objects.get(code="pupil-double", gone_at=None)
    for model in (Need, Enrolment):
        model.objects.filter(pupil=double.other).delete()  # of each a pupil has one
    boss = signed_in("city_section", area="4108")
    boss.post(
        f"/quality/{double.pk}/merge/", {"keep": double.row, "field-code": double.other, "why": "同一人"}
    )

    numbers = known() | {each.code[1:] for each in pupils}
    assert Job.objects.filter(state="done").count() >= 3
    assert Proposal.objects.filter(register="pupils").exists()
    assert Merge.objects.filter(register="pupils").exists()
    assert Pupil.objects.get(pk=pupils[9].pk).name.endswith("乙")
    assert list((own_house / "jobs").glob("*.result"))
    assert list((own_house / "uploads").iterdir())
    assert told(own_house, numbers) == []
    assert verify() is None


def signed_in(role: str, **where: Any) -> Client:
    """A browser of somebody of the demonstration with this role there."""
    grant = Grant.objects.filter(role=role, **where).first()
    assert grant is not None, (role, where)
    client = Client(HTTP_HOST="localhost")
    client.force_login(get_user_model().objects.get(pk=grant.user_id))
    return client


def send(client: Client, lines: str) -> Any:
    """Upload a file of pupils."""
    file = SimpleUploadedFile(f"{lines[:19]}.csv", f"学籍号,入学日,姓名\n{lines}\n".encode())
    return client.post("/registers/pupils/import/", {"file": file}, follow=True)


def token_in(answer: Any) -> str:
    """The token of a preview."""
    with suppress(TypeError, KeyError):
        return str(answer.context["token"])
    return ""


def edited(client: Client, page: str, **facts: str) -> None:
    """Change a row by its form."""
    form = client.get(f"{page}edit/").context["form"]
    texts = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else str(value) for name, value in texts.items()}
    version = client.get(f"{page}edit/").context["version"]
    answer = client.post(
        f"{page}edit/",
        data | facts | {"version": version, "why": "登错更正", "explanation": "核对户口簿后更正的说明"},
    )
    assert answer.status_code == 302, answer.content.decode()[:3000]


def forget(*rooms: str) -> None:
    """Leave out what an older house had no place for, so that there is a way back to it."""
    tables = [model._meta.db_table for room in rooms for model in apps.get_app_config(room).get_models()]
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')


def test_an_older_house_is_sealed_and_tells_nobody(
    own_house: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Plain numbers are put back as they stood; sealing is killed on the way, goes on, and leaves none in any page."""
    numbers = known()
    codes = {row.pk: row.code for row in Pupil.objects.all()}
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    forget("works", "schemes")
    MigrationExecutor(connection).migrate([("pupils", "0003_consents")])
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE pupils_pupil SET code = %s WHERE id = %s", [(code, pk) for pk, code in codes.items()]
        )
    assert {where for where, _number in in_tables()} == {"pupils_pupil.code"}, "there is something to seal"
    monkeypatch.setattr(migrating, "CHUNK", 500)
    with pytest.raises(RuntimeError), killed_after(monkeypatch, 1_200):
        MigrationExecutor(connection).migrate(leaves)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pupils_pupil WHERE code LIKE '~%%'")
        assert cursor.fetchone()[0] == 1_000, "whole batches stay"
    MigrationExecutor(connection).migrate(leaves)
    assert {row.pk: row.code for row in Pupil.objects.all()} == codes
    pk, code = next(iter(codes.items()))
    assert Pupil.objects.get(code=code).pk == pk
    assert told(own_house, numbers) == []
    out = io.StringIO()
    call_command("makemigrations", "--check", "--dry-run", "pupils", stdout=out)
    assert verify() is None


class killed_after:  # noqa: N801 — reads as a sentence
    """Have the sealing fail after so many rows."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
        self.patch, self.left = monkeypatch, rows

    def __enter__(self) -> None:
        whole = migrating.sealed_cell

        def counted(*arguments: Any) -> Any:
            self.left -= 1
            if self.left < 0:
                raise RuntimeError("killed")
            return whole(*arguments)

        self.patch.setattr(migrating, "sealed_cell", counted)
        self.undo = lambda: self.patch.setattr(migrating, "sealed_cell", whole)

    def __exit__(self, *_wrong: object) -> None:
        self.undo()
