"""Posts in the demonstration city: the standard list, four schools that filled it, blanks that are planted, a term's duties."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from zoneinfo import ZoneInfo

from django.db import models, transaction

from junheng.domains.findings.actions import new_finding, new_step
from junheng.domains.findings.actions.opening import next_code
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import FindingState, Severity, StepKind
from junheng.domains.posts.models import DayConfirmation, DutyRecord, Post, PostTask, SafetyPlace, StaffMember
from junheng.domains.posts.terms import DAY as MIDNIGHT
from junheng.domains.posts.terms import EVERY_DAY, SCHOOL_DAYS, Applies, DutyKind
from junheng.domains.schools.models import School
from junheng.kernel.workdays import is_working_day
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import Role
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of
from junheng.surfaces.demo.faults import DAY

SHANGHAI = ZoneInfo("Asia/Shanghai")
SINCE = date(2023, 9, 1)
WHY = "按演示方案办理"
ONE = timedelta(days=1)
WEEKEND = 0b1100000
SHIFTS = ((0, 480), (480, 960), (960, MIDNIGHT))
NOBODY = frozenset({"上下学路段", "课后服务"})
"""Places of the second school for which nobody is named: about the one there is a task, about the other nothing."""
HALF_A_DAY = "周末和假期值守", 840
"""The place of the second school that is blank from an hour on: on the very day by which the demonstration goes."""
STANDARD: tuple[tuple[str, bool, str, int, int, int, str], ...] = (
    ("校门（上学）", True, "all", SCHOOL_DAYS, 420, 490, "公安"),
    ("校门（放学）", True, "all", SCHOOL_DAYS, 960, 1080, "公安"),
    ("校园周边", True, "all", SCHOOL_DAYS, 420, 490, "城管、市场监管"),
    ("上下学路段", True, "all", SCHOOL_DAYS, 960, 1080, "交警"),
    ("校车停靠点", True, "all", SCHOOL_DAYS, 420, 480, "交警"),
    ("教学楼楼梯", False, "all", SCHOOL_DAYS, 480, 1020, ""),
    ("操场和体育器材", False, "all", SCHOOL_DAYS, 480, 1020, ""),
    ("食堂", False, "all", SCHOOL_DAYS, 660, 780, "市场监管"),
    ("实验室和功能室", False, "all", SCHOOL_DAYS, 480, 1020, ""),
    ("消防和配电设施", False, "all", EVERY_DAY, 480, 1080, "消防"),
    ("课后服务", True, "all", SCHOOL_DAYS, 980, 1080, ""),
    ("门卫值班", False, "all", EVERY_DAY, 0, MIDNIGHT, ""),
    ("周末和假期值守", True, "all", WEEKEND, 480, 1080, ""),
    ("宿舍（晚上）", False, "boarding", EVERY_DAY, 1080, MIDNIGHT, ""),
    ("宿舍（凌晨）", False, "boarding", EVERY_DAY, 0, 420, ""),
)
"""Name, at the edge, for which schools, days, from, until, with whom."""
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
MISSED_DRILL = (2023, 11)
"""The month in which the second school held no drill."""
ANOMALIES = (
    ("操场单杠松动", Severity.GENERAL),
    ("食堂燃气报警器失效", Severity.SERIOUS),
    ("西侧围墙护栏缺失", Severity.GENERAL),
)


@dataclass(frozen=True, slots=True)
class Planted:
    """What the pages must show: the schools, the blanks with a task and without, the double, and the missing drill."""

    schools: tuple[int, ...]
    blank: int
    half: int
    task: int
    double: int
    no_drill: int


@transaction.atomic
def add_posts() -> Planted:
    """The standard, and four schools; of the first a place is double, of the second two and a half are blank."""
    places = [
        SafetyPlace(
            code=f"BW{number:02d}", name=name, area_id="4108", edge=edge, applies=Applies(applies), weekdays=days,
            starts=starts, ends=ends, with_office=office, since=SINCE,
        )
        for number, (name, edge, applies, days, starts, ends, office) in enumerate(STANDARD, start=1)
    ]  # fmt: skip
    write(SafetyPlace, places, by="anquan")
    schools = chosen()
    for place, school in enumerate(schools):
        fill(school, places, by=principal_of(school), plain=place > 1, first=place == 0)
    for place, school in enumerate(schools):
        write(DutyRecord, list(year(school, skips=place == 1)), by=principal_of(school))
        confirm(school, every=place != 2, finds=place < 2)
    second = schools[1]
    road = places[3]
    task = PostTask(
        school=second, area_id=second.area_id, place=road, weekdays=road.weekdays, starts=road.starts,
        ends=road.ends, opened_on=date(2023, 12, 20), due_on=date(2024, 1, 10),
    )  # fmt: skip
    write(PostTask, [task], by=principal_of(second))
    return Planted(
        tuple(one.pk for one in schools),
        blank=places[10].pk,
        half=places[12].pk,
        task=task.pk,
        double=places[6].pk,
        no_drill=second.pk,
    )


def chosen() -> list[School]:
    """The schools of the demonstration principals, and the first two boarding schools besides."""
    own = (
        Grant.objects.filter(role=Role.PRINCIPAL, school__isnull=False)
        .order_by("pk")
        .values_list("school", flat=True)
    )
    first = [School.objects.get(pk=pk) for pk in own[:2] if pk is not None]
    others = School.objects.filter(until=None, boarding=True).exclude(pk__in=[one.pk for one in first])
    return [*first, *others.order_by("pk")[:2]]


def principal_of(school: School) -> str:
    """By whose login the school's rows are written."""
    grant = Grant.objects.filter(role=Role.PRINCIPAL, school=school.pk).select_related("user").first()
    return grant.user.username if grant else f"校长（{school.code}）"


