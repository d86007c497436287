"""A school with two classes, siblings in both, and the people around them."""

from dataclasses import dataclass
from datetime import date

from junheng.domains.pupils.models import Household, Pupil
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from tests.domains import makers

DAY = date(2023, 11, 4)


@dataclass
class Town:
    """Class ``room`` has a pupil alone and a sibling; the other sibling is in class ``beside``."""

    school: School
    room: SchoolClass
    beside: SchoolClass
    alone: Pupil
    sibling: Pupil
    other: Pupil
    teacher: User
    neighbour: User
    principal: User
    psychologist: User
    officer: User
    county: User

    @property
    def shared(self) -> Household:
        """The household of the siblings."""
        return self.sibling.household


def teacher_of(room: SchoolClass) -> User:
    """Somebody who teaches a class."""
    somebody = User.objects.create(username=f"teacher-{room.pk}", display_name=f"示例教师{room.number}")
    Grant.objects.create(
        user=somebody, role=Role.CLASS_TEACHER, area=room.area_id, school=room.school_id, school_class=room.pk,
        since=makers.BEGUN,
    )  # fmt: skip
    return somebody


def town() -> Town:
    school = makers.school()
    room, beside = makers.school_class(school), makers.school_class(school)
    sibling = makers.pupil(room, name="示例乙")
    return Town(
        school=school,
        room=room,
        beside=beside,
        alone=makers.pupil(room, name="示例甲"),
        sibling=sibling,
        other=makers.pupil(beside, name="示例丙", household=sibling.household),
        teacher=teacher_of(room),
        neighbour=teacher_of(beside),
        principal=makers.user(Role.PRINCIPAL, area="410802", school=school),
        psychologist=makers.user(Role.PSYCHOLOGIST, area="410802", school=school),
        officer=makers.user(Role.AID_OFFICER, area="410802"),
        county=makers.user(Role.COUNTY_OFFICER, area="410802"),
    )
