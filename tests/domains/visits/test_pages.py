"""The pages: the office from draft to results, inspectors on the spot, ties, and what everybody may download and recount."""

import io
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from junheng.domains.findings.models import Finding
from junheng.domains.schools.models import School
from junheng.domains.visits.models import (
    Contributor,
    Errand,
    PublicValue,
    Recusal,
    SamplePlan,
    SiteVisit,
    Stratum,
)
from junheng.kernel.lottery import Algorithm, commitment_of
from junheng.platform.access.models import User
from tests.domains import makers
from tests.domains.visits.sample import (
    AFTER,
    DRAWN,
    LAST,
    NOW,
    SECRETS,
    SHANGHAI,
    THERE,
    a_round,
    city,
    drawn,
    errand,
    institution,
    released,
    section,
    strangers,
    users_of,
)

PLAN = {
    "code": "city-2024-1", "title": "市级抽查", "target": "schools", "sealed": "on", "team": "2", "algorithm": "sm3", "as_of": "2024-03-31",
    "reveal_by": "2024-04-10T12:00", "visits_from": "2024-04-15", "visits_until": "2024-04-26",
}  # fmt: skip


@pytest.fixture(autouse=True)
def small_city(places) -> None:
    city(schools=6, people=4)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_to(moment: Any) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_to(NOW)
    return set_to


def send(who: User, path: str, **given: Any) -> Any:
    client = Client()
    client.force_login(who)
    return client.post(path, given)


def read(who: User | None, path: str) -> str:
    client = Client()
    if who is not None:
        client.force_login(who)
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_office_walks_from_the_draft_to_the_results(at: Any, tmp_path: Path) -> None:
    first, second = section(), section()
    one = a_round()
    assert send(first, "/visits/office/new/", **PLAN | {"code": "有空 格"}).status_code == 422
    assert send(first, "/visits/office/new/", **PLAN, round=one.pk).status_code == 302
    base = "/visits/office/plans/city-2024-1/"
    stratum = Stratum.objects.order_by("code")[0]
    assert send(first, f"{base}sizes/", **{f"size-{stratum.code}": "2"}).status_code == 302
    assert send(first, f"{base}sizes/", **{f"size-{stratum.code}": "二"}).status_code == 400
    assert Stratum.objects.get(pk=stratum.pk).size == 2
    prepared = {
        "contributors": "notary 公证处\nunion 督学代表", "fallback": "none",
        "sources": "lotto 2024-04-10T21:00 双色球\ndrand 2024-04-11T21:00 备用",
    }  # fmt: skip
    assert send(first, f"{base}prepare/", **prepared | {"sources": "lotto"}).status_code == 422
    assert send(first, f"{base}prepare/", **prepared).status_code == 302
    for row in Contributor.objects.all():
        digest = commitment_of(Algorithm.SM3, *SECRETS[row.name])
        assert send(first, f"{base}commit/{row.pk}/", digest=digest).status_code == 302
    assert Client().get("/visits/draws/city-2024-1/").status_code == 404
    for who in (first, second):
        assert send(who, f"{base}freeze/", why="已核对").status_code == 302
    public = "/visits/draws/city-2024-1/"
    plan = SamplePlan.objects.get()
    assert plan.root in read(None, public)
    for row in Contributor.objects.all():
        nonce, secret = SECRETS[row.name]
        assert send(first, f"{base}reveal/{row.pk}/", nonce=nonce, secret=secret).status_code == 302
    at(DRAWN)
    row = PublicValue.objects.get(name="lotto")
    for who in (first, second):
        assert send(who, f"{base}value/{row.pk}/", value="0527").status_code == 302
    assert send(first, f"{base}draw/").status_code == 302
    assert send(first, f"{base}draw/").status_code == 409
    for who in (first, second):
        assert send(who, f"{base}release/").status_code == 302
    plan = SamplePlan.objects.get()
    sealed = read(None, public)
    assert plan.drawn_digest in sealed
    assert plan.seed not in sealed
    assert SECRETS["notary"][1] + "<" not in sealed
    assert Client().get(f"{public}sample.zip").status_code == 404
    assert "派出之前" not in read(first, base)
    for each in Errand.objects.all():
        assert send(first, f"/visits/errands/{each.pk}/withdraw/", why="停课").status_code == 302
    at(AFTER)
    assert send(first, f"{base}publish/").status_code == 302
    assert plan.seed in read(None, public)
    folder_recounts(public, tmp_path)


