"""The scope: each role reaches its own place and no further, from one day to another."""

from datetime import date
from typing import Any

import pytest

from junheng.domains.areas.models import Area
from junheng.domains.pupils.models import Household, Pupil
from junheng.domains.schools.models import School, SchoolClass
from junheng.domains.waters.models import Water
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import RULES, Role
from junheng.platform.access.scope import (
    areas_for,
    grant_for,
    may,
    reach,
    reaches_any,
    role_may,
    roles_of,
    within,
)
from junheng.platform.registers import every_register, register_of
from junheng.platform.registers.reasons import why_can
from tests import cast
from tests.makers import areas, make
from tests.makers.rows import CITY, HERE, THERE

pytestmark = pytest.mark.django_db
ON = date(2024, 3, 6)


def seen(user: Any, model: Any, verb: Any = "view", on: date = ON) -> set[Any]:
    """The numbers of the rows somebody reaches."""
    register = register_of(model)
    assert register is not None
    return set(within(model.objects.all(), register, user, verb, on=on).values_list("pk", flat=True))


def test_a_county_sees_its_own_and_the_city_all() -> None:
    here, there = make(School), make(School, where=THERE)
    assert seen(cast.somebody(Role.COUNTY_OFFICER), School) == {here.pk}
    assert seen(cast.somebody(Role.CITY_SECTION, area=CITY), School) == {here.pk, there.pk}
    assert seen(cast.stranger(), School) == set()


def test_an_area_is_a_prefix_and_ends_where_the_next_begins() -> None:
    areas()
    for code in ("410801", "410803", "41080"):
        Area.objects.filter(pk=code).delete()
    Area.objects.create(code="410803", name="中站区", kind="county")
    next_door, here, township = make(School, where="410803"), make(School), make(School, where=f"{HERE}001")
    assert seen(cast.somebody(Role.COUNTY_OFFICER), School) == {here.pk, township.pk}
    assert next_door.pk not in seen(cast.somebody(Role.COUNTY_OFFICER), School)


def test_a_township_sees_its_waters_only() -> None:
    mine, other = make(Water, where=f"{HERE}001"), make(Water, where=THERE)
    warden = cast.somebody(Role.TOWNSHIP_WARDEN, area=f"{HERE}001")
    assert seen(warden, Water) == {mine.pk}
    assert other.pk not in seen(warden, Water)
    make(School)
    assert seen(warden, School) == set()


def test_a_principal_sees_the_school_and_what_hangs_on_it() -> None:
    mine, other = make(Pupil), make(Pupil)
    principal = cast.somebody(Role.PRINCIPAL, school=mine.school)
    assert seen(principal, School) == {mine.school_id}
    assert seen(principal, Pupil) == {mine.pk}
    assert seen(principal, Household) == {mine.household_id}
    assert other.pk not in seen(principal, Pupil)
    assert seen(principal, Area) == set()


def test_a_class_teacher_sees_the_class_and_changes_what_a_register_names_the_role_for() -> None:
    mine = make(Pupil)
    beside = make(Pupil, school=mine.school, school_class=make(SchoolClass, school=mine.school))
    teacher = cast.somebody(Role.CLASS_TEACHER, school=mine.school, school_class=mine.school_class)
    assert seen(teacher, Pupil) == {mine.pk}
    assert beside.pk not in seen(teacher, Pupil)
    assert seen(teacher, Pupil, "change") == {mine.pk}, "asks for corrections, which the school approves"
    assert seen(teacher, SchoolClass) == {mine.school_class.pk}
    assert seen(teacher, SchoolClass, "change") == set()


def test_a_family_with_two_children_in_the_school_is_one_row() -> None:
    pupil = make(Pupil)
    make(Pupil, household=pupil.household, school=pupil.school, school_class=pupil.school_class)
    principal = cast.somebody(Role.PRINCIPAL, school=pupil.school)
    register = register_of(Household)
    assert register is not None
    assert within(Household.objects.all(), register, principal, "view", on=ON).count() == 1


@pytest.mark.parametrize("role", [role for role, rule in RULES.items() if rule.level != "area"])
def test_a_role_of_a_school_without_a_school_reaches_nothing(role: Role) -> None:
    make(School)
    make(Pupil)
    user = cast.somebody(role, area=CITY)
    assert seen(user, School) == seen(user, Pupil) == set()


def test_a_grant_holds_from_its_first_day_to_the_day_before_its_last() -> None:
    here = make(School)
    user = cast.somebody(Role.COUNTY_OFFICER, since=date(2024, 1, 1), until=date(2024, 2, 1))
    assert seen(user, School, on=date(2023, 12, 31)) == set()
    assert seen(user, School, on=date(2024, 1, 1)) == {here.pk}
    assert seen(user, School, on=date(2024, 1, 31)) == {here.pk}
    assert seen(user, School, on=date(2024, 2, 1)) == set()


def test_two_grants_add_up() -> None:
    here, there = make(School), make(School, where=THERE)
    user = cast.somebody(Role.COUNTY_OFFICER)
    cast.grant(user, Role.COUNTY_OFFICER, area=THERE)
    assert seen(user, School) == {here.pk, there.pk}
    assert areas_for(user, register_of(School), "view", on=ON) == [HERE, THERE]  # type: ignore[arg-type]
    assert roles_of(user, on=ON) == [Role.COUNTY_OFFICER]


def test_a_closed_account_has_no_rights() -> None:
    make(School)
    user = cast.somebody(Role.CITY_SECTION, area=CITY)
    user.is_active = False
    assert seen(user, School) == set()


def test_the_auditor_reads_and_does_nothing_else() -> None:
    register = register_of(School)
    assert register is not None
    assert role_may(Role.AUDITOR, register, "view")
    assert not any(
        role_may(Role.AUDITOR, register, verb) for verb in ("change", "import", "export", "unmask")
    )


def test_the_sentence_names_the_role_the_place_and_the_day() -> None:
    register = register_of(School)
    assert register is not None
    school = make(School)
    user = cast.somebody(Role.COUNTY_OFFICER)
    assert why_can(cast.asker(user), register, school) == (
        "您以「县（市、区）教育局（解放区）」的身份查看这条记录，授权自 2020-09-01 起。"
    )
    assert grant_for(make(School, where=THERE), register, user, "view", on=ON) is None
    assert why_can(cast.asker(cast.stranger()), register, school) == ""
    assert not may(cast.stranger(), register, "view", on=ON)


def test_a_grant_refuses_to_end_before_it_begins() -> None:
    with pytest.raises(Exception, match="grant_until_after_since"):
        cast.somebody(Role.AUDITOR, until=date(2020, 9, 1))
    assert Grant._meta.constraints


@pytest.mark.parametrize("role", list(Role))
def test_whether_a_grant_reaches_anything_is_what_the_rows_would_say(role: Role) -> None:
    places = [
        {"area": area, "school": school, "school_class": school_class, "kindergarten": kindergarten}
        for area in ("", CITY, HERE, f"{HERE}001")
        for school in (None, 1)
        for school_class in (None, 1)
        for kindergarten in (None, 1)
        if school is None or kindergarten is None
    ]
    for register in every_register().values():
        for place in places:
            grant = Grant(role=role, **place)
            assert reaches_any(grant, register) == (reach(grant, register) is not None), (register, place)
