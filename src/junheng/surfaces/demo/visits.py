"""Drawn samples and visits of the demonstration city, made by the deeds by which people make them.

A sample about fees is published, counties cross in the last round of the books, a sample of training institutions is
frozen and waits for its seed; beside them single visits in every state. One inspector hid a tie, and it came out.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Model

from junheng.domains.areas.models import Area
from junheng.domains.findings.terms import Severity
from junheng.domains.institutions.models import Institution
from junheng.domains.safety.models import Round
from junheng.domains.schools.models import School
from junheng.domains.visits import actions
from junheng.domains.visits.models import (
    Contributor,
    Errand,
    Inspector,
    PublicValue,
    SamplePlan,
    SiteVisit,
)
from junheng.domains.visits.terms import ErrandKind, Mode, TieReason
from junheng.kernel.lottery import Algorithm, commitment_of
from junheng.platform.access.models import User
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.save import drafts_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
WHY = "按演示方案办理"
CITY = "4108"
IN_A_COUNTY, AT_THE_CITY = 4, 4
SECRETS = {
    "notary": ("5f0c91", "notary-2023"),
    "deputies": ("b1770e", "deputies-2023"),
    "bureau": ("07aa4d", "bureau-2023"),
}
LABELS = {"notary": "公证处（演示）", "deputies": "特约督学代表（演示）", "bureau": "市教育局（演示）"}
LONG = date(2028, 12, 31)
"""Until when the planned visits may begin: whoever tries the demonstration does so long after its year."""
FEES = ("city-2023-fees", "2023年秋季教育收费双随机抽查")
CROSS = ("cross-2023-2", "2023年秋季县域交叉检查")
TRAIN = ("train-2024-1", "2024年寒假学科类培训双随机抽查")


def moment(month: int, day: int, hour: int = 9, minute: int = 0, *, year: int = 2023) -> datetime:
    """A moment in Shanghai."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@transaction.atomic
def add_visits() -> None:
    """The library, three plans, and the single visits. Nothing where the city has too few counties to cross."""
    users = {user.username: user for user in User.objects.all()}
    counties = list(Area.objects.filter(kind="county", until=None).order_by("code"))
    if len(counties) < 3:
        return
    add_library(counties)
    add_fees_sample(users)
    add_crossing(users)
    add_training(users)
    add_single(users, counties)


def add_library(counties: Sequence[Area]) -> None:
    """Inspectors of every county and of the city; the first of two counties can log in."""
    logins = {(counties[0].code, 1): "duxue1", (counties[1].code, 1): "duxue2"}
    rows = [
        Inspector(
            code=f"DX{area}-{number:02d}", name=f"督学{area[-2:]}{number:02d}（演示）", area_id=area, post=post,
            login=logins.get((area, number), f"dx{area}-{number:02d}"), most=9, since=date(2021, 9, 1),
        )
        for area, post, count in [
            *((one.code, "专职督学", IN_A_COUNTY) for one in counties), (CITY, "市督导室督学", AT_THE_CITY),
        ]
        for number in range(1, count + 1)
    ]  # fmt: skip
    insert_rows(Inspector, rows)
    written(rows, by="anquan", at=moment(9, 1))


def written(rows: Sequence[Model], *, by: str, at: datetime) -> None:
    """The entries of new rows."""
    append_many(list(drafts_of([(one, None) for one in rows], by=by, at=at, why=WHY)))


def prepared(plan: SamplePlan, first: User, second: User, at: datetime) -> SamplePlan:
    """A plan with its contributors' promises, frozen by two."""
    plan = actions.make_plan(plan, by=first, at=at, why=WHY)
    due = plan.reveal_by + timedelta(hours=9, minutes=15)
    sources = [
        ("welfare", "福利彩票双色球开奖号码（演示）", due),
        ("drand", "公共随机信标 drand（演示）", due + timedelta(days=1)),
    ]
    actions.prepare(plan, list(LABELS.items()), sources, "none-2023", by=first, at=at, why=WHY)
    for one in Contributor.objects.filter(plan=plan):
        digest = commitment_of(Algorithm(plan.algorithm), *SECRETS[one.name])
        actions.commit(one, digest, by=first, at=at, why=WHY)
    actions.freeze(plan, by=first, at=at, why="方案已核对（演示）")
    found = actions.freeze(plan, by=second, at=at + timedelta(hours=1), why="同意（演示）")
    assert found is not None
    return found


