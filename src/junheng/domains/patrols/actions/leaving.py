"""Leave: who is away, who stands in, and coming back earlier. A duty never falls between two people."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.patrols.models import Leave
from junheng.domains.patrols.policies import is_officer, speaks_for
from junheng.domains.patrols.queries.norms import monday_of
from junheng.domains.patrols.terms import LeaveReason
from junheng.domains.people.models import Person
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_ends_after, held_from

COUNTY = 6
"""Signs of the code of a county: a deputy comes from the same one."""


@transaction.atomic
def request_leave(
    person: Person,
    *,
    deputy: Person | None,
    since: date,
    until: date | None,
    reason: str,
    by: Any,
    at: datetime,
    why: str,
) -> Leave:
    """Write down that somebody is away and who stands in. Without a deputy the duty stays where it was."""
    person = Person.objects.select_for_update(of=("self",)).select_related("area").get(pk=person.pk)
    today = timezone.localdate(at)
    check_speaks(person, by=by, on=today)
    if until is not None:
        check_ends_after(since, until)
    if since < monday_of(today) and not is_officer(by, on=today):
        raise Refusal(
            "leave-of-a-week-reported",
            "{since} 所在的周已经结束，本人不能再补登。请由县（市、区）教育局补登，漏查会重新计算。",
            since=since,
        )
    check_in_office(person, since, until)
    if away := crossing(Leave.objects.filter(person=person), since, until).first():
        raise Conflict(
            "leave-overlaps",
            "{person}在 {since} 起已有请假（{leave}），没有重复登记。请先结束或取消原来的请假。",
            person=person,
            since=away.since,
            leave=away,
        )
    if needed := crossing(Leave.objects.filter(deputy=person), since, until).select_related("person").first():
        raise Conflict(
            "deputy-leaves",
            "{person}在这段时间代理{other}（{leave}），自己不能离开。请先为{other}改定代理人。",
            person=person,
            other=needed.person,
            leave=needed,
        )
    if deputy is not None:
        check_deputy(person, deputy, since, until)
    row = Leave(
        code=next_code(since),
        person=person,
        deputy=deputy,
        area_id=person.area_id,
        since=since,
        until=until,
        reason=LeaveReason(reason),
    )
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("请假"), row, by=by, at=at)
    return row


@transaction.atomic
def end_leave(leave: Leave, *, on: date, by: Any, at: datetime, why: str) -> Leave:
    """Come back on a day. A leave that had not begun by then is cancelled and takes no effect at all."""
    leave = Leave.objects.select_for_update(of=("self",)).select_related("person").get(pk=leave.pk)
    check_may(_("结束请假"), leave, by=by, at=at)
    today = timezone.localdate(at)
    check_speaks(leave.person, by=by, on=today)
    if leave.cancelled or (leave.until is not None and leave.until <= min(on, today)):
        raise Conflict("leave-ended", "{leave} 已经结束或取消，没有再次办理。", leave=leave)
    if leave.until is not None and on >= leave.until:
        raise Refusal(
            "leave-not-longer",
            "返岗日 {on} 不早于原定的 {until}。要延长请假，请在原假期满后另行登记。",
            on=on,
            until=leave.until,
        )
    if on < monday_of(today) and not is_officer(by, on=today):
        raise Refusal(
            "leave-of-a-week-reported",
            "{since} 所在的周已经结束，本人不能再补登。请由县（市、区）教育局补登，漏查会重新计算。",
            since=on,
        )
    if on <= leave.since:
        leave.cancelled = True
    else:
        leave.until = on
    save_row(leave, by=by, at=at, why=why, verb=Verb.DEED.value)
    return leave


def check_speaks(person: Person, *, by: Any, on: date) -> None:
    """Refuse whoever asks for somebody else without being of the bureau."""
    if not speaks_for(person, by, on=on):
        raise NotAllowed(
            "leave-of-another",
            "您的账号没有关联{person}，不能替他办理。请由本人办理，或请县（市、区）教育局代办。",
            person=person,
        )


def check_in_office(person: Person, since: date, until: date | None) -> None:
    """Refuse leave of somebody who is not in office all the time."""
    if not serves(person, since, until):
        raise Refusal(
            "leave-not-in-office",
            "{person}在这段时间不全在任，不能登记请假。请核对任职日期。",
            person=person,
        )


def check_deputy(person: Person, deputy: Person, since: date, until: date | None) -> None:
    """Refuse a deputy who is the person himself, not in office, of another level or county, or away as well."""
    if deputy.pk == person.pk:
        raise Refusal("own-deputy", "请假的人不能由自己代理。请核对代理人。")
    if not serves(deputy, since, until):
        raise Refusal(
            "deputy-not-in-office", "{deputy}在这段时间不全在任，不能代理。请另选代理人。", deputy=deputy
        )
    if deputy.area.kind != person.area.kind or deputy.area_id[:COUNTY] != person.area_id[:COUNTY]:
        raise Refusal(
            "deputy-elsewhere",
            "{deputy}属于{place}，不能代理{person}。请选择同一县（市、区）的同级责任人。",
            deputy=deputy,
            place=deputy.area,
            person=person,
        )
    Person.objects.select_for_update().get(pk=deputy.pk)  # nobody gives him leave meanwhile
    if away := crossing(Leave.objects.filter(person=deputy), since, until).first():
        raise Conflict(
            "deputy-away",
            "{deputy}在这段时间也请假（{leave}），不能代理。请另选代理人。",
            deputy=deputy,
            leave=away,
        )


def serves(person: Person, since: date, until: date | None) -> bool:
    """Whether somebody is in office on every day of a span."""
    return person.since <= since and (person.until is None or (until is not None and until <= person.until))


def crossing(rows: "QuerySet[Leave]", since: date, until: date | None) -> "QuerySet[Leave]":
    """The leaves that share a day with a span."""
    here = rows.filter(held_from(since), cancelled=False)
    return here.filter(since__lt=until) if until is not None else here


def next_code(since: date) -> str:
    """The number of a new leave: counted within the year it begins in."""
    start = f"QJ{since.year}-"
    last = (
        Leave.objects.filter(code__startswith=start).order_by("-code").values_list("code", flat=True).first()
    )
    return f"{start}{int(last[len(start) :]) + 1 if last else 1:05d}"
