"""What comes with a visit: another class that shares it, and a need that becomes somebody's task."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import HOMEVISITS
from junheng.domains.homevisits.models import HelpTask, SharedVisit, Visit
from junheng.domains.homevisits.policies import check_records
from junheng.domains.homevisits.queries.households import in_class
from junheng.domains.homevisits.terms import NeedKind, Way
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def share(
    visit: Visit,
    room: SchoolClass,
    *,
    teacher: str,
    needs: Collection[NeedKind] = (),
    by: Any,
    at: datetime,
    why: str,
) -> SharedVisit:
    """Join the visit of another class: no second visit is written, and the household counts once as before."""
    check_records(_("并入共同走访"), room, by=by, at=at)
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if visit.way != Way.IN_PERSON or not in_class(visit.household, room, on=visit.visited_on):
        raise Refusal(
            "visit-not-to-share",
            "这次走访不是入户，或这户当天没有学生在{room}，不能并入。请登记本班自己的家访。",
            room=room,
        )
    if visit.school_class_id == room.pk or visit.shared.filter(school_class=room).exists():
        raise Conflict(
            "visit-shared-already", "{on} 的走访已经记在{room}，没有再记。", on=visit.visited_on, room=room
        )
    made = SharedVisit(
        visit=visit, school_class=room, school_id=room.school_id, area_id=room.area_id, teacher=teacher,
        joined_on=timezone.localdate(at),
    )  # fmt: skip
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    for kind in needs:
        ask_help(visit, room, kind, by=by, at=at, why=why)
    return made


@transaction.atomic
def ask_help(
    visit: Visit,
    room: SchoolClass,
    kind: NeedKind,
    *,
    on: date | None = None,
    by: Any,
    at: datetime,
    why: str,
) -> HelpTask:
    """Make a task of a need: one kind, one role, one day until which. Asked for on the day of the visit or after."""
    check_records(_("转办家访发现的需求"), room, by=by, at=at)
    asked = on or visit.visited_on
    days = HOMEVISITS.help_days.on(asked)
    task = HelpTask(
        visit=visit, school_id=room.school_id, school_class=room, area_id=room.area_id, kind=kind,
        asked_on=asked, asked_by=name_of(by), due_on=asked + timedelta(days=days.value),
    )  # fmt: skip
    save_row(task, by=by, at=at, why=why, verb=Verb.DEED.value)
    return task
