"""Running an award from its call to its certificates, by the deeds by which people do it, on the days that it says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from junheng.domains.activities.models import Activity
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import FindingState, Severity
from junheng.domains.groups.models import GroupMember
from junheng.domains.pupils.models import Pupil
from junheng.domains.schemes.actions import applying, granting, preparing, publishing, reviewing, schooling
from junheng.domains.schemes.models import (
    AwardScheme,
    Publicity,
    SchemeApplication,
    SchemeCategory,
    SchemeCriterion,
)
from junheng.domains.schemes.terms import Asked, Decider, Stage, Subject, Verdict
from junheng.domains.schools.models import School, SchoolClass
from junheng.domains.titles.models import Title
from junheng.domains.titles.queries import titles_held
from junheng.kernel.errors import Refusal
from junheng.kernel.workdays import is_working_day
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit.save import save_row
from junheng.surfaces.demo.awards import AWARDS, Award
from junheng.surfaces.demo.city.areas import CITY

SHANGHAI = ZoneInfo("Asia/Shanghai")
BASIS = "演示教〔2023〕31号（演示）"
WHY = "按演示方案办理"
STATED = "情况见年度报告，已在校内公示（演示）"
SINCE = date(2020, 1, 1)
WINDOW = (date(2022, 3, 15), date(2023, 12, 15))
LEAD = timedelta(days=75)
"""So long before a title was given its scheme began."""
FOUR_YEARS = timedelta(days=4 * 366)
LAST = date(2023, 12, 31)
EACH = 2
"""Applications of each award."""
ACTIVITIES = (
    ("reading", "“经典润童心”整本书共读（演示）", date(2023, 4, 23)),
    ("reading", "秋季图书漂流（演示）", date(2023, 9, 5)),
    ("key_day", "清明祭英烈主题活动（演示）", date(2023, 4, 4)),
    ("drugs", "“6·26”国际禁毒日主题班会（演示）", date(2023, 6, 26)),
    ("fraud", "反诈宣传进校园（演示）", date(2023, 5, 17)),
    ("moral", "劳动教育实践周（演示）", date(2023, 5, 8)),
)


@dataclass
class People:
    """Who acts: the known logins, and some who cannot log in."""

    users: dict[str, User]
    jurors: list[User] = field(default_factory=list)

    def county(self, code: str) -> User:
        """Who reviews for a county."""
        return self.users[f"xian-{code[:6]}"]

    def clerk(self, code: str) -> User:
        """Who hands in for the schools of a county: somebody else than who reviews."""
        return self.acting(f"shenbao-{code[:6]}", "申报经办人员", Role.COUNTY_OFFICER, area=code[:6])

    def principal(self, school: School) -> User:
        """The head of a school; of most an account with which nobody can log in."""
        held = Grant.objects.filter(role=Role.PRINCIPAL, school=school.pk, until=None).select_related("user")
        if (found := held.order_by("pk").first()) is not None:
            return found.user
        return self.acting(
            f"shenbao-s{school.code}", f"{school.name}申报负责人", Role.PRINCIPAL, area=school.area_id, school=school.pk
        )  # fmt: skip

    def acting(self, name: str, title: str, role: Role, **where: Any) -> User:
        """An account of the demonstration that only acts."""
        if name not in self.users:
            made = User(username=name, display_name=f"{title}（演示）", area=where["area"])
            made.set_unusable_password()
            made.save()
            Grant.objects.create(user=made, role=role, since=SINCE, **where)
            self.users[name] = made
        return self.users[name]


def add_awards(users: dict[str, User], jurors: list[User]) -> None:
    """Every award of the list."""
    people = People(users, jurors)
    schools = list(
        School.objects.filter(until=None, since__lt=date(2019, 1, 1), kind__in=("primary", "junior"))
        .exclude(name__contains="分校")
        .order_by("code")
    )
    for place, award in enumerate(AWARDS):
        run(award, place, schools, people)


def at(day: date, hour: int = 9) -> datetime:
    """An hour of a day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def working(day: date) -> date:
    """That day, or the working day that follows it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def run(award: Award, place: int, schools: list[School], people: People) -> None:
    """One award: called, applied for, chosen, reviewed, shown, decided or recommended, granted."""
    subjects, granted = applicants(award, place, schools)
    start = working(min(granted) - LEAD if granted else award.start)
    by = people.users[award.by]
    categories = called(award, start, by=by, people=people)
    rows = []
    for number, subject in enumerate(subjects):
        row = applied(categories[number % len(categories)], subject, start=start, people=people)
        if row is not None:
            rows.append(row)
    if not rows:
        return
    day = working(max(reviewed(one, award, start, by=by, people=people) for one in rows))
    publicity = publishing.publish(categories[0].scheme, by=by, at=at(day), why=WHY)
    day = working(publicity.until + timedelta(days=1))
    document = f"演示教〔{day.year}〕{60 + place}号"
    publicity = publishing.decide(publicity, on=day, number=document, by=by, at=at(day), why=WHY)
    if award.decider == Decider.PROVINCE:
        entered(publicity, award, place, granted, by=by)


def applicants(award: Award, place: int, schools: list[School]) -> tuple[list[dict[str, Any]], list[date]]:
    """Who applies, and, where the register of titles knows it, when the province granted it to each of them."""
    if award.like:
        titles = Title.objects.filter(
            name=award.like, level="province", revoked_on=None, awarded_on__range=WINDOW, batch=1
        ).order_by("-awarded_on", "pk")
        rows = list(titles.select_related("school", "group"))
        sure = [row for row in rows if stands(row.school, on=row.awarded_on)]
        found = [(row, subject_of_title(row)) for row in sure or rows]
        pairs = [(row.awarded_on, who) for row, who in found if who][:EACH]
        return [who for _day, who in pairs], [day for day, _who in pairs]
    if award.subject == Subject.TEACHER:
        grant = Grant.objects.get(user__username="banzhuren", role=Role.CLASS_TEACHER)
        school = School.objects.get(pk=grant.school or 0)
        return [{"school": school, "teacher": "banzhuren"}], []
    turned = schools[2 * place % len(schools) :] + schools
    own = [one for one in turned if stands(one, on=award.start)][: 2 * EACH : 2]
    return [subject_in(award, one) for one in own], []


def stands(school: School | None, *, on: date) -> bool:
    """Whether a school is old enough to apply, and no grave hazard of it is open."""
    if school is None:
        return True
    open_ones = Finding.objects.filter(school=school, severity=Severity.MAJOR).exclude(
        state=FindingState.CLOSED
    )
    return school.since <= on - FOUR_YEARS and not open_ones.exists()


def subject_of_title(row: Title) -> dict[str, Any]:
    """Who holds a title, as the one who applied for it; nothing where its group is led by nobody any more."""
    if row.group is not None:
        lead = GroupMember.objects.filter(group=row.group, role="lead", until=None).first()
        return {"group": row.group, "school": lead.school} if lead else {}
    return {"school": row.school} if row.school is not None else {"area_id": row.area_id}


def subject_in(award: Award, school: School) -> dict[str, Any]:
    """Somebody of a school, of the kind that an award is about."""
    if award.subject in {Subject.CLASS, Subject.PUPIL}:
        room = SchoolClass.objects.filter(school=school, until=None).order_by("grade", "number", "pk").first()
        if room is None or award.subject == Subject.CLASS:
            return {"school": school, "school_class": room}
        pupil = Pupil.objects.filter(school_class=room, until=None).order_by("pk").first()
        return {"school": school, "pupil": pupil}
    named = {Subject.COLLECTIVE: "求真社团（演示）", Subject.STAFF: "演示教师甲"}.get(award.subject, "")
    return {"school": school, "named": named}


def called(award: Award, start: date, *, by: User, people: People) -> list[SchemeCategory]:
    """The scheme with its conditions, categories and jurors, published some days before it begins."""
    opened = at(start - timedelta(days=3))
    scheme = AwardScheme(
        code=award.code, title=f"{award.title}（演示）", area_id=CITY, year=start.year, basis=BASIS,
        order_text=BASIS, applies_from=start, applies_until=start + timedelta(days=11), **award.facts,
    )  # fmt: skip
    save_row(scheme, by=by, at=opened, why=WHY)
    for number, one in enumerate(award.criteria, 1):
        row = SchemeCriterion(scheme=scheme, number=number, area_id=CITY, **one)
        save_row(row, by=by, at=opened, why=WHY)
    made = []
    for number, name in enumerate(award.categories or (award.awards,), 1):
        category = SchemeCategory(
            code=f"{award.code}-{number}", scheme=scheme, name=name, area_id=CITY, places=award.places
        )
        save_row(category, by=by, at=opened, why=WHY)
        made.append(category)
    for juror in people.jurors[: award.jurors]:
        preparing.name_juror(scheme, login=juror.username, by=by, at=opened, why=WHY)
    scheme = preparing.open_scheme(scheme, by=by, at=opened, why=WHY)
    for category in made:
        category.scheme = scheme
    return made


def applied(
    category: SchemeCategory, subject: dict[str, Any], *, start: date, people: People
) -> SchemeApplication | None:
    """An application handed in by the county's clerk; its activities are on record before."""
    school = subject.get("school")
    area = subject["area_id"] if school is None else school.area_id
    day = working(start + timedelta(days=1))
    if school is not None:
        recorded(school, before=day, by=people.principal(school))
    row = SchemeApplication(category=category, statement="（演示）", **subject | {"area_id": area})
    by = people.clerk(area)
    row.full_clean(exclude=["number"])
    save_row(row, by=by, at=at(day), why=WHY)
    asked = SchemeCriterion.objects.filter(scheme=category.scheme, asked=Asked.STATE)
    said = {one.pk: STATED for one in asked}
    try:
        return applying.submit(row, stated=said, twin="", by=by, at=at(day), why=WHY)
    except Refusal:
        return None  # its records do not meet the criteria: its draft stays a draft, as in life


