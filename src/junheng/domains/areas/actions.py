"""Deeds about places: another name, another code, and one unit that goes up in another.

A code is never written over. What was recorded under the old code stays under it, so that earlier days and published
figures read as they did; whoever holds the successor is given the old code as well. See decision 0015.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.models import Area
from junheng.domains.areas.policies import check_may
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import Grant
from junheng.platform.access.scope import areas_for, held
from junheng.platform.audit.append import append_many, head
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of, save_row
from junheng.platform.lineage.actions import finished
from junheng.platform.lineage.models import Kind, Succession
from junheng.platform.registers import register_of
from junheng.platform.spans import check_has_come

ABOVE = {"county": 4, "township": 6}
"""Digits of the unit above, by level."""


@transaction.atomic
def rename_area(
    area: Area, *, name: str, on: date, number: str, by: Any, at: datetime, why: str
) -> Succession:
    """Give a unit another name; its code stays, and with it all that lies in it."""
    area = ready(area, on=on, by=by, at=at, deed=_("更名"))
    called = name.strip()
    if called in {"", area.name}:
        raise Refusal("same-name", "新名称与现名称相同或为空。请填写批准文件上的新名称。")
    made = written(area, area, kind=Kind.RENAME, name=called, on=on, number=number, by=by, at=at, why=why)
    area.name = called
    save_row(area, by=by, at=at, why=why, verb=Verb.DEED.value)
    return finished(made)


@transaction.atomic
def merge_area(
    area: Area, heir: Area, *, on: date, number: str, by: Any, at: datetime, why: str
) -> Succession:
    """Let a unit go up in another of its level. Only the city does this: it touches two units."""
    area = ready(area, on=on, by=by, at=at, deed=_("合并"))
    heir = ready(heir, on=on, by=by, at=at, deed=_("合并"))
    if area.pk == heir.pk:
        raise Refusal("merge-with-itself", "{name}不能与自己合并。请改填另一个单位。", name=heir.name)
    if area.kind != heir.kind or area.kind == "city":
        raise Refusal(
            "areas-of-two-levels",
            "只能在同一层级的县（市、区）或乡镇（街道）之间合并。请核对两个单位的层级。",
        )
    require_whole(area, heir.pk, by=by, at=at)
    made = written(area, heir, kind=Kind.MERGE, name=heir.name, on=on, number=number, by=by, at=at, why=why)
    gone = list(Area.objects.filter(until=None, code__startswith=area.pk).order_by("code"))
    for one in gone:
        one.until = on
        save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    grant_old_code(area, heir, by=by, at=at, why=why)
    return finished(made)


def ready(area: Area, *, on: date, by: Any, at: datetime, deed: Any) -> Area:
    """The unit as it is now, locked, for somebody who may change it."""
    check_has_come(on, at=at)
    area = Area.objects.select_for_update().get(pk=area.pk)
    check_may(str(deed), area, by=by, at=at)
    if area.until is not None:
        raise Conflict(
            "unit-closed",
            "{name}已于 {until} 终止，不能再办理{deed}。",
            name=area.name,
            until=area.until,
            deed=deed,
        )
    return area


@transaction.atomic
def recode_area(area: Area, *, code: str, on: date, number: str, by: Any, at: datetime, why: str) -> Area:
    """Let a unit go on under another code, and all that lies in it under codes that begin with it.

    The old codes end and are never used again; what was recorded under them stays there, is seen by the same people,
    and is told under the new code wherever figures are told by county.
    """
    area = ready(area, on=on, by=by, at=at, deed=_("换码"))
    fresh_code = code.strip()
    if len(fresh_code) != len(area.pk) or not (fresh_code.isascii() and fresh_code.isdigit()):
        raise Refusal(
            "code-of-another-level",
            "新代码须与原代码位数相同（{digits} 位数字）。请核对批准文件。",
            digits=len(area.pk),
        )
    if Area.objects.filter(pk=fresh_code).exists():
        raise Conflict(
            "area-code-taken", "区划代码 {given} 已经使用。代码不得重复使用，请填写新码。", given=fresh_code
        )
    require_whole(area, fresh_code, by=by, at=at)
    made = []
    for old in Area.objects.filter(until=None, code__startswith=area.pk).order_by("code"):
        fresh = Area(
            code=fresh_code + old.pk[len(area.pk) :], name=old.name, kind=old.kind,
            city_centre=old.city_centre, stat_only=old.stat_only,
        )  # fmt: skip
        made.append(
            written(old, fresh, kind=Kind.RECODE, name=old.name, on=on, number=number, by=by, at=at, why=why)
        )
        save_row(fresh, by=by, at=at, why=why, verb=Verb.DEED.value)
        old.until = on
        save_row(old, by=by, at=at, why=why, verb=Verb.DEED.value)
    grant_new_code(area.pk, fresh_code, by=by, at=at, why=why)
    for one in made:
        finished(one)
    return Area.objects.get(pk=fresh_code)


def above_of(area: Area) -> int:
    """How many digits the unit above has; the city itself stands under nothing that this house knows."""
    if area.kind not in ABOVE:
        raise Refusal("areas-of-two-levels", "市级区划不在本系统办理。请选择县（市、区）或乡镇（街道）。")
    return ABOVE[area.kind]


def require_whole(area: Area, heir: str, *, by: Any, at: datetime) -> None:
    """Refuse whoever does not hold the unit above both of them."""
    above = above_of(area)
    register = register_of(Area)
    assert register is not None
    codes = areas_for(by, register, "change", on=timezone.localdate(at))
    if area.pk[:above] != heir[:above] or not any(len(code) <= above for code in codes):
        raise NotAllowed(
            "areas-not-yours",
            "区划合并或换码由上一级办理，且不出上一级的范围：县（市、区）由市局，乡镇（街道）由县级。没有做任何改动。",
        )


def written(
    area: Area, heir: Area, *, kind: Kind, name: str, on: date, number: str, by: Any, at: datetime, why: str
) -> Succession:
    """The row that says what became of a unit."""
    made = Succession(
        register="areas", kind=kind, on=on, predecessor=area.pk, predecessor_code=area.code,
        predecessor_name=area.name, predecessor_area=area.code, successor=heir.pk, successor_code=heir.code,
        successor_name=name, area=heir.code, number=number.strip(), reason=why, first_entry=head().id,
    )  # fmt: skip
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


def grant_old_code(area: Area, heir: Area, *, by: Any, at: datetime, why: str) -> None:
    """Let whoever holds the successor as a whole hold the old code as well, from today: one write, however many."""
    today = timezone.localdate(at)
    whole = Q(area=heir.pk, school=None, school_class=None)
    fresh = [
        Grant(user=one.user, role=one.role, area=area.pk, since=today, until=one.until)
        for one in Grant.objects.filter(held(today), whole).select_related("user").order_by("id")
    ]
    write_grants(fresh, by=by, at=at, why=why)


def grant_new_code(old: str, fresh: str, *, by: Any, at: datetime, why: str) -> None:
    """Let whoever holds a code, or a part of what lies in it, hold the new one as well: one write, however many."""
    today = timezone.localdate(at)
    places = Q(area__startswith=old, school=None, school_class=None)
    copies = [
        Grant(user=one.user, role=one.role, area=fresh + one.area[len(old) :], since=today, until=one.until)
        for one in Grant.objects.filter(held(today), places).select_related("user").order_by("id")
    ]
    write_grants(copies, by=by, at=at, why=why)


def write_grants(grants: Sequence[Grant], *, by: Any, at: datetime, why: str) -> None:
    """Write new grants with their entries."""
    made = Grant.objects.bulk_create(grants)
    pairs = ((one, None) for one in made)
    append_many(list(drafts_of(pairs, by=by, at=at, why=why, verb=Verb.DEED.value)))
