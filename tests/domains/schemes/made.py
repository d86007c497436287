"""Schemes and their people as tests need them: a kindergarten scheme, a school scheme, one for class teachers."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from junheng.domains.groups.models import GroupMember, SchoolGroup
from junheng.domains.kindergartens.models import Census
from junheng.domains.pupils.models import Pupil
from junheng.domains.schemes.actions import applying, preparing, publishing, reviewing
from junheng.domains.schemes.models import (
    AwardScheme,
    Certificate,
    Publicity,
    PublicityLine,
    SchemeApplication,
    SchemeCategory,
    SchemeCriterion,
    SchemeObjection,
)
from junheng.domains.schemes.terms import Stage, Verdict
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from tests.domains import makers

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2023, 11, 1, 9, tzinfo=SHANGHAI)
"""A Wednesday; five working days later it is the next Wednesday, the 8th."""
LAST = date(2023, 11, 8)
AFTER = datetime(2023, 11, 9, 9, tzinfo=SHANGHAI)
PROVINCE = datetime(2023, 12, 20, 9, tzinfo=SHANGHAI)
WHY = "按方案办理"
HERE = "410802"


def later(days: int) -> datetime:
    """The same hour so many days after."""
    return AT + timedelta(days=days)


def section() -> User:
    return makers.user(Role.CITY_SECTION)


def county(area: str = HERE) -> User:
    return makers.user(Role.COUNTY_OFFICER, area=area)


def a_scheme(**given: Any) -> AwardScheme:
    facts: dict[str, Any] = {
        "code": f"S{AwardScheme.objects.count()}",
        "title": "示例评选",
        "area_id": "4108",
        "year": 2023,
        "awards": "示例称号",
        "applies_from": date(2023, 10, 9),
        "applies_until": date(2023, 12, 29),
        "order_text": "示例〔2023〕1号",
        "basis": "示例通知",
    }
    return AwardScheme.objects.create(**facts | given)


def a_category(scheme: AwardScheme, **given: Any) -> SchemeCategory:
    number = SchemeCategory.objects.count()
    facts: dict[str, Any] = {
        "code": f"{scheme.code}-{number}",
        "scheme": scheme,
        "name": f"类别{number}",
        "area_id": scheme.area_id,
    }
    return SchemeCategory.objects.create(**facts | given)


def a_criterion(scheme: AwardScheme, **given: Any) -> SchemeCriterion:
    number = 1 + SchemeCriterion.objects.filter(scheme=scheme).count()
    facts: dict[str, Any] = {
        "scheme": scheme,
        "number": number,
        "words": f"条件{number}",
        "area_id": scheme.area_id,
    }
    return SchemeCriterion.objects.create(**facts | given)


def opened(scheme: AwardScheme, *, by: User | None = None, at: datetime = AT) -> AwardScheme:
    return preparing.open_scheme(scheme, by=by or section(), at=at, why=WHY)


def for_schools(**given: Any) -> SchemeCategory:
    """An open scheme for schools: so many years old, and a word about what they did."""
    places = given.pop("places", None)
    scheme = a_scheme(**given)
    a_criterion(scheme, words="办学满三年", asked="check", check_slug="school-years", limit=3)
    a_criterion(scheme, words="做了什么")
    category = a_category(scheme, places=places)
    opened(scheme)
    return SchemeCategory.objects.select_related("scheme").get(pk=category.pk)


def for_kindergartens(**given: Any) -> SchemeCategory:
    """An open scheme for inclusive kindergartens, three years long."""
    facts = {"subject": "kindergarten", "effect": "inclusive", "awards": "普惠性民办幼儿园", "valid_years": 3}
    scheme = a_scheme(**facts | {"checked_yearly": True} | given)
    a_criterion(scheme, words="民办园", asked="check", check_slug="kg-private")
    a_criterion(scheme, words="收费", asked="check", check_slug="kg-fee-most", limit=600)
    a_criterion(scheme, words="学位", asked="check", check_slug="kg-within-places", needed=False)
    if scheme.visitors:
        a_criterion(scheme, words="活动室", asked="visit")
    category = a_category(scheme)
    opened(scheme)
    return SchemeCategory.objects.select_related("scheme").get(pk=category.pk)


def a_kindergarten(**given: Any) -> Any:
    one = makers.kindergarten(**{"fee_fen": 50_000, "capacity": 180} | given)
    Census.objects.create(
        kindergarten=one,
        area_id=one.area_id,
        year=2023,
        counted_on=date(2023, 9, 1),
        nature="private",
        children=150,
    )
    return one


def a_draft(category: SchemeCategory, subject: Any = None, **given: Any) -> SchemeApplication:
    """An application that is being written."""
    wanted = category.scheme.subject
    facts: dict[str, Any] = {"category": category, "statement": "本校做了很多事"}
    if wanted == "kindergarten":
        subject = subject or a_kindergarten()
        facts["kindergarten"] = subject
    elif isinstance(subject, Pupil):
        facts |= {"school": subject.school, "pupil": subject}
    elif isinstance(subject, SchoolClass):
        facts |= {"school": subject.school, "school_class": subject}
    elif isinstance(subject, SchoolGroup):
        lead = GroupMember.objects.get(group=subject, role="lead", until=None).school
        facts |= {"school": lead, "group": subject}
        subject = lead
    elif wanted != "county":
        subject = subject or makers.school()
        facts["school"] = subject
        if wanted in {"collective", "staff"} and "teacher" not in given:
            facts["named"] = "静雅楼302宿舍"
    facts["area_id"] = HERE if subject is None else subject.area_id
    made = SchemeApplication(**facts | given)
    made.full_clean()
    made.save()
    return made


def a_group(lead: School, *others: School) -> SchoolGroup:
    """A group of schools led by the first."""
    group = SchoolGroup.objects.create(
        code=f"G{SchoolGroup.objects.count()}", name="示例教育集团", area_id=lead.area_id, kind="compulsory",
        since=date(2019, 9, 1),
    )  # fmt: skip
    for number, school in enumerate((lead, *others)):
        GroupMember.objects.create(
            group=group, school=school, area_id=school.area_id, role="member" if number else "lead",
            since=group.since,
        )  # fmt: skip
    return group


def stated(category: SchemeCategory) -> dict[int, str]:
    """A word for every criterion that no register answers."""
    rows = SchemeCriterion.objects.filter(scheme=category.scheme, asked="state")
    return {one.pk: "开展活动十二次" for one in rows}


def submitted(
    draft: SchemeApplication, *, by: User | None = None, at: datetime = AT, twin: str = ""
) -> SchemeApplication:
    by = by or makers.user(Role.COUNTY_OFFICER, area=draft.area_id[:6])
    return applying.submit(draft, stated=stated(draft.category), twin=twin, by=by, at=at, why=WHY)


def at_city(draft: SchemeApplication) -> SchemeApplication:
    one = submitted(draft)
    return reviewing.review(
        one, verdict=Verdict.PASS, words="材料齐全", by=county(one.area_id[:6]), at=AT, why=WHY
    )


def passed(draft: SchemeApplication) -> SchemeApplication:
    one = reviewing.review(
        at_city(draft), verdict=Verdict.PASS, words="符合条件", by=section(), at=AT, why=WHY
    )
    assert one.stage == Stage.PASSED
    return one


def shown(*drafts: SchemeApplication, at: datetime = AT) -> Publicity:
    for one in drafts:
        passed(one)
    return publishing.publish(drafts[0].category.scheme, by=section(), at=at, why=WHY)


def decided(*drafts: SchemeApplication) -> Publicity:
    publicity = shown(*drafts)
    return publishing.decide(
        publicity, on=AFTER.date(), number="示教〔2023〕9号", by=section(), at=AFTER, why=WHY
    )


def objected(publicity: Publicity, *, at: datetime = AT) -> SchemeObjection:
    line = PublicityLine.objects.filter(publicity=publicity).order_by("place")[0]
    return publishing.object_to(line, words="收费高于公示", at=at)


def class_teacher(school: School, room: Any, *, since: date = date(2018, 9, 1)) -> User:
    number = User.objects.count()
    one = User.objects.create(username=f"ban{number}", display_name=f"示例教师{number}")
    Grant.objects.create(
        user=one,
        role=Role.CLASS_TEACHER,
        area=school.area_id,
        school=school.pk,
        school_class=room.pk,
        since=since,
    )
    return one


def a_way(
    subject: str, *, places: int | None = None, check: str = "", limit: int = 1, **given: object
) -> SchemeCategory:
    """An open scheme of one subject, with one check and as many places as said."""
    scheme = a_scheme(subject=subject, **given)
    a_criterion(scheme, **({"asked": "check", "check_slug": check, "limit": limit} if check else {}))
    category = a_category(scheme, places=places)
    opened(scheme)
    return SchemeCategory.objects.select_related("scheme").get(pk=category.pk)


def recommended(*drafts: SchemeApplication) -> Publicity:
    publicity = decided(*drafts)
    assert not Certificate.objects.filter(application__in=drafts).exists(), "the province decides"
    return publicity
