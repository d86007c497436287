"""A school with places and staff, as tests of posts begin with it."""

from itertools import count
from typing import Any

from junheng.domains.posts.models import Post, SafetyPlace, StaffMember
from junheng.domains.schools.models import School
from tests.domains import makers
from tests.domains.makers import BEGUN

_numbers = count(1)


def place(**given: Any) -> SafetyPlace:
    """From seven to nine on school days, unless said otherwise."""
    facts: dict[str, Any] = {
        "code": f"B{next(_numbers):03}", "name": "校门", "area_id": "4108", "weekdays": 31, "starts": 420,
        "ends": 540, "since": BEGUN,
    }  # fmt: skip
    return SafetyPlace.objects.create(**facts | given)


def member(school: School, **given: Any) -> StaffMember:
    number = next(_numbers)
    facts: dict[str, Any] = {
        "code": f"J{number:05}", "name": f"教师{number}", "school": school, "area_id": school.area_id,
        "position": "教师", "since": BEGUN,
    }  # fmt: skip
    return StaffMember.objects.create(**facts | given)


def post(**given: Any) -> Post:
    school = given.pop("school", None) or makers.school()
    facts: dict[str, Any] = {
        "school": school, "area_id": school.area_id, "place": given.pop("place", None) or place(),
        "person": given.pop("person", None) or member(school), "weekdays": 31, "starts": 420, "ends": 540,
        "since": BEGUN,
    }  # fmt: skip
    return Post.objects.create(**facts | given)