def recorded(school: School, *, before: date, by: User) -> None:
    """What a school did in the year before: on record once, drawn on by every award."""
    known = set(Activity.objects.filter(school=school).values_list("title", "held_on"))
    for kind, title, held_on in ACTIVITIES:
        day = held_on.replace(year=held_on.year - (held_on >= before))
        if (title, day) not in known:
            row = Activity(
                school=school, area_id=school.area_id, kind=kind, title=title, held_on=day, people=320
            )
            save_row(row, by=by, at=at(day, 17), why="登记")


def reviewed(one: SchemeApplication, award: Award, start: date, *, by: User, people: People) -> date:
    """The reviews of one application, up to the city; answers the day of the last."""
    day = working(start + timedelta(days=2))
    if one.stage == Stage.SCHOOL:
        assert one.school is not None
        day = handed_up(one, day, by=people.principal(one.school))
        one.refresh_from_db()
    if one.stage == Stage.COUNTY:
        day = working(day + timedelta(days=1))
        passed(one, "材料齐全，同意推荐", by=people.county(one.area_id), day=day)
    day = working(max(day, start) + timedelta(days=1))
    for number, juror in enumerate(people.jurors[: award.jurors]):
        criteria = SchemeCriterion.objects.filter(scheme=one.scheme, asked=Asked.SCORE).order_by("number")
        points = {row.pk: (row.points or 0) - 2 * number - row.number for row in criteria}
        reviewing.score(one, points=points, words="", by=juror, at=at(day), why=WHY)
    passed(one, "符合条件，同意公示", by=by, day=day)
    return day


