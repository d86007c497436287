"""A small city with three counties, their schools and inspectors, and a plan that is brought as far as a test wants."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from junheng.domains.areas.models import Area
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
    TeamMember,
)
from junheng.domains.visits.terms import ErrandKind
from junheng.kernel.lottery import Algorithm, commitment_of
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from tests.domains import makers

SHANGHAI = ZoneInfo("Asia/Shanghai")
WHY = "按方案办理"
COUNTIES = ("410802", "410811", "410803")
NOW = datetime(2024, 4, 8, 9, 0, tzinfo=SHANGHAI)
REVEAL_BY = datetime(2024, 4, 10, 12, 0, tzinfo=SHANGHAI)
VALUE_DUE = REVEAL_BY + timedelta(hours=9)
LATER_DUE = VALUE_DUE + timedelta(days=1)
DRAWN = VALUE_DUE + timedelta(hours=1)
FIRST, LAST = date(2024, 4, 15), date(2024, 4, 26)
THERE = datetime(2024, 4, 16, 10, 0, tzinfo=SHANGHAI)
AFTER = datetime(2024, 4, 29, 9, 0, tzinfo=SHANGHAI)
SECRETS = {"notary": ("n1", "s1"), "union": ("n2", "s2")}
SECTION, COUNTY = Role.CITY_SECTION, Role.COUNTY_OFFICER


def city(schools: int = 8, people: int = 4) -> None:
    """Three counties, in each so many primary schools and inspectors who can log in."""
    Area.objects.get_or_create(code="410803", defaults={"name": "中站区", "kind": "county"})
    for county in COUNTIES:
        for _ in range(schools):
            makers.school(area_id=county, kind="primary")
        for number in range(people):
            inspector(county, f"d-{county}-{number}")


def inspector(area: str, code: str, **given: Any) -> Inspector:
    """Somebody of the library with an account of the same name."""
    login = given.pop("login", code)
    if login and not User.objects.filter(username=login).exists():
        somebody = User.objects.create(username=login)
        Grant.objects.create(user=somebody, role=Role.INSPECTOR, area=area, since=date(2023, 1, 1))
    facts = {"name": code, "area_id": area, "login": login, "since": date(2023, 1, 1), "most": 9}
    return Inspector.objects.create(code=code, **facts | given)


def a_round() -> Round:
    """A round that was opened."""
    return Round.objects.create(
        code="2024-1", title="2024 年第一轮", area_id="4108", opened_on=date(2024, 3, 1)
    )


def section() -> User:
    return makers.user(SECTION)


def draft(by: User, **given: Any) -> SamplePlan:
    """A plan of the city with its units, weights and sizes."""
    facts: dict[str, Any] = {
        "code": "city-2024-1", "title": "2024 年第一轮市级抽查", "area_id": given.pop("area_id", "4108"), "target": "schools",
        "as_of": date(2024, 3, 31), "reveal_by": REVEAL_BY, "visits_from": FIRST, "visits_until": LAST,
    }  # fmt: skip
    if given.get("target", "schools") == "schools":
        facts["round"] = Round.objects.first() or a_round()
    return actions.make_plan(SamplePlan(**facts | given), by=by, at=NOW, why=WHY)


def promised(plan: SamplePlan, by: User) -> SamplePlan:
    """With contributors who have committed, and two public values."""
    sources = [("lotto", "双色球", VALUE_DUE), ("drand", "备用", LATER_DUE)]
    actions.prepare(
        plan, [("notary", "公证处"), ("union", "督学代表")], sources, "none", by=by, at=NOW, why=WHY
    )
    for one in Contributor.objects.filter(plan=plan):
        digest = commitment_of(Algorithm(plan.algorithm), *SECRETS[one.name])
        actions.commit(one, digest, by=by, at=NOW, why=WHY)
    return SamplePlan.objects.get(pk=plan.pk)


def frozen(plan: SamplePlan, by: User, other: User) -> SamplePlan:
    assert actions.freeze(plan, by=by, at=NOW, why=WHY) is None
    found = actions.freeze(plan, by=other, at=NOW, why=WHY)
    assert found is not None
    return found


def seeded(plan: SamplePlan, by: User, other: User, value: str = "052327") -> SamplePlan:
    """Opened, and the public value read by two."""
    for one in Contributor.objects.filter(plan=plan):
        actions.reveal(one, *SECRETS[one.name], by=by, at=NOW + timedelta(days=1), why=WHY)
    row = PublicValue.objects.get(plan=plan, name="lotto")
    for who in (by, other):
        actions.enter_value(row, value, by=who, at=DRAWN, why=WHY)
    return SamplePlan.objects.get(pk=plan.pk)


def drawn(by: User, other: User, **given: Any) -> SamplePlan:
    plan = seeded(frozen(promised(draft(by, **given), by), by, other), by, other)
    return actions.draw_sample(plan, by=by, at=DRAWN, why=WHY)


def released(by: User, other: User, **given: Any) -> SamplePlan:
    plan = drawn(by, other, **given)
    assert actions.release(plan, by=by, at=DRAWN, why=WHY) is None
    found = actions.release(plan, by=other, at=DRAWN, why=WHY)
    assert found is not None
    return found


def errand(by: User, team: Sequence[Inspector], **given: Any) -> Errand:
    """A visit to a school that nobody was told of."""
    facts: dict[str, Any] = {
        "kind": ErrandKind.SECRET, "day": THERE.date(), "by_area": Area.objects.get(pk="4108"), "purpose": "收费检查",
    }  # fmt: skip
    if not {"school", "institution", "place"} & given.keys():
        facts["school"] = School.objects.filter(area="410802").order_by("pk")[0]
    return actions.plan_errand(inspectors=team, by=by, at=NOW, why=WHY, **facts | given)


def institution(**given: Any) -> Institution:
    facts: dict[str, Any] = {
        "code": "J-410802-1", "name": "启明培训", "area_id": "410802", "kind": "subject", "since": date(2022, 1, 1),
    }  # fmt: skip
    return Institution.objects.create(**facts | given)


def strangers() -> list[Inspector]:
    """Two inspectors of the second county."""
    return list(Inspector.objects.filter(area="410811").order_by("code")[:2])


def users_of(one: Errand) -> list[User]:
    """The accounts of a team, the leader first."""
    logins = TeamMember.objects.filter(errand=one).order_by("rank").values_list("inspector__login", flat=True)
    return [User.objects.get(username=login) for login in logins]
