"""Incidents of the demonstration city: one reviewed and told to others with a measure that is overdue, one done, one fresh."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from junheng.domains.findings import actions as findings
from junheng.domains.findings.actions import escalate_overdue
from junheng.domains.incidents import actions
from junheng.domains.incidents.models import Incident
from junheng.domains.letters import actions as letters
from junheng.domains.letters.models import Delivery, LetterSeries
from junheng.domains.letters.queries.reaching import units
from junheng.domains.letters.terms import Addressees, DeliveryState
from junheng.domains.schools.models import School
from junheng.platform.access.models import Grant, User
from junheng.platform.audit.append import append_many
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of
from junheng.surfaces.demo.faults import DAY
from junheng.surfaces.demo.logins import county_login

SHANGHAI = ZoneInfo("Asia/Shanghai")
WHY = "按演示方案办理"
ONE = timedelta(days=1)
UNSIGNED = 1
"""Schools that did not sign for what others learned."""


@transaction.atomic
def add_incidents() -> None:
    """Told by the very deeds that people do, on the days on which they would have."""
    first, second = (of_login(name) for name in ("xiaozhang1", "xiaozhang2"))
    told_and_late(*first)
    settled(*second)
    fresh(*second)
    escalate_overdue(on=DAY, by="junheng", at=moment(DAY), why=WHY)


def of_login(name: str) -> tuple[User, School, User]:
    """A principal, the school, and the county's office there."""
    head = User.objects.get(username=name)
    school = School.objects.get(pk__in=Grant.objects.filter(user=head).values("school"))
    return head, school, User.objects.get(username=county_login(str(school.area_id)[:6]))


def moment(day: date, hour: time = time(10)) -> datetime:
    """A time of a day in Shanghai."""
    return datetime.combine(day, hour, SHANGHAI)


def facts(by: User, day: date) -> dict[str, Any]:
    """Who does it, when and why."""
    return {"by": by, "at": moment(day), "why": WHY}


def told_and_late(head: User, school: School, office: User) -> None:
    """A fall in October: two measures, of which one was seen done and one was forgotten; its lesson went to all schools."""
    on = date(2023, 10, 17)
    one = actions.report(
        school, kind="sport", on=on, place="操场", what="体育课上单杠横梁松脱，一名学生摔伤手臂，已送医（演示）", hurt=1, **facts(head, on)
    )  # fmt: skip
    one = actions.review(
        one, on=on + 8 * ONE, chaired_by="分管副校长（演示）",
        causes="器材固定螺栓锈蚀，定期检查只看外观、没有试力（演示）",
        lessons="体育器材逐件试力检查并登记；不合格的当日停用、挂牌（演示）", **facts(head, on + 8 * ONE),
    )  # fmt: skip
    done = actions.add_measure(
        one, what="单杠固定螺栓锈蚀", measures="更换全部固定件，试力合格后启用（演示）", owner="总务主任（演示）", due_on=date(2023, 11, 10),
        **facts(head, on + 8 * ONE),
    )  # fmt: skip
    actions.add_measure(
        one, what="检查制度没有试力一项", measures="修订器材检查表，体育组每月试力并签字（演示）", owner="体育组长（演示）", due_on=date(2023, 12, 15),
        **facts(head, on + 8 * ONE),
    )  # fmt: skip
    findings.remedy(
        done,
        on=date(2023, 11, 6),
        words="已更换（演示）",
        proof="验收单（演示）",
        **facts(head, date(2023, 11, 6)),
    )
    findings.close(
        done, on=date(2023, 11, 9), words="现场试力合格（演示）", **facts(office, date(2023, 11, 9))
    )
    tell(one, office, date(2023, 11, 13))


def tell(one: Incident, office: User, day: date) -> None:
    """The notice to every school of the county, signed for by all but the last."""
    series = LetterSeries.objects.get(code=f"{one.area_id[:6]}-reminder")
    letter = actions.tell(one, series=series, wants_reply=False, **facts(office, day))
    to = units(Addressees.SCHOOLS, within=series.area_id, on=day)
    letters.issue(letter, to=to, on=day, **facts(office, day))
    copies = list(Delivery.objects.filter(letter=letter).order_by("pk"))
    signed = copies[: len(copies) - UNSIGNED]
    before = [columns_of(copy) for copy in signed]
    for copy in signed:
        copy.state, copy.received_at, copy.received_by = (
            DeliveryState.RECEIVED,
            moment(day + ONE),
            "办公室（演示）",
        )
    Delivery.objects.bulk_update(signed, ["state", "received_at", "received_by"])
    changes = zip(signed, before, strict=True)
    append_many(list(drafts_of(changes, **facts(office, day + ONE), verb=Verb.DEED.value)))


def settled(head: User, school: School, office: User) -> None:
    """A small fire in April that is closed."""
    on = date(2023, 4, 11)
    one = actions.report(
        school, kind="fire", on=on, place="食堂后厨", what="油锅起火，当班人员用灭火毯扑灭，无人受伤（演示）", **facts(head, on)
    )  # fmt: skip
    one = actions.review(
        one, on=on + 5 * ONE, chaired_by="校长（演示）", causes="油烟管道没有按季清洗（演示）",
        lessons="油烟管道按季清洗，灭火毯放在伸手可及处（演示）", **facts(head, on + 5 * ONE),
    )  # fmt: skip
    done = actions.add_measure(
        one, what="油烟管道积油", measures="请有资质的单位清洗，按季留存记录（演示）", owner="食堂管理员（演示）", due_on=on + 20 * ONE,
        **facts(head, on + 5 * ONE),
    )  # fmt: skip
    findings.remedy(
        done,
        on=on + 9 * ONE,
        words="已清洗（演示）",
        proof="清洗合同和照片（演示）",
        **facts(head, on + 9 * ONE),
    )
    findings.close(done, on=on + 12 * ONE, words="现场查看，已清洗（演示）", **facts(office, on + 12 * ONE))
    actions.close(one, on=on + 14 * ONE, **facts(office, on + 14 * ONE))


def fresh(head: User, school: School, _office: User) -> None:
    """A crush on the stairs in the last days of the year, not reviewed yet and not late."""
    on = DAY - 6 * ONE
    actions.report(
        school, kind="crowd", on=on, place="教学楼东侧楼梯", what="放学时楼梯拥挤，几名学生跌坐，无人受伤（演示）", **facts(head, on)
    )  # fmt: skip
