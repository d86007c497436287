"""三好学生: shared out to counties and schools by pupils, voted by classes, chosen and shown at school, certified."""

from datetime import date, timedelta

from django.db.models import Q

from junheng.domains.pupils.models import Pupil
from junheng.domains.schemes.actions import applying, preparing, publishing, reviewing, schooling, sharing
from junheng.domains.schemes.models import (
    AwardScheme,
    ClassVote,
    SchemeApplication,
    SchemeCategory,
    SchemeCriterion,
    SchemeQuota,
)
from junheng.domains.schemes.terms import Verdict
from junheng.domains.schools.models import School, SchoolClass
from junheng.kernel.errors import Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit.save import save_row
from junheng.surfaces.demo.awarding import BASIS, WHY, at, working
from junheng.surfaces.demo.awards import checked
from junheng.surfaces.demo.city.areas import CITY

CODE = "sanhao-2023"
START = date(2023, 10, 16)
EVERY, LEAST = 150, 90
"""One place for so many pupils, and at least so many in the city."""
CANDIDATES = 3
CRITERIA = (
    checked("pupil-on-roll", "在本校学籍满一年", 1, needed=False),
    checked("class-vote", "班级投票得票不低于到会人数的一半", 50),
)


def add_three_good(by: User, users: dict[str, User]) -> None:
    """The scheme, its tables, and one school's way through it: two pupils of a class chosen, one left by the vote."""
    category = called(by)
    grant = Grant.objects.get(user=users["xiaozhang1"], role=Role.PRINCIPAL)
    school = School.objects.get(pk=grant.school or 0)
    county = users[f"xian-{school.area_id[:6]}"]
    quota = SchemeQuota.objects.get(category=category, area=school.area_id[:6], school=None)
    sharing.to_schools(quota, by=county, at=at(START), why=WHY)
    rows = chosen(category, school, by=users["xiaozhang1"])
    if not rows:
        return
    day = working(START + timedelta(days=3))
    publicity = schooling.post(rows[0], by=users["xiaozhang1"], at=at(day), why=WHY)
    day = working(publicity.until + timedelta(days=1))
    schooling.hand_up(publicity, by=users["xiaozhang1"], at=at(day), why=WHY)
    for who, words in ((county, "名额内，同意"), (by, "同意公示")):
        day = working(day + timedelta(days=1))
        for row in rows:
            reviewing.review(row, verdict=Verdict.PASS, words=words, by=who, at=at(day), why=WHY)
    publicity = publishing.publish(category.scheme, by=by, at=at(day, 16), why=WHY)
    day = working(publicity.until + timedelta(days=1))
    publishing.decide(publicity, on=day, number="演示教〔2023〕58号", by=by, at=at(day), why=WHY)


def called(by: User) -> SchemeCategory:
    """The scheme with its places shared out among the counties."""
    opened = at(START - timedelta(days=6))
    scheme = AwardScheme(
        code=CODE, title="2023 年市级三好学生评选（演示）", area_id=CITY, year=2023, subject="pupil", awards="三好学生",
        applies_from=START, applies_until=START + timedelta(days=18), school_days=5, basis=BASIS, order_text=BASIS,
    )  # fmt: skip
    save_row(scheme, by=by, at=opened, why=WHY)
    for number, one in enumerate(CRITERIA, 1):
        save_row(
            SchemeCriterion(scheme=scheme, number=number, area_id=CITY, **one), by=by, at=opened, why=WHY
        )
    pupils = Pupil.objects.filter(Q(until=None) | Q(until__gt=START), since__lte=START).count()
    category = SchemeCategory(
        code=f"{CODE}-1", scheme=scheme, name="三好学生", area_id=CITY, places=max(LEAST, pupils // EVERY),
        weigh="pupils", graduating_most=30,
    )  # fmt: skip
    save_row(category, by=by, at=opened, why=WHY)
    sharing.apportion(scheme, by=by, at=opened, why=WHY)
    category.scheme = preparing.open_scheme(scheme, by=by, at=opened, why=WHY)
    return category


def chosen(category: SchemeCategory, school: School, *, by: User) -> list[SchemeApplication]:
    """A class votes about some of its pupils; who got enough votes applies, and the committee chooses within the places."""
    room = SchoolClass.objects.filter(school=school, until=None).order_by("grade", "number", "pk")[0]
    pupils = Pupil.objects.filter(school_class=room, until=None, since__lte=START).order_by("pk")
    present = pupils.count() - 1
    day = working(START + timedelta(days=1))
    rows = []
    for number, pupil in enumerate(pupils[:CANDIDATES]):
        vote = ClassVote(
            category=category, school=school, school_class=room, pupil=pupil, area_id=school.area_id, held_on=day,
            present=present, votes=max(1, present * (9 - 3 * number) // 10),
            counted_by="演示教师甲", checked_by="演示教师乙",
        )  # fmt: skip
        vote.full_clean()
        save_row(vote, by=by, at=at(day), why="登记")
        row = SchemeApplication(
            category=category, school=school, pupil=pupil, area_id=school.area_id, statement="（演示）"
        )
        save_row(row, by=by, at=at(day, 10), why=WHY)
        try:
            row = applying.submit(row, stated={}, twin="", by=by, at=at(day, 11), why=WHY)
            row = schooling.choose(
                row, on=day, present=9, agreed=8 - number, words="教导主任主持，两名教师计票、监票（演示）", by=by,
                at=at(day, 15), why=WHY,
            )  # fmt: skip
            rows.append(row)
        except Refusal:
            continue  # too few votes of the class, or no place of the school is left
    return rows