def sent(plan: SamplePlan, first: User, second: User, value: str) -> SamplePlan:
    """Opened, drawn, and its teams sent by two. The bureau itself stays silent once: its value is the announced one."""
    before, after = plan.reveal_by - timedelta(hours=2), plan.reveal_by + timedelta(hours=10)
    for one in Contributor.objects.filter(plan=plan).exclude(name="bureau"):
        actions.reveal(one, *SECRETS[one.name], by=first, at=before, why=WHY)
    row = PublicValue.objects.get(plan=plan, name="welfare")
    for who in (first, second):
        actions.enter_value(row, value, by=who, at=after, why=WHY)
    plan = actions.draw_sample(plan, by=first, at=after, why=WHY)
    actions.release(plan, by=first, at=after, why="抽取结果已核对（演示）")
    found = actions.release(plan, by=second, at=after + timedelta(hours=1), why="同意（演示）")
    assert found is not None
    return found


def add_fees_sample(users: dict[str, User]) -> None:
    """Fees in all schools, drawn and visited; results are public, one of them in doubt."""
    plan = SamplePlan(
        code=FEES[0], title=FEES[1], area_id=CITY, target="schools", as_of=date(2023, 11, 10),
        reveal_by=moment(11, 15, 12), visits_from=date(2023, 11, 20), visits_until=date(2023, 12, 1),
    )  # fmt: skip
    first, second = users["caiwu"], users["anquan"]
    plan = sent(prepared(plan, first, second, moment(11, 13)), first, second, "052327 0811 16")
    errands = of_plan(plan)
    for place, one in enumerate(errands):
        day = (20, 21, 22, 23, 24, 27, 28, 29, 30)[place % 9]
        finish(one, datetime.combine(date(2023, 11, day), time(9, 10 + place % 40), SHANGHAI), place)
    visit = SiteVisit.objects.get(errand=errands[0])
    leader = errands[0].members.order_by("rank")[0].inspector
    actions.report_hidden(
        leader, reason=TieReason.KIN, school=visit.school, words="子女在该校就读，未申报（演示）", by=first, at=moment(12, 8), why=WHY
    )  # fmt: skip
    actions.publish_results(plan, by=first, at=moment(12, 15), why=WHY)


def of_plan(plan: SamplePlan) -> list[Errand]:
    """The planned visits of a plan in their order."""
    return list(Errand.objects.filter(plan=plan).select_related("school").order_by("pk"))


def finish(errand: Errand, at: datetime, place: int) -> SiteVisit:
    """Somebody goes, looks, writes, and both confirm."""
    team = [one.inspector.login for one in errand.members.select_related("inspector").order_by("rank")]
    visit = actions.arrive(errand, place="校门（演示）", by=team[0], at=at, why="到达现场")
    later = at + timedelta(minutes=50)
    actions.write_down(
        visit, "查看收费公示栏、票据、代收费和服务性收费台账（演示）", by=team[0], at=later, why="现场记录"
    )
    if place % 4 == 1:
        what = (
            "公示栏没有举报电话（演示）",
            "代收费没有逐学期结算公布（演示）",
            "公示的收费标准不是现行标准（演示）",
        )[place % 3]
        actions.find(
            visit, what, Severity.GENERAL, owner=visit.unit, by=team[-1], at=later, why="现场发现问题"
        )
    for login in team:
        actions.confirm(visit, by=login, at=later, why="确认现场记录")
    said = "发现一处问题，已登记整改。" if place % 4 == 1 else "没有发现问题。"
    return actions.close(visit, said, by=team[0], at=later + timedelta(minutes=20), why="结束检查")


def add_crossing(users: dict[str, User]) -> None:
    """Counties cross in the last round that is over; a third of the visits are made, one goes on, the others wait."""
    plan = SamplePlan(
        code=CROSS[0], title=CROSS[1], area_id=CITY, target="schools", round=Round.objects.filter(code="2023-2").first(),
        crossed=True, sealed=False, as_of=date(2023, 11, 30), reveal_by=moment(12, 6, 12),
        visits_from=date(2023, 12, 11), visits_until=date(2023, 12, 22),
    )  # fmt: skip
    first, second = users["anquan"], users["jijiao"]
    plan = sent(prepared(plan, first, second, moment(12, 4)), first, second, "110518 2229 07")
    errands = of_plan(plan)
    made = len(errands) // 3
    for place, one in enumerate(errands[:made]):
        finish(one, datetime.combine(date(2023, 12, 11 + place % 5), time(14, place % 50), SHANGHAI), place)
    begin(errands[made], moment(12, 19, 10))