def fill(school: School, places: list[SafetyPlace], *, by: str, plain: bool, first: bool) -> None:
    """Staff, and somebody with a deputy for every place and hour, but for what is planted."""
    asked = [one for one in places if one.applies == Applies.ALL or school.boarding]
    staff = [
        StaffMember(
            code=f"{school.code}-{number:02d}", name=f"{SURNAMES[number % len(SURNAMES)]}老师（演示）", school=school,
            area_id=school.area_id, position="教师" if number else "副校长", since=SINCE,
        )
        for number in range(2 * len(asked) + 6)
    ]  # fmt: skip
    write(StaffMember, staff, by=by)
    people = cycle(staff)
    posts = []
    for place in asked:
        second = not plain and not first
        if second and place.name in NOBODY:
            continue
        spans: tuple[tuple[int, int], ...] = (
            SHIFTS if place.ends - place.starts == MIDNIGHT else ((place.starts, place.ends),)
        )
        if first and place.name == "操场和体育器材":
            spans = ((480, 800), (780, 1020))  # double for twenty minutes
        if second and place.name == HALF_A_DAY[0]:
            spans = ((place.starts, HALF_A_DAY[1]),)
        posts += [
            Post(
                school=school, area_id=school.area_id, place=place, person=next(people), deputy=staff[0],
                weekdays=place.weekdays, starts=starts, ends=ends, since=SINCE,
                signed_on=None if place.name == "校车停靠点" else SINCE,
            )
            for starts, ends in spans
        ]  # fmt: skip
    for one in posts:
        if one.person is staff[0]:
            one.deputy = staff[-1]
    write(Post, posts, by=by)


def year(school: School, *, skips: bool) -> Iterator[DutyRecord]:
    """The autumn term's drills, lessons, checks and survey."""
    for month in (9, 10, 11, 12):
        for kind, day, amount, note in (
            (DutyKind.DRILL, 8, 1, "消防疏散演练（演示）"),
            (DutyKind.LESSON, 15, 2, "防溺水、交通、消防（演示）"),
            (DutyKind.SELF_CHECK, 20, 1, ""),
            (DutyKind.FIRE_CHECK, 22, 1, ""),
        ):
            if not (skips and kind is DutyKind.DRILL and (2023, month) == MISSED_DRILL):
                yield DutyRecord(
                    school=school, area_id=school.area_id, kind=kind, on=date(2023, month, day), amount=amount,
                    note=note,
                )  # fmt: skip
    yield DutyRecord(
        school=school,
        area_id=school.area_id,
        kind=DutyKind.SURVEY,
        on=date(2023, 11, 14),
        note="全体学生（演示）",
    )


def confirm(school: School, *, every: bool, finds: bool) -> None:
    """The working days of December: one school left some out; two found something."""
    by = principal_of(school)
    days = [date(2023, 12, 1) + n * ONE for n in range(31)]
    days = [day for day in days if is_working_day(day) and (every or day.day % 5)]
    standing = list(Post.objects.filter(school=school).select_related("place", "person").order_by("pk"))
    rows = [
        DayConfirmation(
            school=school, area_id=school.area_id, on=day, posts=sum(one.weekdays >> day.weekday() & 1 for one in standing),
            exceptions=len(ANOMALIES) if finds and place == 10 else 0, confirmed_at=moment(day), confirmed_by=by,
        )
        for place, day in enumerate(days)
    ]  # fmt: skip
    write(DayConfirmation, rows, by=by)
    if finds:
        found(school, rows[10], standing, by=by)


def found(school: School, row: DayConfirmation, standing: list[Post], *, by: str) -> None:
    """Three findings of one day: one remedied and waiting to be checked again, two open."""
    number = int(next_code(row.on.year).rpartition("-")[2])
    rows = [
        new_finding(
            code=f"YH{row.on.year}-{number + place:06d}", source="dayconfirmations", source_row=row.pk, what=what,
            severity=severity, area=school.area, school=school, owner=str(standing[5 + place].person), found_on=row.on,
            found_by=by, place=standing[5 + place].place.name,
        )
        for place, (what, severity) in enumerate(ANOMALIES)
    ]  # fmt: skip
    done = row.on + 4 * ONE
    rows[-1].state, rows[-1].remedied_on, rows[-1].remedied_by = FindingState.REMEDIED, done, by
    write(Finding, rows, by=by)
    steps = [
        new_step(one, StepKind.FOUND, on=row.on, at=moment(row.on), who=by, words=one.what) for one in rows
    ]
    steps.append(
        new_step(
            rows[-1],
            StepKind.REMEDIED,
            on=done,
            at=moment(done),
            who=by,
            words="已补装护栏（演示）",
            proof="照片 2 张",
        )
    )
    write(type(steps[0]), steps, by=by)


def moment(day: date) -> datetime:
    """Half past seven in the morning."""
    return datetime.combine(day, time(7, 30), SHANGHAI)


def write(model: type[models.Model], rows: Sequence[models.Model], *, by: str) -> None:
    """Rows of one model with an entry for each."""
    insert_rows(model, rows)
    for one in rows:
        one._state.adding = False
    pairs = ((one, None) for one in rows)
    append_many(list(drafts_of(pairs, by=by, at=moment(DAY), why=WHY, verb=Verb.DEED.value)))
