"""Recording a visit: for a school, or by a class teacher for a pupil of the own class."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.homevisits.actions.sharing import ask_help
from junheng.domains.homevisits.models import Visit
from junheng.domains.homevisits.policies import check_records
from junheng.domains.homevisits.queries.households import in_class, met_in_term
from junheng.domains.homevisits.terms import Companion, NeedKind, Topic, Way
from junheng.domains.pupils.models import Household, Pupil
from junheng.domains.schools.models import School, SchoolClass
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.access.scope import grants_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come, holds


@transaction.atomic
def record_visit(
    household: Household,
    school: School,
    *,
    teacher: str,
    on: date,
    way: Way,
    room: SchoolClass | None = None,
    topics: Collection[Topic] = (),
    companions: Collection[Companion] = (),
    by: Any,
    at: datetime,
    why: str,
) -> Visit:
    """Record a visit of a school to a household that has a pupil there on that day. Nothing about the family is asked."""
    check_has_come(on, at=at)
    if not Pupil.objects.filter(holds(on), household=household, school=school).exists():
        raise Refusal(
            "visit-without-pupil",
            "家庭 {household} 在 {on} 没有学生就读于{school}。请核对家庭编号，或由学生所在学校登记。",
            household=household,
            on=on,
            school=school,
        )
    visit = Visit(
        household=household, school=school, area_id=school.area_id, teacher=teacher, visited_on=on, way=way,
        school_class=room or class_of(household, school, on=on, by=by, at=at),
        topics=joined(topics, Topic), companions=joined(companions, Companion),
    )  # fmt: skip
    save_row(visit, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("登记家访"), visit, by=by, at=at)
    return visit


@transaction.atomic
def record_of_class(
    household: Household,
    room: SchoolClass,
    *,
    teacher: str,
    on: date,
    way: Way,
    topics: Collection[Topic] = (),
    companions: Collection[Companion] = (),
    needs: Collection[NeedKind] = (),
    again: bool = False,
    by: Any,
    at: datetime,
    why: str,
) -> Visit:
    """Record a visit for a class. A household met in this term already is met once more only if somebody means it."""
    check_records(_("登记家访"), room, by=by, at=at)
    check_has_come(on, at=at)
    check_in_class(household, room, on=on)
    if needs and way == Way.NOT_MET:
        raise Refusal(
            "need-of-nobody-met", "没有见到家长，不能登记发现的需求。请改正方式，或去掉勾选的需求。"
        )
    earlier = met_in_term(household, on=on)
    if way == Way.IN_PERSON and earlier is not None and not again:
        raise Conflict(
            "household-met-already",
            "这户 {on} 已由{school}{teacher}走访，还没有保存。一起去的请“并入共同走访”；确实另去了一次的请“另记一次”。",
            on=earlier.visited_on,
            school=earlier.school,
            teacher=earlier.teacher,
        )
    visit = record_visit(
        household, room.school, teacher=teacher, on=on, way=way, room=room, topics=topics, companions=companions,
        by=by, at=at, why=why,
    )  # fmt: skip
    for kind in needs:
        ask_help(visit, room, kind, by=by, at=at, why=why)
    return visit


def check_in_class(household: Household, room: SchoolClass, *, on: date) -> None:
    """Refuse a household that has no pupil in the class on that day."""
    if not in_class(household, room, on=on):
        raise Refusal(
            "visit-not-of-class",
            "家庭 {household} 在 {on} 没有学生在{room}。请核对日期，或由学生所在的班登记。",
            household=household,
            on=on,
            room=room,
        )


def class_of(household: Household, school: School, *, on: date, by: Any, at: datetime) -> SchoolClass | None:
    """The class for which a visit counts: the doer's own, else the only one that the household has at the school."""
    pupils = Pupil.objects.filter(holds(on), household=household, school=school)
    classes = {one.school_class_id: one.school_class for one in pupils.select_related("school_class")}
    own = {grant.school_class for grant in grants_of(by, on=timezone.localdate(at))} & set(classes)
    if own:
        return classes[min(one for one in own if one is not None)]
    return next(iter(classes.values())) if len(classes) == 1 else None


def joined(chosen: Collection[Topic | Companion], choices: type[Topic] | type[Companion]) -> str:
    """Chosen words as one text, in the order of their list."""
    return ",".join(one.value for one in choices if one in chosen)