def begin(errand: Errand, at: datetime) -> SiteVisit:
    """Somebody stands at the gate."""
    login = errand.members.select_related("inspector").order_by("rank")[0].inspector.login
    return actions.arrive(errand, place="校门（演示）", by=login, at=at, why="到达现场")


def add_training(users: dict[str, User]) -> None:
    """A sample of institutions for the winter vacation: frozen, its seed is still to come."""
    plan = SamplePlan(
        code=TRAIN[0], title=TRAIN[1], area_id=CITY, target="institutions", as_of=date(2023, 12, 20),
        reveal_by=moment(1, 24, 12, year=2024), visits_from=date(2024, 1, 27), visits_until=date(2024, 2, 25),
    )  # fmt: skip
    prepared(plan, users["jianguan"], users["anquan"], moment(12, 25))


def add_single(users: dict[str, User], counties: Sequence[Area]) -> None:
    """A secret visit that waits, one to a place without a licence, one that was withdrawn, and two that found lessons."""
    city = Area.objects.get(pk=CITY)
    by = users["jianguan"]
    team = list(Inspector.objects.filter(login__in=["duxue1", "duxue2"]).order_by("code"))
    away = list(Inspector.objects.filter(area=CITY).order_by("code"))
    plan = dict[str, Any](by_area=city, by=users["caiwu"], at=moment(12, 26), why=WHY)
    third = School.objects.filter(area__gte=counties[2].code, until=None).order_by("code").first()
    actions.plan_errand(
        kind=ErrandKind.SECRET, day=date(2023, 12, 27), until=LONG, school=third, purpose="查开学收费公示和代收费（演示）",
        inspectors=team, **plan,
    )  # fmt: skip
    first = School.objects.filter(kind="primary", until=None).order_by("pk").first()
    actions.plan_errand(
        kind=ErrandKind.SURPRISE, day=date(2023, 12, 27), until=LONG, school=first, purpose="食堂和校门突击检查（演示）",
        inspectors=away[:2], **plan,
    )  # fmt: skip
    taken_back = actions.plan_errand(
        kind=ErrandKind.SECRET, day=date(2023, 12, 28), until=date(2023, 12, 29), school=third, purpose="查课后服务收费（演示）",
        inspectors=away[2:4], **plan,
    )  # fmt: skip
    actions.withdraw(taken_back, by=users["caiwu"], at=moment(12, 27), why="学校临时停课（演示）")
    lessons(by, city, away)


def lessons(by: User, city: Area, away: Sequence[Inspector]) -> None:
    """A licensed institution that trains on a Sunday, and a place without a licence on a Saturday evening."""
    plan = dict[str, Any](by_area=city, by=by, why=WHY)
    licensed = (
        Institution.objects.filter(kind="subject", until=None).select_related("area").order_by("pk").first()
    )
    if licensed is not None:
        one = actions.plan_errand(
            kind=ErrandKind.SECRET, day=date(2023, 12, 17), institution=licensed, purpose="休息日学科类培训检查（演示）",
            inspectors=away[:2], at=moment(12, 14), **plan,
        )  # fmt: skip
        teach(one, moment(12, 17, 10, 5), "初二数学班，教师一名（演示）", 14)
    place = Area.objects.filter(kind="county", until=None).order_by("code")[3]
    one = actions.plan_errand(
        kind=ErrandKind.TIP, day=date(2023, 12, 16), place="幸福小区3号楼门面房（演示）", area=place, purpose="举报：无证补课（演示）",
        inspectors=away[2:4], at=moment(12, 14), **plan,
    )  # fmt: skip
    teach(one, moment(12, 16, 20, 45), "小学英语班，未见办学许可证（演示）", 9)


def teach(errand: Errand, at: datetime, words: str, pupils: int) -> None:
    """The team finds a lesson going on, and ends the visit."""
    team = [one.inspector.login for one in errand.members.select_related("inspector").order_by("rank")]
    visit = actions.arrive(errand, place="门口（演示）", by=team[0], at=at, why="到达现场")
    later = at + timedelta(minutes=5)
    actions.see_lesson(
        visit, words, seen_at=later, mode=Mode.OFFLINE, subject=True, pupils=pupils, by=team[0], at=later, why="现场发现培训"
    )  # fmt: skip
    for login in team:
        actions.confirm(visit, by=login, at=later, why="确认现场记录")
    actions.close(
        visit, "已当场停课，登记处理。（演示）", by=team[0], at=later + timedelta(minutes=30), why="结束检查"
    )