def folder_recounts(public: str, tmp_path: Path) -> None:
    """Whoever downloads both files finds that all is right."""
    archive = Client().get(f"{public}sample.zip")
    with zipfile.ZipFile(io.BytesIO(archive.getvalue())) as found:
        found.extractall(tmp_path)
    auditor = tmp_path / "verify_sample.py"
    auditor.write_bytes(Client().get("/visits/verify_sample.py").getvalue())
    folder = next(one for one in tmp_path.iterdir() if one.is_dir())
    done = subprocess.run(
        [sys.executable, "-I", str(auditor), str(folder)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "全部相符。"), done.stdout


def test_an_open_list_with_pairs_is_public_from_the_release_on(at: Any, tmp_path: Path) -> None:
    first, second = section(), section()
    released(first, second, code="cross", crossed=True, sealed=False)
    page = read(None, "/visits/draws/cross/")
    assert "交叉检查配对" in page
    folder_recounts("/visits/draws/cross/", tmp_path)
    assert "cross" in read(None, "/visits/")


def test_of_two_drawn_plans_a_county_sees_neither(at: Any) -> None:
    drawn(section(), section())
    county = makers.user("county_officer", area="410802")
    client = Client()
    client.force_login(county)
    assert client.get("/visits/office/plans/city-2024-1/").status_code == 404
    assert client.post("/visits/office/plans/city-2024-1/release/").status_code == 404
    assert "city-2024-1" not in read(county, "/visits/office/")


def test_inspectors_work_on_the_spot(at: Any) -> None:
    by = section()
    one = errand(by, strangers(), until=LAST)
    first, second = users_of(one)
    base = f"/visits/go/{one.pk}/"
    assert "起才能登记到达" in read(first, base)
    assert send(first, f"{base}note/", words="看了").status_code == 404
    at(THERE)
    assert send(first, f"{base}arrive/", place="北门").status_code == 302
    assert send(first, f"{base}note/", words="看了公示栏").status_code == 302
    assert send(first, f"{base}problem/", what="", severity="general").status_code == 422
    assert send(second, f"{base}problem/", what="没有公示", severity="general").status_code == 302
    assert Finding.objects.get().source_row == SiteVisit.objects.get().pk
    assert send(first, f"{base}lesson/", seen="10:00", mode="offline", words="x").status_code == 422
    assert send(first, f"{base}checklist/").status_code == 400
    for who in (first, second):
        assert send(who, f"{base}confirm/").status_code == 302
    assert send(first, f"{base}close/", note="一处问题").status_code == 302
    assert "一处问题" in read(second, base)
    assert send(first, f"{base}note/", words="再补").status_code == 409
    assert "没有公示" in read(by, f"/registers/sitevisits/{SiteVisit.objects.get().pk}/")


def test_a_lesson_is_judged_by_its_hour(at: Any) -> None:
    place = institution()
    one = errand(section(), strangers(), institution=place, day=THERE.date(), evening=True)
    first, _second = users_of(one)
    at(datetime(2024, 4, 16, 20, 40, tzinfo=SHANGHAI))
    base = f"/visits/go/{one.pk}/"
    assert send(first, f"{base}arrive/").status_code == 302
    assert send(first, f"{base}lesson/", seen="20:30", mode="offline", words="数学").status_code == 302
    assert not SiteVisit.objects.get().breach
    assert (
        send(first, f"{base}lesson/", seen="20:40", mode="offline", words="数学", pupils="9").status_code
        == 302
    )
    assert SiteVisit.objects.get().breach
    page = read(first, base)
    assert "20:40 仍在培训，线下培训不得晚于 20:30" in page
    assert "中办发〔2021〕40号" in page


def test_ties_are_declared_by_oneself_and_hidden_ones_by_the_office(at: Any) -> None:
    by = section()
    one = errand(by, strangers())
    first, _second = users_of(one)
    code = strangers()[0].code
    school = School.objects.get(pk=one.school_id)
    assert send(first, f"/visits/ties/{code}/", unit="nothing", reason="kin").status_code == 422
    other = School.objects.filter(area="410803")[0]
    assert send(first, f"/visits/ties/{code}/", unit=other.code, reason="kin").status_code == 302
    assert (
        send(User.objects.get(username="d-410803-0"), f"/visits/ties/{code}/", unit=other.code).status_code
        == 404
    )
    at(THERE)
    assert send(first, f"/visits/go/{one.pk}/arrive/").status_code == 302
    hidden = {"unit": school.code, "reason": "kin", "words": "配偶任教", "hidden": "yes"}
    assert send(by, f"/visits/ties/{code}/", **hidden).status_code == 302
    assert Recusal.objects.filter(found_on__isnull=False).count() == 1
    assert "须重查" in read(by, f"/visits/ties/{code}/")
    assert send(first, f"/visits/ties/{code}/", **hidden | {"unit": "410803"}).status_code == 422
    assert Recusal.objects.filter(found_on__isnull=False).count() == 1


def test_a_visit_is_planned_on_the_page(at: Any) -> None:
    by = section()
    school = School.objects.filter(area="410802")[0]
    asked = {
        "kind": "secret", "unit": school.code, "day": "2024-04-16", "purpose": "查收费", "team": "d-410811-0，d-410811-1",
    }  # fmt: skip
    assert "没有 nobody" in send(by, "/visits/errands/new/", **asked | {"team": "nobody"}).content.decode()
    assert (
        "至少要 2 人" in send(by, "/visits/errands/new/", **asked | {"team": "d-410811-0"}).content.decode()
    )
    assert send(by, "/visits/errands/new/", **asked | {"unit": "x"}).status_code == 422
    assert "没有学生" in send(by, "/visits/errands/new/", **asked | {"day": "2024-05-01"}).content.decode()
    assert send(by, "/visits/errands/new/", **asked).status_code == 302
    one = Errand.objects.get()
    page = read(by, f"/visits/errands/{one.pk}/")
    assert "还没有到达，被检查单位看不到" in page
    assert by.get_username() in page
    county = makers.user("county_officer", area="410802")
    assert send(county, f"/visits/errands/{one.pk}/withdraw/", why="x").status_code == 404