def passed(one: SchemeApplication, words: str, *, by: User, day: date) -> None:
    """One review that lets it pass."""
    reviewing.review(one, verdict=Verdict.PASS, words=words, by=by, at=at(day, 15), why=WHY)


def handed_up(one: SchemeApplication, day: date, *, by: User) -> date:
    """What the school does first: its committee votes, its list is shown, and handed up when it is over."""
    schooling.choose(
        one, on=day, present=11, agreed=9, words="评审组组长主持，两名教师计票、监票（演示）", by=by, at=at(day), why=WHY
    )  # fmt: skip
    publicity = schooling.post(one, by=by, at=at(day, 16), why=WHY)
    over = working(publicity.until + timedelta(days=1))
    schooling.hand_up(publicity, by=by, at=at(over), why=WHY)
    return over


def entered(publicity: Publicity, award: Award, place: int, granted: list[date], *, by: User) -> None:
    """The province's document: for each line on the day on which the register of titles has it; else on the award's day.

    The second of some is not granted, and what is decided after the year's end still waits.
    """
    lines = list(lines_of(publicity))
    days = (
        dict(zip(lines, granted_in_order(publicity, granted), strict=True))
        if granted
        else dict.fromkeys(lines, award.granted)
    )
    for day in sorted(set(days.values())):
        if day > LAST:
            continue
        answers = {
            line: not (line == EACH and not granted and place % 3 == 0) for line in lines if days[line] == day
        }
        number = f"演示省教〔{day.year}〕{200 + place}号"
        granting.enter_decision(
            publicity, granted=answers, on=day, number=number, by=by, at=at(day, 16), why=WHY
        )


def lines_of(publicity: Publicity) -> Iterator[int]:
    """The places of a list."""
    yield from publicity.publicityline_set.order_by("place").values_list("place", flat=True)


def granted_in_order(publicity: Publicity, granted: list[date]) -> list[date]:
    """The days on which the lines of a list were granted, in their order: those in the register of titles."""
    found = []
    for line in publicity.publicityline_set.order_by("place").select_related("application__category__scheme"):
        rows = titles_held(line.application).filter(level="province", awarded_on__in=granted, revoked_on=None)
        found.append(rows.order_by("-awarded_on")[0].awarded_on)
    return found
