"""For each rule a row that breaks it and one that does not, as near to the limit as can be."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from junheng.content.rulebook import AWARDS, FUNDING, QUALITY
from junheng.domains.awardfunds.models import AwardPayment, AwardRecovery, AwardUse
from junheng.domains.care.models import CommitteeMember, Session
from junheng.domains.fees.models import FeeItem, FeeNotice
from junheng.domains.funds.models import BedAssignment, Entitlement, FundBudget, Subsidy
from junheng.domains.governance.models import Case
from junheng.domains.groups.models import GroupMember, SchoolGroup, WeakSchool
from junheng.domains.institutions.models import Institution
from junheng.domains.kindergartens.models import Census, Kindergarten, KindergartenSupport, Nature
from junheng.domains.people.models import Person
from junheng.domains.projects.models import Project, ProjectAcceptance
from junheng.domains.pupils.models import Child, Pupil
from junheng.domains.safety.models import Inspection
from junheng.domains.schools.models import School, SchoolClass
from junheng.domains.titles.models import Grant, Title
from junheng.domains.waters.models import Water
from junheng.kernel.values.identity import check_digit
from tests.domains import makers
from tests.makers import make
from tests.makers.rows import HERE, THERE

DAY = date(2023, 12, 31)
Pair = tuple[Any, Any]
"""The row that breaks the rule, and the one that does not."""
CASES: dict[str, Callable[[], Pair]] = {}


def case(code: str) -> Callable[[Callable[[], Pair]], Callable[[], Pair]]:
    def add(make_pair: Callable[[], Pair]) -> Callable[[], Pair]:
        CASES[code] = make_pair
        return make_pair

    return add


def identity(seventeen: str) -> str:
    return seventeen + check_digit(seventeen)


def school_with_class(**given: Any) -> School:
    school = makers.school(**given)
    makers.school_class(school)
    return school


def pupil(**given: Any) -> Pupil:
    """A pupil of grade 3 of the school year 2023, in order in everything."""
    room = given.pop("school_class", None) or makers.school_class(makers.school())
    return makers.pupil(room, **{"born_on": date(2015, 3, 1)} | given)


def days_before(days: int) -> date:
    return DAY - timedelta(days=days)


@case("school-without-classes")
def _() -> Pair:
    return makers.school(), school_with_class()


@case("school-name-odd")
def _() -> Pair:
    return makers.school(name="示例 小学"), makers.school(name="示例第二小学")


@case("school-phone-shared")
def _() -> Pair:
    broken = makers.school(phone="0000-7000001")
    makers.school(phone="0000-7000001")
    return broken, makers.school(phone="0000-7000002")


@case("class-area")
def _() -> Pair:
    school = makers.school()
    return makers.school_class(school, area_id=THERE), makers.school_class(school)


@case("class-too-large")
def _() -> Pair:
    rooms = [makers.school_class(makers.school()) for _ in range(2)]
    limit = QUALITY.largest_class.on(DAY).value
    for room, number in zip(rooms, (limit + 1, limit), strict=True):
        for _ in range(number):
            pupil(school_class=room)
    return rooms[0], rooms[1]


@case("class-empty")
def _() -> Pair:
    return makers.school_class(makers.school()), pupil().school_class


@case("boarding-without-boarders")
def _() -> Pair:
    rooms = [makers.school_class(makers.school(boarding=True)) for _ in range(2)]
    pupil(school_class=rooms[0])
    pupil(school_class=rooms[1], boarder=True)
    return rooms[0].school, rooms[1].school


@case("boarders-without-boarding")
def _() -> Pair:
    return pupil(boarder=True).school, pupil().school


@case("pupil-too-young")
def _() -> Pair:
    return pupil(born_on=date(2015, 9, 1)), pupil(born_on=date(2015, 8, 31))


@case("pupil-too-old")
def _() -> Pair:
    return pupil(born_on=date(2011, 8, 31)), pupil(born_on=date(2011, 9, 1))


@case("pupil-name-odd")
def _() -> Pair:
    return pupil(name="示例 学生"), pupil(name="示例学生")


@case("pupil-code-birthday")
def _() -> Pair:
    code = "G990802201503010013"
    return pupil(code=code, born_on=date(2015, 3, 2)), pupil(
        code=code, born_on=date(2015, 3, 1), since=date(2022, 9, 1)
    )


@case("pupil-code-sex")
def _() -> Pair:
    code = "G990802201503010013"
    return pupil(code=code, sex=2), pupil(code=code, sex=1, since=date(2022, 9, 1))


@case("pupil-id-number")
def _() -> Pair:
    number = identity("41080220150301001")
    return pupil(id_number=number, sex=2), pupil(id_number=number, sex=1)


@case("child-id-number")
def _() -> Pair:
    facts = {"id_number": identity("41080220190301001"), "born_on": date(2019, 3, 1)}
    return make(Child, **facts, sex=2), make(Child, **facts, sex=1)


@case("child-age")
def _() -> Pair:
    small = {"grade": "small"}
    return make(Child, born_on=date(2021, 9, 1), **small), make(Child, born_on=date(2021, 8, 31), **small)


@case("kindergarten-over-capacity")
def _() -> Pair:
    full = [make(Kindergarten, capacity=1) for _ in range(2)]
    for place, number in zip(full, (2, 1), strict=True):
        for _ in range(number):
            make(Child, kindergarten=place)
    return full[0], full[1]


@case("kindergarten-too-large")
def _() -> Pair:
    limit = QUALITY.largest_kindergarten.on(DAY).value
    large = [make(Kindergarten, capacity=1000) for _ in range(2)]
    household = makers.household()
    for place, number in zip(large, (limit + 1, limit), strict=True):
        Child.objects.bulk_create(
            Child(
                name="示例幼儿", sex=1, born_on=date(2019, 3, 1), household=household, kindergarten=place,
                area_id=HERE, grade="middle", since=date(2023, 9, 1),
            )
            for _ in range(number)
        )  # fmt: skip
    return large[0], large[1]


@case("kindergarten-empty")
def _() -> Pair:
    return make(Kindergarten), make(Child).kindergarten


@case("inclusive-without-support")
def _() -> Pair:
    limit = QUALITY.days_without_support.on(DAY).value
    rows = []
    for days in (limit + 1, limit):
        one = makers.kindergarten()
        since = days_before(limit)
        makers.application(one, decision="recognised", decided_on=since, since=since, applied_on=since)
        facts = {"kind": "training", "begun_on": days_before(days), "ended_on": days_before(days)}
        make(KindergartenSupport, kindergarten=one, **facts)
        rows.append(one)
    return rows[0], rows[1]


@case("kindergarten-name-odd")
def _() -> Pair:
    return make(Kindergarten, name="示例3幼儿园"), make(Kindergarten, name="示例三幼儿园")


@case("census-nature")
def _() -> Pair:
    rows = []
    for nature in ("private", "public"):
        place = make(Kindergarten)
        make(Nature, kindergarten=place, nature="public", since=date(2020, 1, 1), until=None)
        rows.append(
            make(Census, kindergarten=place, nature=nature, counted_on=date(2023, 9, 30), inclusive=False)
        )
    return rows[0], rows[1]


@case("census-children")
def _() -> Pair:
    rows = []
    for reported in (2, 1):
        child = make(Child, since=date(2023, 9, 1))
        facts = {"year": 2023, "counted_on": date(2023, 9, 30), "inclusive": False}
        rows.append(make(Census, kindergarten=child.kindergarten, children=reported, **facts))
    return rows[0], rows[1]


@case("pupil-home")
def _() -> Pair:
    return pupil(home_area_id=THERE), pupil()


@case("pupil-class")
def _() -> Pair:
    return pupil(grade=4), pupil(grade=3)


@case("pupil-school")
def _() -> Pair:
    return pupil(school=makers.school()), pupil()


@case("entitlement-over-rate")
def _() -> Pair:
    rates = [rule.on(date(2023, 9, 1)).value // 2 for rule in (FUNDING.primary, FUNDING.boarder)]
    due = 10 * rates[0] + 2 * rates[1]
    facts = {"stage": "primary", "term": "2023A", "heads": 10, "boarders": 2}
    return make(Entitlement, amount_fen=due + 1, **facts), make(Entitlement, amount_fen=due, **facts)


@case("subsidy-over-rate")
def _() -> Pair:
    due = 10 * FUNDING.kindergarten.on(date(2023, 12, 31)).value
    facts = {"year": 2023, "heads": 10, "paid_fen": 0}
    return make(Subsidy, owed_fen=due + 1, **facts), make(Subsidy, owed_fen=due, **facts)


@case("subsidy-paid-without-day")
def _() -> Pair:
    facts = {"owed_fen": 100, "paid_fen": 100}
    return make(Subsidy, paid_on=None, **facts), make(Subsidy, paid_on=DAY, **facts)


@case("budget-training-share")
def _() -> Pair:
    least = FUNDING.training_share.on(DAY).value
    rows = []
    for training in (least * 10 - 1, least * 10):
        school = makers.school()
        make(FundBudget, school=school, year=2023, kind="teaching", amount_fen=1000 - training)
        rows.append(make(FundBudget, school=school, year=2023, kind="training", amount_fen=training))
    return rows[0], rows[1]


@case("bed-of-somebody-gone")
def _() -> Pair:
    rows = [make(BedAssignment) for _ in range(2)]
    for row, until in zip(rows, (DAY, DAY + timedelta(days=1)), strict=True):
        Pupil.objects.filter(pk=row.pupil_id).update(until=until)
    return rows[0], rows[1]


@case("grant-off-rule")
def _() -> Pair:
    rate = AWARDS.feature.on(DAY).value
    facts = {"name": "feature_school", "level": "province", "awarded_on": DAY}
    titles = [make(Title, school=makers.school(), **facts) for _ in range(2)]
    rows = [
        make(Grant, title=one, granted_on=DAY, amount_fen=rate - place) for place, one in enumerate(titles)
    ]
    return rows[1], rows[0]


@case("grant-of-revoked-title")
def _() -> Pair:
    titles = [
        make(Title, school=makers.school(), awarded_on=days_before(90), revoked_on=DAY) for _ in range(2)
    ]
    rows = [make(Grant, title=one, granted_on=days_before(80), paid_on=days_before(70)) for one in titles]
    make(AwardRecovery, grant=rows[1])
    return rows[0], rows[1]


@case("award-use-unpublished")
def _() -> Pair:
    limit = AWARDS.days_to_publish.on(DAY).value
    rows = []
    for days, used in ((limit + 1, 99), (limit + 1, 100)):
        grant = make(
            Grant, title=make(Title, school=makers.school()), amount_fen=100, granted_on=days_before(400)
        )
        facts = {
            "grant": grant,
            "school": grant.title.school,
            "amount_fen": 100,
            "paid_on": days_before(days),
        }
        rows.append(make(AwardPayment, received_on=days_before(days), **facts))
        make(AwardUse, school=grant.title.school, amount_fen=used, spent_on=DAY, published_on=DAY)
    return rows[0], rows[1]


def entitlement_for(one: Pupil, **given: Any) -> Entitlement:
    facts = {
        "school": one.school,
        "stage": one.stage,
        "term": "2023A",
        "heads": 1,
        "boarders": 0,
        "amount_fen": 0,
    }
    return make(Entitlement, **facts | given)


@case("entitlement-heads")
def _() -> Pair:
    return entitlement_for(pupil(), heads=2), entitlement_for(pupil())


@case("entitlement-boarders")
def _() -> Pair:
    return entitlement_for(pupil(boarder=True)), entitlement_for(pupil(boarder=True), boarders=1)


@case("subsidy-heads")
def _() -> Pair:
    rows = []
    for heads in (11, 10):
        census = make(Census, year=2023, children=10)
        rows.append(make(Subsidy, kindergarten=census.kindergarten, year=2023, heads=heads, paid_fen=0))
    return rows[0], rows[1]


def watched(*levels: str, **given: Any) -> Water:
    water = makers.water(**given)
    for level in levels:
        makers.assignment(water, makers.person(), level=level)
    return water


@case("water-without-warden")
def _() -> Pair:
    return watched("township"), watched("township", "county")


@case("warden-left-office")
def _() -> Pair:
    water = makers.water()
    left = makers.assignment(water, makers.person(until=DAY))
    return left, makers.assignment(water, makers.person(until=DAY + timedelta(days=1)))


@case("person-name-odd")
def _() -> Pair:
    return make(Person, name="示例2"), make(Person, name="示例二")


@case("project-long-open")
def _() -> Pair:
    limit = QUALITY.days_to_build.on(DAY).value
    facts = {"school": makers.school(), "kindergarten": None, "accepted_on": None}
    return (
        make(Project, started_on=days_before(limit + 1), **facts),
        make(Project, started_on=days_before(limit), **facts),
    )


@case("project-without-record")
def _() -> Pair:
    facts = {"school": makers.school(), "started_on": days_before(90), "accepted_on": days_before(9)}
    proved = make(Project, **facts)
    make(ProjectAcceptance, project=proved, area=proved.area)
    return make(Project, **facts), proved


@case("project-without-place")
def _() -> Pair:
    return make(Project), make(Project, school=makers.school())


@case("project-fewer-places")
def _() -> Pair:
    facts = {"school": makers.school(), "kind": "extend", "places_before": 90}
    return make(Project, places_after=89, **facts), make(Project, places_after=90, **facts)


@case("session-over-roll")
def _() -> Pair:
    room = makers.school_class(makers.school())
    for _ in range(61):
        pupil(school_class=room)
    facts = {"school": room.school, "kind": "group", "held_on": DAY}
    return make(Session, attendance=62, **facts), make(Session, attendance=61, **facts)


@case("committee-class")
def _() -> Pair:
    other = makers.school_class(makers.school())
    moved = pupil()
    return (
        make(CommitteeMember, pupil=moved, school=moved.school, school_class=other),
        make(CommitteeMember, pupil=pupil()),
    )


@case("committee-left")
def _() -> Pair:
    gone, here = pupil(until=DAY), pupil(until=DAY + timedelta(days=1))
    return tuple(
        make(CommitteeMember, pupil=one, school=one.school, school_class=one.school_class, until=None)
        for one in (gone, here)
    )


@case("inspection-not-remedied")
def _() -> Pair:
    limit = QUALITY.days_to_remedy.on(DAY).value
    facts = {"findings": 3, "remedied": 2}
    return (
        make(Inspection, done_on=days_before(limit + 1), **facts),
        make(Inspection, done_on=days_before(limit), **facts),
    )


@case("inspection-area")
def _() -> Pair:
    school = makers.school()
    rows = [make(Inspection, school=school, area_id=area, findings=0, remedied=0) for area in (THERE, HERE)]
    return rows[0], rows[1]


@case("grant-not-paid")
def _() -> Pair:
    limit = QUALITY.days_to_pay.on(DAY).value
    return make(Grant, granted_on=days_before(limit + 1)), make(Grant, granted_on=days_before(limit))


@case("case-long-open")
def _() -> Pair:
    limit = QUALITY.days_of_a_case.on(DAY).value
    return make(Case, opened_on=days_before(limit + 1)), make(Case, opened_on=days_before(limit))


@case("group-without-lead")
def _() -> Pair:
    rows = []
    for role in ("member", "lead"):
        group = make(SchoolGroup, kind="compulsory")
        make(GroupMember, group=group, role=role)
        rows.append(group)
    return rows[0], rows[1]


@case("member-school-closed")
def _() -> Pair:
    rows = [make(GroupMember, school=makers.school(until=day)) for day in (DAY, DAY + timedelta(days=1))]
    return rows[0], rows[1]


@case("weak-school-closed")
def _() -> Pair:
    rows = [make(WeakSchool, school=makers.school(until=day)) for day in (DAY, DAY + timedelta(days=1))]
    return rows[0], rows[1]


@case("institution-name-odd")
def _() -> Pair:
    return make(Institution, name="示例 艺术培训中心"), make(Institution, name="示例艺术培训中心")


@case("fee-outside-list")
def _() -> Pair:
    above, at_the_most = make(FeeNotice), make(FeeNotice)
    # what is above the cap is not posted: the cap came down afterwards
    FeeItem.objects.filter(pk=above.item_id).update(cap_fen=above.amount_fen - 1)
    FeeItem.objects.filter(pk=at_the_most.item_id).update(cap_fen=at_the_most.amount_fen)
    return above, at_the_most


__all__ = ["CASES", "DAY", "SchoolClass", "pupil"]
