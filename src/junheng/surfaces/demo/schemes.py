"""Schemes of the demonstration city: inclusive kindergartens being shown, class teachers and civilised campuses decided.

Everything is done by the deeds by which people do it. The people who act beside the known logins cannot log in.
"""

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import transaction

from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.kindergartens.queries import nature_on, recognition_on
from junheng.domains.schemes.actions import applying, certifying, preparing, publishing, reviewing, sharing
from junheng.domains.schemes.actions.inviting import hand_in_by_code
from junheng.domains.schemes.models import (
    AwardScheme,
    Certificate,
    Publicity,
    PublicityLine,
    SchemeApplication,
    SchemeCategory,
    SchemeCriterion,
)
from junheng.domains.schemes.terms import Asked, Stage, Verdict
from junheng.domains.schools.models import School
from junheng.kernel.errors import Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit.save import save_row
from junheng.surfaces.demo.awarding import BASIS, SHANGHAI, SINCE, WHY, People, add_awards
from junheng.surfaces.demo.city.areas import CITY
from junheng.surfaces.demo.owners import an_owner
from junheng.surfaces.demo.threegood import add_three_good

DAY = date(2023, 12, 31)
MOST_KINDERGARTENS = 5

KINDERGARTENS: dict[str, Any] = {
    "code": "puhui-2023-2", "title": "2023 年第二批普惠性民办幼儿园认定（演示）", "year": 2023, "subject": "kindergarten",
    "effect": "inclusive", "awards": "普惠性民办幼儿园", "applies_from": date(2023, 11, 6),
    "applies_until": date(2023, 12, 8), "visitors": 2, "valid_years": 3, "checked_yearly": True,
}  # fmt: skip
TEACHERS: dict[str, Any] = {
    "code": "banzhuren-2023", "title": "2023 年市级优秀班主任评选（演示）", "year": 2023, "subject": "teacher",
    "awards": "优秀班主任", "applies_from": date(2023, 11, 6), "applies_until": date(2023, 11, 24), "jurors": 2,
    "blind": True,
}  # fmt: skip
CAMPUSES: dict[str, Any] = {
    "code": "wenming-2023", "title": "2023 年市级文明校园评选（演示）", "year": 2023, "subject": "school", "effect": "title",
    "awards": "文明校园", "applies_from": date(2023, 11, 6), "applies_until": date(2023, 11, 24), "checked_yearly": True,
}  # fmt: skip
Criteria = tuple[dict[str, Any], ...]
OF_KINDERGARTENS: Criteria = (
    {"words": "现为民办园", "asked": Asked.CHECK, "check_slug": "kg-private"},
    {"words": "月保教费不高于 900 元", "asked": Asked.CHECK, "check_slug": "kg-fee-most", "limit": 900},
    {"words": "近两年没有被撤销认定", "asked": Asked.CHECK, "check_slug": "kg-not-withdrawn", "limit": 2},
    {"words": "没有未销号的重大隐患", "asked": Asked.CHECK, "check_slug": "no-open-grave-finding"},
    {
        "words": "在园幼儿不超过核定学位",
        "asked": Asked.CHECK,
        "check_slug": "kg-within-places",
        "needed": False,
    },
    {"words": "上年度财务收支与审计情况"},
    {"words": "教师持证与社会保险情况"},
    {"words": "活动室、户外场地与安全出口", "asked": Asked.VISIT},
)
OF_TEACHERS: Criteria = (
    {"words": "现任本校班主任", "asked": Asked.CHECK, "check_slug": "class-teacher-now"},
    {"words": "担任班主任满三年", "asked": Asked.CHECK, "check_slug": "class-teacher-years", "limit": 3},
    {"words": "班级管理与育人成效", "asked": Asked.SCORE, "points": 60},
    {"words": "家校协同", "asked": Asked.SCORE, "points": 40},
)
OF_CAMPUSES: Criteria = (
    {"words": "办学满三年", "asked": Asked.CHECK, "check_slug": "school-years", "limit": 3},
    {"words": "没有未销号的重大隐患", "asked": Asked.CHECK, "check_slug": "no-open-grave-finding"},
    {
        "words": "近三年没有被撤销称号",
        "asked": Asked.CHECK,
        "check_slug": "holds-no-revoked-title",
        "limit": 3,
    },
    {"words": "创建工作的做法", "needed": False},
)
NO_TWIN = "与名录中相似的幼儿园不是同一所，举办者不同（演示）"
STATED = "情况见年度报告，已在园内公示（演示）"


