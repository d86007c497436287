"""One maker for every model: reads columns, choices and relations, and asks the model whether the row is in order."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from junheng.domains.admissions.models import Crossing, Entrant
from junheng.domains.areas.models import Area
from junheng.domains.awardfunds.models import AwardNotice, AwardRecovery, AwardUse
from junheng.domains.fees.models import FeeItem, FeeNotice
from junheng.domains.funds.models import (
    BedAssignment,
    Derivation,
    DifferenceNote,
    Dormitory,
    FundUse,
    RollFreeze,
)
from junheng.domains.governance.models import CaseExtension
from junheng.domains.groups.models import HelpAction, Pair
from junheng.domains.guidance.models import CareCase
from junheng.domains.posts.models import DutyRecord
from junheng.domains.pupils.models import Consent, Pupil
from junheng.domains.quotaplaces.models import QuotaResult, QuotaRound
from junheng.domains.schemes.models import ClassVote, Publicity, SchemeApplication
from junheng.domains.schools.models import School

BEGUN = date(2023, 9, 1)
AT = datetime(2023, 10, 9, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
CITY, HERE, THERE = "4108", "410802", "410811"
_numbers = count(1)


def areas() -> dict[str, Area]:
    """The city, two counties and a township in each; made once a test."""
    if not Area.objects.exists():
        Area.objects.bulk_create(
            [
                Area(code=CITY, name="焦作市", kind="city"),
                Area(code=HERE, name="解放区", kind="county", city_centre=True),
                Area(code=THERE, name="山阳区", kind="county", city_centre=True),
                Area(code=f"{HERE}001", name="民生街道", kind="township"),
                Area(code=f"{THERE}001", name="东方红街道", kind="township"),
            ]
        )
    return {area.code: area for area in Area.objects.all()}


def make(model: type[models.Model], *, where: str = HERE, **given: Any) -> Any:
    """One row in an area, with the rows it names, all in that area too."""
    areas()
    if model is Area:
        return new_area(where, **given)
    facts = {"came": "none"} | given if model is QuotaResult else dict(given)
    if model is BedAssignment and not {"pupil", "dormitory"} & set(
        facts
    ):  # a boarder in a dormitory of their own school
        facts["pupil"] = boarder = make(Pupil, where=where, boarder=True)
        facts["dormitory"] = make(Dormitory, where=where, school=boarder.school, sex=boarder.sex, beds=60)
    for column in model._meta.concrete_fields:
        if column.name not in facts and not column.auto_created:
            value = value_for(column, where, facts)
            if value is not models.NOT_PROVIDED:
                facts[column.name] = value
    if model is Consent and not {"pupil", "child"} & set(facts):
        facts["pupil"] = make(Pupil, where=where)
    if model is Crossing and not {"entrant", "pupil"} & set(facts):
        facts["entrant"] = make(Entrant, where=where)
    if model is DutyRecord and not {"school", "kindergarten"} & set(facts):
        facts["school"] = make(School, where=where)
    if model is HelpAction and not {"pair", "member"} & set(facts):
        facts["pair"] = make(Pair, where=where)
    if model is SchemeApplication and "school" not in facts:
        facts["school"] = make(School, where=where)
    if model is CareCase and "team" not in facts:  # an open one is worked on by its school
        facts["team"] = facts["school"]
    if model is ClassVote:  # one is on the roll, was there, and voted; two counted
        facts |= {"present": 1, "votes": 1} | given
    if model is Publicity:
        facts = (
            {"until": BEGUN + timedelta(days=9)}
            | given
            | {name: value for name, value in facts.items() if name != "until"}
        )
    if model in {FundUse, AwardUse}:  # no more is published as used than came in
        facts = (
            {"amount_fen": 0} | given | {name: value for name, value in facts.items() if name != "amount_fen"}
        )
    if model in {RollFreeze, Derivation} and "number" not in given:
        facts["number"] = next(_numbers) % 30_000
    if model is AwardNotice:  # so much for each of its titles
        facts["total_fen"] = facts["titles"] * facts["rate_fen"]
    if model is AwardRecovery:  # what is asked back is something
        facts = {"amount_fen": 1} | facts
    if model is DifferenceNote:  # the whole of its two parts
        facts["amount_fen"] = facts["by_count_fen"] + facts["by_rate_fen"]
    if model is CaseExtension:  # it is longer than it was
        facts |= {"due_on": facts["was_due_on"] + timedelta(days=30)} | given
    if model is FeeNotice and "name" not in given:  # only what is on the list is posted
        facts["name"] = make(FeeItem, where=where).name
    if model is QuotaRound:  # one a year and place; shown for some days
        facts = (
            {"year": 1000 + next(_numbers) % 30_000, "public_until": BEGUN + timedelta(days=9), "share": 50}
            | given
            | {name: value for name, value in facts.items() if name not in {"year", "public_until", "share"}}
        )
    row = model(**facts)
    agree(row, given)
    row.full_clean(validate_unique=False)
    row.save()
    return row


def make_many(model: type[models.Model], number: int, *, where: str = HERE) -> list[Any]:
    """Several rows, each with its own relations."""
    return [make(model, where=where) for _ in range(number)]


def value_for(column: "models.Field[Any, Any]", where: str, facts: dict[str, Any]) -> Any:
    """A value that a column takes; what may be left out is left out."""
    if isinstance(column, models.ForeignKey) and not column.null:
        if column.related_model is Area:
            return Area.objects.get(pk=where)
        return make(column.related_model, where=where)
    if column.has_default() or column.null or column.blank:
        return models.NOT_PROVIDED
    if column.name == "area" and not isinstance(column, models.ForeignKey):
        return where
    if column.choices:
        return column.flatchoices[0][0]
    return plain_value(column)


def plain_value(column: "models.Field[Any, Any]") -> Any:
    """A value by the kind of column; words and codes are never the same twice."""
    number = next(_numbers)
    if isinstance(column, models.DateTimeField):
        return AT
    if isinstance(column, models.DateField):
        return BEGUN
    if isinstance(column, models.TimeField):
        return AT.time()
    if isinstance(column, models.BooleanField):
        return False
    if isinstance(column, models.IntegerField):
        return 2023 if "year" in column.name else 1 + number % 9
    if column.name == "term":
        return "2023A"
    if column.name == "digest":
        return f"{number:064x}"
    length = column.max_length or 40
    return f"{column.name[:3]}{number:05}"[:length]


def agree(row: Any, given: dict[str, Any]) -> None:
    """Let a row's relations agree with one another: a pupil's class is one of the pupil's school."""
    for name in ("school_class", "pupil", "kindergarten", "case"):
        other = getattr(row, name, None) if name in {field.name for field in row._meta.fields} else None
        for shared in ("school", "school_class"):
            if (
                other is not None
                and shared not in given
                and hasattr(other, f"{shared}_id")
                and hasattr(row, f"{shared}_id")
            ):
                setattr(row, shared, getattr(other, shared))


def new_area(where: str, **given: Any) -> Area:
    """A township within the county."""
    number = 100 + next(_numbers) % 900
    return Area.objects.create(code=f"{where[:6]}{number}", name=f"示例{number}镇", kind="township", **given)
