"""The pages: what lies outside the scope is nowhere on them, questions do not grow with the problems, forms do their deed."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.jobs.models import Job
from junheng.platform.quality.background import check
from junheng.platform.quality.computing import compute
from junheng.platform.quality.models import Finding, Merge
from junheng.platform.quality.words import Kind
from tests import cast
from tests.makers.rows import CITY, HERE, THERE
from tests.platform.quality.cases import CASES, DAY, identity, pupil, school_with_class

TABS = [*Kind.values, "filling", ""]


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def officer(area: str = HERE) -> Client:
    return desk_of(cast.somebody(Role.COUNTY_OFFICER, area=area))


@pytest.fixture
def schools() -> list[School]:
    return [school_with_class(name=f"示例 {area}小学", area_id=area) for area in (HERE, THERE)]


def test_what_is_outside_is_nowhere(schools: list[School]) -> None:
    compute(on=DAY, at=cast.NOW)
    own, other = (Finding.objects.get(code="school-name-odd", row=one.pk) for one in schools)
    client = officer()
    page = client.get("/quality/").content.decode()
    assert schools[0].name in page
    assert schools[1].name not in page
    assert client.get(f"/quality/{own.pk}/").status_code == 200
    for address in (f"/quality/{other.pk}/", "/quality/999999/", "/quality/merges/999999/"):
        assert client.get(address).status_code == 404
    for deed in ("explain", "carry", "dismiss", "merge"):
        assert client.post(f"/quality/{other.pk}/{deed}/", {"text": "x" * 9, "why": "x"}).status_code == 404
    assert schools[0].name not in desk_of(cast.stranger()).get("/quality/").content.decode()
    assert Client().get("/quality/").status_code == 302


@pytest.mark.parametrize("tab", TABS)
def test_questions_do_not_grow_with_the_problems(tab: str) -> None:
    user = cast.somebody(Role.CITY_SECTION, area=CITY)
    counts: list[int] = []
    for _ in range(3):
        for make_pair in (CASES["school-name-odd"], CASES["pupil-class"], CASES["subsidy-heads"]):
            make_pair()
        double = pupil(id_number=identity("41080220150301001"))
        pupil(school_class=double.school_class, id_number=identity("41080220150301001"))
        compute(on=DAY, at=cast.NOW.replace(minute=len(counts)))
        client = desk_of(user)
        client.get(f"/quality/?kind={tab}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/quality/?kind={tab}").status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2]  # the first round may lack a register
    assert counts[2] <= 25


def test_a_problem_stands_on_the_page_of_its_row(schools: list[School]) -> None:
    compute(on=DAY, at=cast.NOW)
    page = officer().get(f"/registers/schools/{schools[0].pk}/").content.decode()
    assert "校名含空格或阿拉伯数字" in page
    other = school_with_class(name="示例好小学")
    pupil(school_class=other.schoolclass_set.get())
    compute(on=DAY, at=cast.NOW.replace(minute=5))
    assert 'id="quality"' not in officer().get(f"/registers/schools/{other.pk}/").content.decode()


def test_explained_and_decided_on_the_page(schools: list[School]) -> None:
    compute(on=DAY, at=cast.NOW)
    found = Finding.objects.get(code="school-name-odd", row=schools[0].pk)
    own = desk_of(cast.somebody(Role.PRINCIPAL, school=schools[0], area=HERE))
    assert own.post(f"/quality/{found.pk}/explain/", {"text": "批复文件上就是这样写的。"}).status_code == 302
    waiting = found.explanations.get()
    assert "decision" not in own.get(f"/quality/{found.pk}/").content.decode()
    above = officer()
    assert 'value="accept"' in above.get(f"/quality/{found.pk}/").content.decode()
    assert (
        officer(THERE).post(f"/quality/explanations/{waiting.pk}/", {"decision": "accept"}).status_code == 404
    )
    assert above.post(f"/quality/explanations/{waiting.pk}/", {"decision": "accept"}).status_code == 302
    found.refresh_from_db()
    assert found.state == "accepted"
    assert (
        "待说明"
        not in above.get(f"/quality/?kind=rule&code={found.code}&state=accepted").context["findings"][0].state
    )


def test_merged_and_undone_on_the_page() -> None:
    first = pupil(id_number=identity("41080220150301001"))
    second = pupil(school_class=first.school_class, id_number=identity("41080220150301001"), boarder=True)
    compute(on=DAY, at=cast.NOW)
    found = Finding.objects.get(code="pupil-double")
    client = officer()
    page = client.get(f"/quality/{found.pk}/").content.decode()
    assert "410802201503" not in page
    given: dict[str, Any] = {"keep": first.pk, "why": "同一人", "field-boarder": second.pk}
    answer = client.post(f"/quality/{found.pk}/merge/", given)
    made = Merge.objects.get()
    assert answer.headers["Location"] == f"/quality/merges/{made.pk}/"
    assert Pupil.objects.get().boarder is True
    assert "撤销合并" in client.get(f"/quality/merges/{made.pk}/").content.decode()
    assert f"/quality/merges/{made.pk}/" in client.get(f"/registers/pupils/{first.pk}/").content.decode()
    assert officer(THERE).get(f"/quality/merges/{made.pk}/").status_code == 404
    assert client.post(f"/quality/merges/{made.pk}/undo/", {"why": "弄错了"}).status_code == 302
    assert Pupil.objects.filter(boarder=True).get().pk == second.pk


def test_nothing_wrong_is_said_too() -> None:
    assert "还没有检查过" in officer().get("/quality/").content.decode()
    compute(on=DAY, at=cast.NOW)
    for tab in TABS:
        page = officer().get(f"/quality/?kind={tab}").content.decode()
        assert 'class="empty"' in page or 'class="table heat' in page
    for nonsense in ("?kind=x&state=y&county=zz&school=-1&page=x&severity=q", "?figure=%25&code=%27"):
        assert officer().get(f"/quality/{nonsense}").status_code == 200


def test_the_city_orders_a_check_and_others_do_not(schools: list[School]) -> None:
    assert officer().post("/quality/check/").status_code == 403
    client = desk_of(cast.somebody(Role.CITY_SECTION, area=CITY))
    assert "立即检查" in client.get("/quality/").content.decode()
    assert client.post("/quality/check/").status_code == 302
    job = Job.objects.get()
    work = type("Work", (), {"job": job, "at": cast.NOW, "progress": staticmethod(lambda *_: None)})()
    told = check(work)()
    assert Finding.objects.filter(code="school-name-odd", gone_at=None).count() == 2
    assert "检查完成" in told["sentence"]