def moment(month: int, day: int) -> datetime:
    """Nine in the morning of a day of 2023."""
    return datetime(2023, month, day, 9, tzinfo=SHANGHAI)


@transaction.atomic
def add_schemes() -> None:
    """Every award of the report; some stand where they show something."""
    users = {one.username: one for one in User.objects.all()}
    add_kindergartens(users["xueqian"], users)
    add_teachers(users["deyu"], users)
    add_campuses(users["jijiao"], users)
    add_awards(users, [users[f"pingwei{number}"] for number in (1, 2)])
    add_three_good(users["deyu"], users)


def a_scheme(facts: dict[str, Any], criteria: Criteria, *, by: User, **of_category: Any) -> SchemeCategory:
    """One scheme with its criteria and one category, published."""
    at = moment(11, 1)
    scheme = AwardScheme(area_id=CITY, basis=BASIS, order_text=BASIS, **facts)
    save_row(scheme, by=by, at=at, why=WHY)
    for number, one in enumerate(criteria, 1):
        save_row(SchemeCriterion(scheme=scheme, number=number, area_id=CITY, **one), by=by, at=at, why=WHY)
    category = SchemeCategory(
        code=f"{scheme.code}-1", scheme=scheme, name=scheme.awards, area_id=CITY, **of_category
    )
    save_row(category, by=by, at=at, why=WHY)
    if of_category.get("places"):
        sharing.apportion(scheme, by=by, at=at, why=WHY)
    category.scheme = preparing.open_scheme(scheme, by=by, at=at, why=WHY)
    return category


def chance_of(what: str, number: int) -> bytes:
    """What stands for chance in the demonstration: the same for the same row, so that two cities have one digest."""
    return hashlib.sha256(f"demonstration|{what}|{number}".encode()).digest()[:10]


def apply(category: SchemeCategory, *, by: User, day: int, **subject: Any) -> SchemeApplication:
    """Begin an application and hand it in."""
    at = moment(11, day)
    one = SchemeApplication(category=category, **subject)
    save_row(one, by=by, at=at, why=WHY)
    asked = SchemeCriterion.objects.filter(scheme=category.scheme, asked=Asked.STATE)
    said = {row.pk: STATED for row in asked}
    if one.kindergarten is None:
        return applying.submit(one, stated=said, twin="", by=by, at=at, why=WHY)
    # without a code: its digest is made under the house's own key, and two cities would differ by it
    return hand_in_by_code(one, statement=one.statement, stated=said, twin=NO_TWIN, at=at)


def review(
    one: SchemeApplication, verdict: Verdict, words: str, *, by: User, at: datetime
) -> SchemeApplication:
    """One review."""
    return reviewing.review(one, verdict=verdict, words=words, by=by, at=at, why=WHY)


def candidates() -> list[Kindergarten]:
    """Private kindergartens that are open and not recognised, the first of the city by code."""
    found = []
    for one in Kindergarten.objects.filter(until=None, since__lt=SINCE).order_by("area", "code"):
        if nature_on(one, on=DAY) == "private" and recognition_on(one, on=DAY) is None:
            found.append(one)
        if len(found) == MOST_KINDERGARTENS:
            break
    return found


def add_kindergartens(by: User, users: dict[str, User]) -> None:
    """Inclusive kindergartens: some shown with an objection answered and one open, one sent back, one turned down."""
    category = a_scheme(KINDERGARTENS, OF_KINDERGARTENS, by=by)
    handed_in = []
    for place, one in enumerate(candidates()):
        code = one.area_id[:6]
        try:
            row = apply(
                category, by=users[f"xian-{code}"], day=13 + place, kindergarten=one, area_id=one.area_id,
                statement="面向周边居民招生，按公示标准收费（演示）",
            )  # fmt: skip
        except Refusal:
            continue  # its records do not meet the criteria: its draft stays a draft, as in life
        handed_in.append(row)
        for number in (1, 2):
            inspector = People(users).acting(
                f"hecha{number}-{code}", f"现场核查员{number}", Role.COUNTY_OFFICER, area=code
            )
            reviewing.visit(
                row, found=Verdict.PASS, words="活动室、场地、安全出口符合要求（演示）", by=inspector,
                at=moment(11, 24), why=WHY,
            )  # fmt: skip
    ways = [Verdict.PASS, Verdict.PASS, Verdict.RETURN, Verdict.REJECT, Verdict.PASS]
    words = {
        Verdict.PASS: "材料齐全，符合条件",
        Verdict.RETURN: "请补充上年度审计报告",
        Verdict.REJECT: "伙食费未单独核算",
    }
    passed = []
    for row, verdict in zip(handed_in, ways, strict=False):
        county = users[f"xian-{row.area_id[:6]}"]
        one_row = review(row, verdict, words[verdict], by=county, at=moment(12, 4))
        if one_row.stage == Stage.RETURNED and row.kindergarten is not None:
            an_owner("yuanzhang2", row.kindergarten, like=by)
        if one_row.stage == Stage.CITY:
            passed.append(review(one_row, Verdict.PASS, "同意公示", by=by, at=moment(12, 18)))
    if passed:
        publicity = publishing.publish(category.scheme, by=by, at=moment(12, 25), why=WHY)
        objections(publicity, users)


