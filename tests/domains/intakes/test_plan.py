"""A plan is published whole, frozen with its digest, and revised only in time and with a reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from junheng.domains.intakes.actions.catchments import read_in, written
from junheng.domains.intakes.actions.publish import PlanNotInOrder, publish, revise
from junheng.domains.intakes.actions.rows import write_rows
from junheng.domains.intakes.models import Catchment, Intake, Paper, PlaceGroup, PlanSchool, PlanVersion
from junheng.domains.intakes.policies.validity import plan_faults
from junheng.domains.intakes.queries.document import digest_of, document_of
from junheng.kernel.admission.problem import canonical
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.kernel.lottery import Algorithm, digest
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers.todo import todo_of
from tests.cast import asker
from tests.domains import makers
from tests.domains.intakes.fields import BEFORE, DAYS, add, begun, officer, piece, ready

pytestmark = pytest.mark.django_db


def codes(version: PlanVersion) -> set[str]:
    return {one.code for one in plan_faults(document_of(version)) if one.stops}


def test_publishing_freezes_document_and_digest(client: Client) -> None:
    by = officer()
    version = publish(ready(by), by=by, at=BEFORE, why="公布")
    version.refresh_from_db()
    assert version.state == "published"
    assert (
        version.digest
        == digest(Algorithm.SM3, canonical(version.document)).hex()
        == digest_of(version.document)
    )
    assert Intake.objects.get().state == "published"
    served = client.get(f"/intakes/{version.intake.code}/plan-1.json").content
    assert digest(Algorithm.SM3, served).hex() == version.digest, "the file is the bytes that were hashed"
    page = client.get(f"/intakes/{version.intake.code}/?address=人民路12号").content.decode()
    assert "这个住址属于<b>甲小学</b>的片区" in page
    assert version.digest in page


def test_schools_that_share_a_catchment_are_told_together(client: Client) -> None:
    by = officer()
    version = ready(by)
    one, other = PlanSchool.objects.filter(version=version, school__nature="public").order_by("id")
    x, y = 113_200_000, 35_200_000
    piece(one, by=by, outline=[[x, y], [x + 10_000, y], [x + 10_000, y + 10_000]])
    assert "zone" not in document_of(version)["schools"][0], (
        "a plan that shares nothing says what it always said"
    )
    one.zone = "东片"
    write_rows(version, keep=[one], by=by, at=BEFORE, why="多校划片")
    assert codes(version) == {"zone-of-one"}
    other.zone = "东片"
    write_rows(version, keep=[other], by=by, at=BEFORE, why="多校划片")
    piece(other, by=by, street="人民路", low=51, high=60, parity="all")
    private = PlanSchool.objects.get(version=version, school__nature="private")
    private.zone = "东片"
    write_rows(version, keep=[private], by=by, at=BEFORE, why="多校划片")
    assert codes(version) == {"private-with-catchment"}
    private.zone = ""
    write_rows(version, keep=[private], by=by, at=BEFORE, why="多校划片")
    publish(version, by=by, at=BEFORE, why="公布")
    place = f"/intakes/{version.intake.code}/"
    both = "共用片区“东片”，2 所学校：<b>甲小学</b>、<b>乙小学</b>"
    assert both in client.get(place, {"address": "人民路12号"}).content.decode()
    page = client.get(place, {"at": "113.207,35.203"}).content.decode()
    assert both in page
    assert 'class="picked"' in page
    assert "不在任何一块地图范围里" in client.get(place, {"at": "113.3,35.2"}).content.decode()
    assert "位置没有看懂" in client.get(place, {"at": "我家"}).content.decode()
    revised = revise(Intake.objects.get(), reason="增班", by=by, at=BEFORE, why="增班")
    assert set(PlanSchool.objects.filter(version=revised).values_list("zone", flat=True)) == {"东片", ""}


def test_what_is_published_is_never_written_again() -> None:
    by = officer()
    version = publish(ready(by), by=by, at=BEFORE, why="公布")
    row = PlanSchool.objects.first()
    assert row is not None
    row.classes = 9
    with pytest.raises(Conflict, match="已公布并固定"):
        write_rows(version, keep=[row], by=by, at=BEFORE, why="改")
    with pytest.raises(Conflict, match="已公布并固定"):
        publish(version, by=by, at=BEFORE, why="再公布")
    assert Entry.objects.order_by("-id")[0].after == {"refused": "plan-published"}, "the attempt is logged"


def test_a_new_version_needs_a_reason_and_is_refused_after_closing() -> None:
    by = officer()
    first = publish(ready(by), by=by, at=BEFORE, why="公布")
    intake = first.intake
    with pytest.raises(Refusal, match="须写明原因"):
        revise(intake, reason=" ", by=by, at=BEFORE, why="改")
    second = revise(intake, reason="增加一个班", by=by, at=BEFORE, why="改")
    row = PlanSchool.objects.filter(version=second).first()
    assert row is not None
    row.classes = 2
    group = PlaceGroup.objects.get(plan_school=row)
    group.capacity = 80
    write_rows(second, keep=[row, group], by=by, at=BEFORE, why="改")
    during = DAYS["opens_at"] + timedelta(days=1)
    publish(second, by=by, at=during, why="公布")
    assert list(PlanVersion.objects.order_by("number").values_list("state", flat=True)) == [
        "superseded",
        "published",
    ]
    first.refresh_from_db()
    assert first.document["schools"][0]["classes"] == 1, "the old version stays as it was"
    with pytest.raises(Conflict, match="报名已于 2024-08-08 18:00 截止"):
        revise(intake, reason="再加一个班", by=by, at=DAYS["closes_at"], why="改")
    assert Entry.objects.order_by("-id")[0].after == {"refused": "plan-frozen"}


def test_a_copy_has_groups_with_their_pools_and_catchments() -> None:
    by = officer()
    version = ready(by)
    row = PlanSchool.objects.filter(version=version).first()
    assert row is not None
    everybody = PlaceGroup.objects.get(plan_school=row)
    everybody.capacity, everybody.precedence = 30, 2
    write_rows(version, keep=[everybody], by=by, at=BEFORE, why="改")
    reserve = PlaceGroup(
        plan_school=row,
        code="MIG",
        label="随迁",
        precedence=1,
        capacity=10,
        who="migrant",
        release_to=everybody,
    )
    write_rows(version, keep=[reserve], by=by, at=BEFORE, why="改")
    publish(version, by=by, at=BEFORE, why="公布")
    fresh = revise(version.intake, reason="试", by=by, at=BEFORE, why="改")
    copied = PlaceGroup.objects.get(plan_school__version=fresh, code="MIG")
    assert copied.release_to is not None
    assert copied.release_to.plan_school.version == fresh
    before, after = document_of(version), document_of(fresh)
    assert after["schools"] == before["schools"]
    assert Catchment.objects.filter(plan_school__version=fresh).count() == 2


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda v, by: PlaceGroup.objects.update(capacity=39), "groups-do-not-sum"),
        (lambda v, by: PlanSchool.objects.update(class_size=46), "class-too-large"),
        (lambda v, by: PlanSchool.objects.update(classes=0), "school-without-places"),
        (lambda v, by: PlaceGroup.objects.update(who="migrant"), "school-for-nobody-else"),
        (lambda v, by: PlaceGroup.objects.update(code="全部"), "group-code"),
        (lambda v, by: v.category_set.filter(private=False, tier=6).delete(), "category-for-everybody"),
        (lambda v, by: v.category_set.filter(private=True, tier=1).delete(), "category-for-everybody"),
        (lambda v, by: Paper.objects.filter(circumstance="household").delete(), "paper-missing"),
        (lambda v, by: Paper.objects.filter(circumstance="household").update(label="预防接种证"), "paper-forbidden"),
        (lambda v, by: Paper.objects.filter(circumstance="household").update(label="幼儿园毕业证"), "paper-forbidden"),
        (lambda v, by: Catchment.objects.filter(low=101).update(low=95), "catchments-overlap"),
        (lambda v, by: PlanSchool.objects.all().delete(), "no-schools"),
        (lambda v, by: Intake.objects.update(born_by="2018-09-30"), "age-not-the-law"),
        (lambda v, by: Intake.objects.update(announce_by=DAYS["opens_at"]), "announced-too-late"),
        (lambda v, by: Intake.objects.update(max_private=9), "more-private-than-choices"),
        (lambda v, by: Intake.objects.update(starts_on="2024-08-20"), "ends-after-start"),
    ],
)  # fmt: skip
def test_a_plan_that_is_not_in_order_is_refused_with_the_fault(spoil: Any, code: str) -> None:
    by = officer()
    version = ready(by)
    assert codes(version) == set(), "it was in order before"
    spoil(version, by)
    version = PlanVersion.objects.get(pk=version.pk)
    assert code in codes(version)
    with pytest.raises(PlanNotInOrder) as refused:
        publish(version, by=by, at=BEFORE, why="公布")
    assert code in {one.code for one in refused.value.faults}
    assert Entry.objects.order_by("-id")[0].after == {"refused": "plan-not-in-order"}
    assert PlanVersion.objects.get().state == "draft"


def test_a_plan_comes_before_registration_opens() -> None:
    by = officer()
    with pytest.raises(Refusal, match="计划须先公布"):
        publish(ready(by), by=by, at=DAYS["opens_at"], why="公布")


def test_a_private_school_has_no_catchment() -> None:
    by = officer()
    version = ready(by)
    row = PlanSchool.objects.get(version=version, school__nature="private")
    piece(row, by=by, street="建设路")
    assert codes(version) == {"private-with-catchment"}


def test_only_the_office_of_the_county_writes() -> None:
    by = officer()
    version = ready(by)
    other = makers.user(Role.COUNTY_OFFICER, area="410811")
    for somebody in (other, makers.user(Role.AUDITOR), makers.user(Role.PRINCIPAL, school=makers.school())):
        with pytest.raises(NotAllowed):
            publish(version, by=somebody, at=BEFORE, why="公布")
    assert publish(version, by=makers.user(Role.CITY_SECTION), at=BEFORE, why="公布").state == "published"


def test_a_school_of_another_county_is_refused() -> None:
    by = officer()
    with pytest.raises(Conflict, match="不得跨县域招生"):
        add(begun(by), by=by, area_id="410811001")


def test_catchments_go_out_and_come_back_the_same() -> None:
    by = officer()
    version = ready(by)
    before = document_of(version)
    assert read_in(version, written(version), by=by, at=BEFORE, why="导入") == 2
    assert document_of(version) == before
    bad = written(version).replace("99", "x9")
    with pytest.raises(Refusal, match="第 2 行：门牌须是整数"):
        read_in(version, bad, by=by, at=BEFORE, why="导入")
    with pytest.raises(Refusal, match="没有标识码为“0000000000”的学校"):
        read_in(
            version,
            "学校标识码,路街,门牌起,门牌止,单双号,小区或村\n0000000000,人民路,1,9,,\n",
            by=by,
            at=BEFORE,
            why="导入",
        )
    with pytest.raises(Refusal, match="第一行须有这些列"):
        read_in(version, "a,b\n1,2\n", by=by, at=BEFORE, why="导入")
    assert document_of(version) == before, "nothing of a file that is wrong is written"


def test_the_office_walks_through_its_pages(client: Client) -> None:
    by = officer()
    client.force_login(by)
    days = {name: value.strftime("%Y-%m-%dT%H:%M") for name, value in DAYS.items()}
    late = {name: value.replace("2024", "2099") for name, value in days.items()}
    answer = client.post("/intakes/office/new/", late | {
        "code": "410802-2099-P", "title": "试招生", "area": "410802", "year": 2099, "stage": "primary",
        "born_by": "2093-08-31", "max_choices": 3, "max_private": 1, "algorithm": "sm3", "starts_on": "2099-09-01",
        "coordinate": "on", "address_limit": 3,
    })  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    school = makers.school(name="新建小学")
    base = "/intakes/office/410802-2099-P/"
    added = client.post(f"{base}schools/add/", {"school": school.code, "classes": 2, "class_size": 45})
    page = client.get(added["Location"])
    assert page.status_code == 200
    row = PlanSchool.objects.get()
    group = PlaceGroup.objects.get()
    form = {
        "classes": 2, "class_size": 40, "note": "",
        "groups-TOTAL_FORMS": 2, "groups-INITIAL_FORMS": 1, "groups-0-id": group.pk, "groups-0-plan_school": row.pk,
        "groups-0-precedence": 2, "groups-0-code": "ALL", "groups-0-label": "全部", "groups-0-capacity": 70,
        "groups-0-who": "anybody", "groups-0-ties": "admit",
        "groups-1-plan_school": row.pk, "groups-1-precedence": 1, "groups-1-code": "MIG", "groups-1-label": "随迁",
        "groups-1-capacity": 10, "groups-1-who": "migrant", "groups-1-ties": "admit", "groups-1-pool": "ALL",
        "catchments-TOTAL_FORMS": 1, "catchments-INITIAL_FORMS": 0, "catchments-0-street": "人民路",
        "catchments-0-low": 1, "catchments-0-high": 99, "catchments-0-parity": "odd",
        "catchments-0-outline": '{"type":"Polygon","coordinates":[[[113.2,35.2],[113.3,35.2],[113.3,35.3]]]}',
    }  # fmt: skip
    saved = client.post(f"{base}schools/{row.pk}/", form)
    assert saved.status_code == 302, saved.content.decode()
    assert PlaceGroup.objects.get(code="MIG").release_to == group
    assert Catchment.objects.get().outline[0] == [113200000, 35200000]
    assert client.post(f"{base}schools/{row.pk}/", form | {"groups-0-capacity": "x"}).status_code == 422
    for page_of in ("", "days/", "categories/", "papers/", "catchments/", "catchments.csv"):
        assert client.get(base + page_of).status_code == 200, page_of
    assert client.post(f"{base}publish/").status_code == 302
    assert client.post(f"{base}revise/", {"reason": "加班"}).status_code == 302
    assert client.get("/intakes/").status_code == 200
    assert "polygon" in client.get("/intakes/410802-2099-P/").content.decode()
    client.force_login(makers.user(Role.COUNTY_OFFICER, area="410811"))
    assert client.get(base).status_code == 404, "another county's looks absent"
    assert client.get(f"{base}catchments.csv").status_code == 404
    client.force_login(makers.user(Role.PRINCIPAL, school=school))
    assert client.get("/intakes/office/").status_code == 403


def test_who_has_not_published_in_time_is_told_to_everybody_and_to_the_office(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = officer()
    begun(by)
    monkeypatch.setattr("django.utils.timezone.now", lambda: DAYS["announce_by"] - timedelta(days=1))
    page = client.get("/intakes/").content.decode()
    assert "尚未公布" in page
    assert "逾期" not in page
    waiting = next(one for one in todo_of(asker(by, at=BEFORE)) if one.label == "待公布的招生计划")
    assert (waiting.count, waiting.late) == (1, False)
    monkeypatch.setattr("django.utils.timezone.now", lambda: DAYS["announce_by"] + timedelta(days=1))
    page = client.get("/intakes/").content.decode()
    assert "逾期未公布" in page
    assert "1 个批次没有按时公布" in page
    late = next(
        one
        for one in todo_of(asker(by, at=DAYS["announce_by"] + timedelta(days=1)))
        if one.label == "待公布的招生计划"
    )
    assert late.late
    stranger = makers.user(Role.COUNTY_OFFICER, area="410811")
    assert [one for one in todo_of(asker(stranger, at=BEFORE)) if one.label == "待公布的招生计划"] == []


def test_versions_are_told_apart_in_public(client: Client) -> None:
    by = officer()
    first = publish(ready(by), by=by, at=BEFORE, why="公布")
    fresh = revise(first.intake, reason="增加说明", by=by, at=BEFORE, why="改")
    row = PlanSchool.objects.filter(version=fresh).first()
    assert row is not None
    row.note = "本年新建教学楼"
    write_rows(fresh, keep=[row], by=by, at=BEFORE, why="改")
    publish(fresh, by=by, at=BEFORE, why="公布")
    page = client.get(f"/intakes/{first.intake.code}/").content.decode()
    assert "有 1 处不同" in page
    assert "本年新建教学楼" in page
    assert "增加说明" in page
    assert client.get(f"/intakes/{first.intake.code}/plan-1.json").status_code == 200
    assert client.get(f"/intakes/{first.intake.code}/plan-3.json").status_code == 404
    assert client.get("/intakes/no-such-code/").status_code == 404
