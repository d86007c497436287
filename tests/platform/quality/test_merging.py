"""Doubles: found, explained, merged with everything that names them, taken back exactly, or dismissed for good."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps

from junheng.domains.aid.models import Payment
from junheng.domains.care.models import CommitteeMember
from junheng.domains.institutions.models import Institution
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School, SchoolClass
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.quality import explaining, merging, undoing
from junheng.platform.quality.computing import compute
from junheng.platform.quality.models import Finding, Merge
from junheng.platform.quality.references import references_to
from junheng.platform.quality.telling import tell
from junheng.platform.quality.words import State
from junheng.platform.registers.asker import Asker
from tests import cast
from tests.domains import makers
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE
from tests.platform.quality.cases import DAY, identity, pupil, school_with_class

WHY = "核对学籍档案，确为同一人"
NUMBER = "41080220150301001"


def city() -> Asker:
    return cast.asker(cast.somebody(Role.CITY_SECTION, area=CITY))


def county(area: str = HERE) -> Asker:
    return cast.asker(cast.somebody(Role.COUNTY_OFFICER, area=area))


def pair_of(code: str) -> Finding:
    compute(on=DAY, at=cast.NOW)
    return Finding.objects.get(code=code)


@pytest.fixture
def twice() -> tuple[Pupil, Pupil]:
    """One pupil entered twice in one class, with rows that name either."""
    first = pupil(id_number=identity(NUMBER), boarder=True)
    second = pupil(
        school_class=first.school_class,
        id_number=identity(NUMBER),
        home_area_id=f"{HERE}001",
        name="示例学子",
    )
    make(Payment, pupil=second)
    make(Payment, pupil=first)
    make(CommitteeMember, pupil=second)
    return first, second


def everything(models: tuple[type[Any], ...] = (Pupil, Payment, CommitteeMember, Grant, SchoolClass)) -> Any:
    """All that a merge may change, opened."""
    return {
        model: [
            {
                one.attname: getattr(row, one.attname)
                for one in model._meta.concrete_fields
                if getattr(one, "audited", True)
            }
            for row in model._base_manager.order_by("pk")
        ]
        for model in models
    }


def test_a_double_is_found_by_its_sealed_number_and_says_why(twice: tuple[Pupil, Pupil]) -> None:
    found = pair_of("pupil-double")
    assert (found.row, found.other, found.school) == (twice[0].pk, twice[1].pk, twice[0].school_id)
    assert tell([found], county())[0].sentence == "身份证件号相同。"
    assert "410802" not in str(found.facts)


def test_a_transfer_is_no_double() -> None:
    left = pupil(id_number=identity(NUMBER), until=date(2023, 2, 1))
    pupil(id_number=identity(NUMBER), code=left.code, since=date(2023, 2, 1), household=left.household)
    compute(on=DAY, at=cast.NOW)
    assert not Finding.objects.filter(code="pupil-double").exists()


def test_merged_and_taken_back(twice: tuple[Pupil, Pupil]) -> None:
    first, _second = twice
    found, asker = pair_of("pupil-double"), city()
    before = everything()
    made = merging.merge(found, keep=first.pk, take={"home_area"}, why=WHY, asker=asker)
    kept = Pupil.objects.get()
    assert (kept.pk, kept.home_area_id, kept.boarder, kept.id_number) == (
        first.pk, f"{HERE}001", True, identity(NUMBER),
    )  # fmt: skip
    assert set(Payment.objects.values_list("pupil", flat=True)) == {first.pk}
    assert CommitteeMember.objects.get().pupil_id == first.pk
    assert dict(merging.words_of_moved(made)) == {"资助发放": 1, "心理委员": 1}
    found.refresh_from_db()
    assert found.gone_at is not None
    entries = Entry.objects.filter(why=WHY)
    assert {one.table for one in entries} == {
        "pupils.pupil", "aid.payment", "care.committeemember", "quality.merge",
    }  # fmt: skip
    raw = Merge.objects.filter(pk=made.pk).values_list("lost", flat=True).get()
    assert identity(NUMBER) not in repr(raw)
    undoing.undo(undoing.merge_for(asker, made.pk), why="弄错了", asker=asker)
    assert everything() == before
    found.refresh_from_db()
    assert found.gone_at is None
    with pytest.raises(Conflict, match="已经撤销过"):
        undoing.undo(made, why="弄错了", asker=asker)


def test_what_changed_since_keeps_a_merge_from_being_undone(twice: tuple[Pupil, Pupil]) -> None:
    first, _second = twice
    asker = city()
    made = merging.merge(pair_of("pupil-double"), keep=first.pk, take={"name"}, why=WHY, asker=asker)
    Pupil.objects.filter(pk=first.pk).update(name="又改过")
    Payment.objects.filter(pk=made.moved[0]["rows"][0]).delete()
    with pytest.raises(Conflict, match=r"「姓名」在合并后又改过；「资助发放」有 1 条"):
        undoing.undo(made, why="弄错了", asker=asker)
    assert Pupil.objects.count() == 1


def test_rows_that_would_collide_are_named_and_nothing_is_merged(twice: tuple[Pupil, Pupil]) -> None:
    first, _second = twice
    make(CommitteeMember, pupil=first)
    found, asker = pair_of("pupil-double"), city()
    before = everything()
    with pytest.raises(Conflict, match="「心理委员」里各有一行"):
        merging.merge(found, keep=first.pk, take=set(), why=WHY, asker=asker)
    assert everything() == before


def test_what_must_be_approved_is_not_decided_by_merging(twice: tuple[Pupil, Pupil]) -> None:
    first, _second = twice
    found = pair_of("pupil-double")
    principal = cast.asker(cast.somebody(Role.PRINCIPAL, school=first.school, area=HERE))
    before = everything()
    with pytest.raises(NotAllowed, match="「姓名」的改动须经上级批准"):
        merging.merge(found, keep=first.pk, take={"name"}, why=WHY, asker=principal)
    assert everything() == before
    assert merging.merge(found, keep=first.pk, take={"boarder"}, why=WHY, asker=principal).kept == first.pk


def test_schools_take_their_classes_and_grants_along() -> None:
    schools = [school_with_class(name="示例毓秀小学", area_id=HERE) for _ in range(2)]
    user = cast.somebody(Role.PRINCIPAL, school=schools[1], area=HERE)
    found, asker = pair_of("school-double"), city()
    before = everything()
    made = merging.merge(found, keep=schools[0].pk, take=set(), why=WHY, asker=asker)
    assert School.objects.count() == 1
    assert user.grants.get().school == schools[0].pk
    assert SchoolClass.objects.filter(school=schools[0]).count() == 2
    undoing.undo(made, why="弄错了", asker=asker)
    assert everything() == before


def test_two_counties_are_merged_by_the_city_only() -> None:
    first = pupil(id_number=identity(NUMBER))
    there = makers.school_class(makers.school(area_id=THERE))
    pupil(school_class=there, id_number=identity(NUMBER))
    found = pair_of("pupil-double")
    assert (found.area, found.school) == (CITY, None)
    for one in (county(), county(THERE)):
        assert not Finding.objects.filter(pk=found.pk).filter(explaining.within(one)).exists()
        with pytest.raises(NotAllowed, match="由上级单位办理"):
            merging.merge(found, keep=first.pk, take=set(), why=WHY, asker=one)
        with pytest.raises(NotAllowed, match="由上级单位办理"):
            explaining.dismiss(found, "不是同一人", asker=one)
    assert merging.merge(found, keep=first.pk, take=set(), why=WHY, asker=city()).dropped == found.other


def test_who_is_not_the_same_is_not_suggested_again(twice: tuple[Pupil, Pupil]) -> None:
    found = pair_of("pupil-double")
    with pytest.raises(Refusal, match="写明为什么"):
        explaining.dismiss(found, " ", asker=county())
    explaining.dismiss(found, "双胞胎，证件号录错", asker=county())
    compute(on=DAY, at=cast.NOW.replace(day=7))
    found.refresh_from_db()
    assert (found.state, found.note, found.gone_at) == (State.DISMISSED, "双胞胎，证件号录错", None)


def test_names_that_are_alike_in_one_township() -> None:
    make(Institution, name="示例星河艺术培训中心", area_id=f"{HERE}001")
    make(Institution, name="示例星河艺术培训中心（分校）", area_id=f"{HERE}001")
    make(Institution, name="示例星河艺术培训中心", area_id=f"{THERE}001")
    found = pair_of("institution-double")
    assert tell([found], city())[0].sentence == "名称相似度 90%，且在同一区划。"


def test_every_relation_to_a_model_is_known() -> None:
    known = {(one.model, one.column) for one in references_to(Pupil)}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model is Pupil:
                assert field.many_to_many is False
                assert (model, field.attname) in known
    assert len(known) >= 6