def objections(publicity: Publicity, users: dict[str, User]) -> None:
    """Two of them: one that was found wrong, one that waits."""
    lines = list(
        PublicityLine.objects.filter(publicity=publicity).select_related("application").order_by("place")
    )
    for place, words in enumerate(("听说收费比公示的高（演示）", "门口接送时段没有保安（演示）")):
        line = lines[min(place, len(lines) - 1)]
        made = publishing.object_to(
            line, words=words, at=moment(12, 26), chance=chance_of("objection", place)
        )
        if place == 0:
            publishing.answer(
                made,
                upheld=False,
                words="核查票据，收费与公示一致（演示）",
                by=users["jijiao"],
                at=moment(12, 28),
                why=WHY,
            )


def add_teachers(by: User, users: dict[str, User]) -> None:
    """Class teachers: shared out, scored blind by two jurors, shown, decided, with a certificate."""
    category = a_scheme(TEACHERS, OF_TEACHERS, by=by, places=30, weigh="schools")
    grant = Grant.objects.get(user=users["banzhuren"], role=Role.CLASS_TEACHER)
    school = School.objects.get(pk=grant.school or 0)
    row = apply(
        category, by=users["xiaozhang1"], day=13, school=school, area_id=school.area_id, teacher="banzhuren",
        statement="带班三年，班级常规有序，家访全覆盖（演示）",
    )  # fmt: skip
    row = review(row, Verdict.PASS, "推荐", by=users[f"xian-{school.area_id[:6]}"], at=moment(11, 24))
    criteria = list(
        SchemeCriterion.objects.filter(scheme=category.scheme, asked=Asked.SCORE).order_by("number")
    )
    for number in (1, 2):
        juror = User(username=f"pingwei{number}", display_name=f"评委{number}（演示）")
        juror.set_unusable_password()
        juror.save()
        users[juror.username] = juror
        preparing.name_juror(category.scheme, login=juror.username, by=by, at=moment(11, 20), why=WHY)
        points = {one.pk: (one.points or 0) - 3 * number for one in criteria}
        reviewing.score(row, points=points, words="事迹具体", by=juror, at=moment(11, 28), why=WHY)
    decide(category, row, "演示教〔2023〕40号", by=by)


def add_campuses(by: User, users: dict[str, User]) -> None:
    """Civilised campuses: two decided, of which one was revoked again."""
    category = a_scheme(CAMPUSES, OF_CAMPUSES, by=by, places=12, weigh="schools")
    rows = []
    for name in ("xiaozhang1", "xiaozhang2"):
        grant = Grant.objects.get(user=users[name], role=Role.PRINCIPAL)
        school = School.objects.get(pk=grant.school or 0)
        try:
            row = apply(category, by=users[name], day=14, school=school, area_id=school.area_id)
        except Refusal:
            continue
        county = users[f"xian-{school.area_id[:6]}"]
        rows.append(review(row, Verdict.PASS, "同意推荐", by=county, at=moment(11, 27)))
    if not rows:
        return
    for row in rows[1:]:
        review(row, Verdict.PASS, "符合条件", by=by, at=moment(11, 29))
    decide(category, rows[0], "演示教〔2023〕41号", by=by)
    if len(rows) > 1:
        certificate = Certificate.objects.get(application=rows[-1])
        reason = "发现申报材料与实际不符（演示）"
        certifying.revoke(
            certificate, on=date(2023, 12, 27), reason=reason, by=by, at=moment(12, 27), why=WHY
        )


def decide(category: SchemeCategory, row: SchemeApplication, number: str, *, by: User) -> None:
    """Pass the last one, show all that passed, and decide after the publicity."""
    review(row, Verdict.PASS, "符合条件", by=by, at=moment(12, 1))
    publicity = publishing.publish(category.scheme, by=by, at=moment(12, 4), why=WHY)
    publishing.decide(publicity, on=date(2023, 12, 12), number=number, by=by, at=moment(12, 12), why=WHY)
