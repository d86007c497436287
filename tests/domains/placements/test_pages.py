"""Pages of the office, of everybody, and of a family."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from junheng.domains.placements.models import Contributor, Draw, Listed, Placement, PublicValue, Run
from junheng.domains.registrations.models import Application, Choice, Objection
from junheng.domains.registrations.queries.keys import secret_of
from junheng.kernel.lottery import Algorithm, commitment_of
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.jobs import loop, working
from tests.domains import makers
from tests.domains.intakes.fields import DAYS
from tests.domains.placements.autumn import AFTER, CLOSED, DRAWN, DURING, RELEASED, SECRETS, Autumn

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_to(moment: Any) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_to


def test_the_office_walks_from_the_draw_to_the_release(
    client: Client, at: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.JUNHENG_HOME = tmp_path
    monkeypatch.setattr(working, "close_old_connections", lambda: None)
    autumn = Autumn()
    code = autumn.intake.code
    base = f"/placements/office/{code}/"

    def post(path: str, who: Any = autumn.one, **given: Any) -> Any:
        client.force_login(who)
        return client.post(base + path, given)

    at(DURING)
    bad = post("prepare/", contributors="notary", sources="x", fallback="f")
    assert bad.status_code == 422
    assert "每行须是代码和名称" in bad.content.decode()
    done = post(
        "prepare/", contributors="notary 公证处\nparents 家长代表\n", fallback="fallback-2024",
        sources="welfare-2024095 2024-08-14T10:00 福利彩票第2024095期\n",
    )  # fmt: skip
    assert done.status_code == 302, done.content.decode()
    for row in Contributor.objects.all():
        digest = commitment_of(Algorithm.SM3, *SECRETS[row.name])
        assert post(f"commit/{row.pk}/", digest=digest).status_code == 302
    assert client.get(f"/placements/{code}/").status_code == 404, (
        "nothing is public before the list is closed"
    )
    at(CLOSED)
    assert post("close/", why="审核完毕").status_code == 302
    page = client.get(base).content.decode()
    assert "须另一人同意" in page
    assert post("close/", why="审核完毕").status_code == 403
    assert post("close/", autumn.two, why="同意").status_code == 302
    draw = Draw.objects.get()
    assert draw.root in client.get(f"/placements/{code}/").content.decode()
    first = Contributor.objects.get(name="notary")
    assert post(f"reveal/{first.pk}/", nonce="n1", secret="s1").status_code == 302
    at(DRAWN)
    value = PublicValue.objects.get()
    for who in (autumn.one, autumn.two):
        assert post(f"value/{value.pk}/", who, value="01 02 03").status_code == 302
    assert post("draw/").status_code == 302
    assert post("draw/").status_code == 409
    assert post("run/").status_code == 302
    assert "正在计算" in client.get(base).content.decode()
    assert loop.Worker(clock=lambda: DRAWN, once=True).run() >= 1
    run = Run.objects.get()
    assert run.faults == []
    public = client.get(f"/placements/{code}/").content.decode()
    assert "未揭示，按代用值计入" in public
    assert run.root not in public, "no result before the release"
    assert client.get(f"/placements/{code}/folder.zip").status_code == 404
    assert client.get(f"/placements/{code}/numbers.csv").status_code == 200
    at(RELEASED)
    assert post(f"release/{run.pk}/").status_code == 302
    assert post(f"release/{run.pk}/", autumn.two).status_code == 302
    public = client.get(f"/placements/{code}/").content.decode()
    assert run.root in public
    assert "发现 0 处" in public
    for path in ("", "roll/"):
        assert client.get(base + path).status_code == 200
    client.force_login(makers.user(Role.COUNTY_OFFICER, area="410811"))
    for path in ("", "roll/", "changes/1/"):
        assert client.get(base + path).status_code == 404
    assert client.post(f"{base}draw/").status_code == 404
    client.force_login(makers.user(Role.PRINCIPAL, school=autumn.schools[0]))
    assert client.get(base).status_code == 403


def test_a_stranger_downloads_all_and_recounts_it(client: Client, at: Any, tmp_path: Path) -> None:
    autumn = Autumn()
    autumn.released()
    at(AFTER)
    code = autumn.intake.code
    with zipfile.ZipFile(io.BytesIO(client.get(f"/placements/{code}/folder.zip").content)) as archive:
        assert "records.csv" not in " ".join(archive.namelist())
        archive.extractall(tmp_path)
    program = tmp_path / "verify_admission.py"
    program.write_bytes(client.get("/placements/verify_admission.py").content)
    root = autumn.draw.root[:12]
    told = subprocess.run(
        [sys.executable, "-I", str(program), str(tmp_path / f"admission-{code}"), "--list-root", root],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout
    assert "全部相符" in told.stdout
    auditor = makers.user(Role.AUDITOR)
    client.force_login(auditor)
    assert client.post(f"/placements/office/{code}/sealed.zip").status_code == 400
    sealed = client.post(f"/placements/office/{code}/sealed.zip", {"why": "公证复算"})
    with zipfile.ZipFile(io.BytesIO(sealed.content)) as archive:
        archive.extractall(tmp_path / "sealed")
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.verb, entry.who, entry.why) == ("read", auditor.username, "公证复算")
    told = subprocess.run(
        [sys.executable, "-I", str(program), str(tmp_path / "sealed" / f"admission-{code}")],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout
    assert "录取：12 人的录取结果全部相符" in told.stdout


def test_small_counts_are_not_told_in_public(client: Client, at: Any) -> None:
    autumn = Autumn(children=3)
    autumn.released()
    at(AFTER)
    code = autumn.intake.code
    page = client.get(f"/placements/{code}/").content.decode()
    assert page.count("✱") > 4
    with zipfile.ZipFile(io.BytesIO(client.get(f"/placements/{code}/folder.zip").content)) as archive:
        rows = archive.read(f"admission-{code}/cuts.csv").decode().splitlines()[1:]
    assert rows
    assert all(re.search(r",(-,-,\d+,-,-|0,0,\d+,-,-)$", row) for row in rows)


def secrets(application: Application) -> dict[str, str]:
    return {"code": application.code, "secret": secret_of(application.request_key)}


def test_a_family_sees_its_result_its_reasons_and_its_proof(client: Client, at: Any) -> None:
    autumn = Autumn()
    application = Application.objects.order_by("id")[1]
    given = secrets(application)
    at(DURING)
    assert "结果还没有发布" in client.post("/placements/result/", given).content.decode()
    autumn.released()
    at(AFTER)
    page = client.post("/placements/result/", given)
    assert "no-store" in page["Cache-Control"]
    said = page.content.decode()
    row = Listed.objects.get(application=application)
    assert row.record in said
    assert autumn.draw.root in said
    assert autumn.schools[2].name in said
    assert "data-proof" in said
    wrong = client.post("/placements/result/", given | {"secret": "00000000"})
    assert wrong.status_code == 404
    assert row.record not in wrong.content.decode()
    done = client.post("/placements/result/answer/", given | {"answer": "accept"}).content.decode()
    assert "已确认" in done
    assert client.post("/placements/result/answer/", given | {"answer": "decline"}).status_code == 422
    gone = client.post(
        "/placements/result/answer/", given | {"answer": "decline", "sure": "yes"}
    ).content.decode()
    assert "已放弃" in gone
    assert client.post("/placements/result/appeal/", given | {"words": ""}).status_code == 400
    assert (
        "申诉已收到"
        in client.post("/placements/result/appeal/", given | {"words": "请复查"}).content.decode()
    )
    assert Objection.objects.get().words == "请复查"
    at(DAYS["appeal_by"])
    assert "申诉已经截止" in client.post("/placements/result/", given).content.decode()


def test_the_result_speaks_english_too(client: Client, at: Any, settings: Any) -> None:
    autumn = Autumn()
    autumn.released()
    at(AFTER)
    application = Application.objects.order_by("id")[0]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    said = client.post("/placements/result/", secrets(application)).content.decode()
    sentences = re.findall(r"<p>([^<]*)</p></li>", said)
    assert sentences
    assert all(
        one.startswith(("Admitted", "Not admitted", "Not needed", "No choice")) for one in sentences
    ), sentences


def test_before_the_release_the_office_sees_no_place_and_no_choice(client: Client, at: Any) -> None:
    autumn = Autumn()
    autumn.computed()
    at(DRAWN)
    pids = set(Placement.objects.values_list("listed__pid", flat=True))
    codes = set(Choice.objects.values_list("school__code", flat=True))
    client.force_login(autumn.one)
    page = client.get(f"/placements/office/{autumn.intake.code}/").content.decode()
    assert not [one for one in pids | codes if one in page]
    assert (
        client.post(f"/placements/office/{autumn.intake.code}/sealed.zip", {"why": "看看"}).status_code == 404
    )
