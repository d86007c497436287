"""Beds given out pupil by pupil: one pupil, one bed, in the right room; whoever has one on the day of a roll counts."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from junheng.domains.funds.actions.freezing import facts_of
from junheng.domains.funds.models import BedAssignment, Dormitory, Entitlement, RollLine
from junheng.domains.funds.quality import bed_of_somebody_gone, entitlement_boarders
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.funds import term as begun
from tests.domains.funds.term import DAY


def room(school: School, *, beds: int = 4, sex: int = 1, **given: Any) -> Dormitory:
    number = Dormitory.objects.count() + 1
    facts = {"code": f"{school.code}-{number}", "name": f"{number}号宿舍", "since": makers.BEGUN}
    return Dormitory.objects.create(
        school=school, area_id=school.area_id, sex=sex, beds=beds, **facts | given
    )


def bed(pupil: Pupil, dormitory: Dormitory, number: int, **given: Any) -> BedAssignment:
    row = BedAssignment(
        pupil=pupil, dormitory=dormitory, bed=number, area_id=dormitory.area_id, **{"since": makers.BEGUN} | given
    )  # fmt: skip
    row.full_clean()
    row.save()
    return row


def test_one_pupil_one_bed_in_a_room_that_is_theirs() -> None:
    school = begun.boarding(boarders=3, beds=0)
    one, other, third = Pupil.objects.filter(school=school).order_by("pk")
    here, girls = room(school, beds=2, until=date(2024, 7, 1)), room(school, sex=2)
    bed(one, here, 1, until=date(2023, 2, 1))
    bed(one, here, 2, since=date(2023, 2, 1))
    day_pupil = makers.pupil(begun.pupils(school, 0, stage="junior"))
    elsewhere = makers.pupil(begun.pupils(begun.boarding(), 0, stage="junior"), boarder=True)
    for field, pupil, dormitory, number, since, words in (
        ("bed", other, here, 3, DAY, "只有 2 张床"),
        ("bed", other, here, 2, DAY, "已安排给别的学生"),
        ("bed", other, here, 1, date(2023, 1, 31), "已安排给别的学生"),
        ("pupil", one, here, 1, DAY, "一人一床"),
        ("pupil", other, girls, 1, DAY, "是女生宿舍"),
        ("pupil", day_pupil, here, 1, DAY, "没有登记寄宿"),
        ("pupil", elsewhere, here, 1, DAY, "学籍不在这间宿舍所属的学校"),
        ("pupil", other, here, 1, date(2020, 1, 1), "不在这所学校"),
        ("since", other, here, 1, date(2024, 7, 1), "启用的时间"),
    ):
        with pytest.raises(ValidationError) as caught:
            bed(pupil, dormitory, number, since=since, until=None if field != "since" else date(2024, 8, 1))
        assert words in str(caught.value.message_dict[field]), field
    bed(other, here, 1, since=date(2023, 2, 1))  # free from that day on
    assert BedAssignment.objects.filter(pupil=third).count() == 0


def test_a_freeze_counts_those_who_have_a_bed_and_names_those_who_have_none(settings: Any) -> None:
    """A school that gives out beds, one that only has a number of them, and a boarder on two rolls."""
    settings.JUNHENG_AS_OF = DAY
    school, by_number = begun.boarding(boarders=4, beds=99), begun.boarding(boarders=3, beds=2)
    here = room(school)
    pupils = list(Pupil.objects.filter(school=school).order_by("pk"))
    for number, one in enumerate(pupils[:3], start=1):
        bed(one, here, number)
    pupils[2].until = DAY  # gone, and the bed not given back
    pupils[2].save()
    twin = makers.pupil(
        begun.pupils(by_number, 0, stage="junior"), code=pupils[1].code, since=date(2021, 9, 1)
    )
    roll = begun.frozen()
    lines = {one.school_id: one for one in RollLine.objects.filter(roll=roll)}
    mine, theirs = lines[school.pk], lines[by_number.pk]
    assert (mine.by_beds, mine.boarders, mine.bedded, mine.held) == (True, 2, 1, 1)
    assert (theirs.by_beds, theirs.boarders, theirs.bedded) == (False, 3, 2)
    assert roll.without_bed == 2
    told = [set(one) for one in facts_of([mine, theirs])]
    assert [("by_beds" in one) for one in told] == [True, False]
    begun.derived(roll)
    assert Entitlement.objects.get(school=school).boarders == 1
    asked = entitlement_boarders(Entitlement.objects.filter(term="2023S"), DAY).values_list(
        "school", flat=True
    )
    assert school.pk not in asked
    assert set(bed_of_somebody_gone(BedAssignment.objects.all(), DAY).values_list("pupil", flat=True)) == {
        pupils[2].pk
    }
    city = Client()
    city.force_login(begun.officer())
    Pupil.objects.filter(pk=pupils[3].pk).update(name="没有床位甲")
    page = city.get(f"/funds/rolls/{roll.pk}/").content.decode()
    assert "按床位安排" in page
    assert "按床位数" in page
    assert "没****" in page
    assert "没有床位甲" not in page
    page = city.get(f"/funds/schools/{school.pk}/beds/").content.decode()
    assert f"/registers/pupils/{pupils[3].pk}/" in page
    assert "没有床位的寄宿生 1 人" in page
    teacher = Client()
    teacher.force_login(makers.user(Role.CLASS_TEACHER, area=school.area_id, school=school))
    assert teacher.get(f"/funds/schools/{school.pk}/beds/").status_code in {403, 404}
    assert twin.pk


def test_a_school_brings_its_beds_as_a_workbook_and_a_wrong_line_keeps_the_whole_out() -> None:
    school = begun.boarding(boarders=3, beds=0)
    here = room(school)
    one, other, third = Pupil.objects.filter(school=school).order_by("pk")
    own = Client()
    own.force_login(makers.user(Role.PRINCIPAL, area=school.area_id, school=school))
    heads = "学籍号,宿舍名称,床位号,区划,入住日期,退宿日期"

    def sent(*lines: str) -> Any:
        content = "\n".join((heads, *lines)).encode("utf-8-sig")
        return own.post(
            "/registers/bedassignments/import/", {"file": SimpleUploadedFile("床位.csv", content)}
        )

    wrong = sent(
        f"{one.code},{here.name},1,410811,2023-02-20,", f"{other.code},{here.name},9,410811,2023-02-20,"
    )
    assert wrong.status_code == 422
    assert "只有 4 张床" in "".join(problem.reason for problem in wrong.context["plan"].problems)
    right = sent(
        f"{one.code},{here.name},1,410811,2023-02-20,", f"{third.code},{here.code},2,410811,2023-02-20,"
    )
    assert right.status_code == 200, [problem.reason for problem in right.context["plan"].problems]
    token = right.content.decode().split('name="token" value="')[1].split('"')[0]
    own.post("/registers/bedassignments/import/", {"token": token, "why": "开学安排"})
    assert set(BedAssignment.objects.values_list("pupil", "bed")) == {(one.pk, 1), (third.pk, 2)}
