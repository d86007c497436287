"""Large files and long lists go through jobs: preview, marked file, import, export, with the rights of their moment."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from junheng.domains.schools.models import School
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from junheng.platform.jobs.loop import Worker
from junheng.platform.jobs.models import Job, State
from junheng.platform.registers import uploads
from junheng.platform.registers.headings import MISTAKES
from junheng.platform.registers.views import files
from tests import cast
from tests.makers import areas, make_many
from tests.platform.registers.test_importing import PAGE, good, lines, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def officer(client: Client, monkeypatch: pytest.MonkeyPatch) -> Any:
    areas()
    user = cast.somebody(Role.COUNTY_OFFICER)
    client.force_login(user)
    monkeypatch.setattr(uploads, "SMALL_LINES", 2)
    return user


def run() -> int:
    return Worker(clock=timezone.now, once=True).run()


MANY = [good(code=f"214100000{number}", name=f"第{number}小学") for number in range(1, 6)]


def test_a_large_file_is_previewed_and_imported_by_jobs(client: Client, officer: Any) -> None:
    answer = send(client, lines(*MANY))
    assert answer.status_code == 302
    waiting = client.get(answer["Location"])
    assert "正在等待执行" in waiting.content.decode()
    run()
    page = client.get(answer["Location"])
    assert page.context["plan"].new == 5
    assert not School.objects.exists()
    assert client.post(PAGE, {"token": page.context["token"], "why": "核对"})["Location"] == "/jobs/"
    assert not School.objects.exists(), "nothing is done before a worker does it"
    run()
    assert School.objects.count() == 5
    assert {entry.why for entry in Entry.objects.all()} == {"核对（学校.csv）"}
    assert verify() is None
    assert "导入完成：新增 5 行，修改 0 行。" in client.get("/jobs/").content.decode()


def test_mistakes_come_back_in_the_cells(client: Client) -> None:
    answer = send(client, lines(*MANY, good(code="2141000009", since="9月1日")))
    run()
    page = client.get(answer["Location"])
    assert page.context["plan"].wrong == 1
    assert "H7" in page.content.decode()
    job = Job.objects.get(kind="import-preview")
    file = b"".join(client.get(f"/jobs/{job.pk}/file/").streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert "设立日" in str(sheet.cell(7, heads.index(MISTAKES) + 1).value)


def test_a_preview_is_its_sender_s_alone(client: Client) -> None:
    address = send(client, lines(*MANY))["Location"]
    run()
    client.force_login(cast.somebody(Role.COUNTY_OFFICER))
    assert client.get(address).status_code == 404


def test_rights_that_ended_meanwhile_are_missed(client: Client, officer: Any) -> None:
    page = send(client, lines(*MANY))["Location"]
    run()
    client.post(PAGE, {"token": client.get(page).context["token"], "why": "核对"})
    Grant.objects.filter(user=officer).update(until=timezone.localdate() - timedelta(days=1))
    run()
    job = Job.objects.get(kind="import-apply")
    assert (job.state, job.code) == (State.FAILED, "rights-ended")
    assert not School.objects.exists()


def test_a_long_export_is_a_job_and_whole(
    client: Client, officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LONG", 2)
    make_many(School, 5)
    assert client.get("/registers/schools/export/", {"format": "csv"})["Location"] == "/jobs/"
    run()
    job = Job.objects.get(kind="export")
    text = b"".join(client.get(f"/jobs/{job.pk}/file/").streaming_content).decode("utf-8-sig")
    assert len(text.splitlines()) == 7
    assert Entry.objects.get().after["rows"] == 5
    Grant.objects.filter(user=officer).update(until=timezone.localdate() - timedelta(days=1))
    assert client.get(f"/jobs/{job.pk}/file/")["X-Refusal"] == "rights-ended"


def test_an_upload_that_does_not_fit_on_the_disk_is_refused_and_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    uploads.folder()
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, before[1]))
    try:
        answer = send(client, lines(good()))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (answer.status_code, answer["X-Refusal"]) == (507, "disk-full")
    assert not list(uploads.folder().iterdir())
    assert not Job.objects.exists()


def test_a_gigabyte_is_refused_before_it_is_read(client: Client) -> None:
    answer = client.generic(
        "POST", PAGE, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(1 << 30)
    )
    assert (answer.status_code, answer["X-Refusal"]) == (413, "file-too-large")
