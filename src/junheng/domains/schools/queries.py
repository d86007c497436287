"""Questions about schools and classes that deeds ask."""

import re
from datetime import date

from django.db.models import QuerySet

from junheng.domains.schools.models import School, SchoolClass
from junheng.kernel.errors import Refusal
from junheng.platform.spans import held_from

CLASS = re.compile(r"(\d{1,2})\s*[-－—年.．]\s*(?:级)?\s*(\d{1,3})\s*班?")


def classes_of(school: School, *, on: date) -> "QuerySet[SchoolClass]":
    """The classes that a school still has on a day or later."""
    return SchoolClass.objects.filter(held_from(on), school=school)


def classes_named(school: School, text: str, *, on: date) -> list[SchoolClass]:
    """The classes that somebody named by grade and number: 1-2, 3年级1班. Every one must be there."""
    known = {(one.grade, one.number): one for one in classes_of(school, on=on)}
    found: dict[int, SchoolClass] = {}
    for part in filter(None, re.split(r"[,，、;；\s]+(?=\d)", text.strip())):
        match = CLASS.fullmatch(part.strip())
        one = known.get((int(match[1]), int(match[2]))) if match else None
        if one is None:
            raise Refusal(
                "no-such-class",
                "{school}没有“{text}”这个班。请按“年级-班号”填写，例如 1-1、1-2。",
                school=school.name,
                text=part.strip()[:20],
            )
        found[one.pk] = one
    return list(found.values())
