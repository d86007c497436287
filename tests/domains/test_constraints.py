"""What the tables themselves refuse, whoever writes: a form says it first, an import too, and this is the last wall."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from junheng.domains.areas.models import Area
from junheng.domains.funds.models import Entitlement, Subsidy
from junheng.domains.groups.models import Pair, SchoolGroup, WeakSchool
from junheng.domains.guidance.models import CareCase, CarePlan
from junheng.domains.kindergartens.models import Census, Nature, Recognition
from junheng.domains.projects.models import Plan, Project
from junheng.domains.safety.models import Inspection, Round
from junheng.domains.schools.models import SchoolClass
from junheng.domains.titles.models import Title
from tests.domains import makers
from tests.domains.makers import BEGUN

DAY = date(2023, 9, 1)


def one_class(**given: Any) -> SchoolClass:
    school = makers.school()
    SchoolClass.objects.create(
        school=school,
        area_id="410802",
        stage="primary",
        grade=3,
        number=1,
        since=BEGUN,
        until=given.pop("ended", None),
    )
    facts = {"grade": 3, "number": 1, "since": DAY}
    return SchoolClass(school=school, area_id="410802", stage="primary", **facts | given)


def nature(**given: Any) -> Nature:
    return Nature(kindergarten=makers.kindergarten(), area_id="410802", nature="public", since=DAY, **given)


def recognition(**given: Any) -> Recognition:
    return Recognition(
        kindergarten=makers.kindergarten(), area_id="410802", kind="first", applied_on=BEGUN, **given
    )


def project(**given: Any) -> Project:
    facts = {"code": "X", "name": "示例", "area_id": "410802", "programme": "kg_building", "kind": "new"}
    return Project(**facts | given)


def plan_of_case(**given: Any) -> CarePlan:
    case = CareCase.objects.create(code="T", school=makers.school(), area_id="410802", opened_on=BEGUN)
    CarePlan.objects.create(
        case=case, area_id="410802", responsible="甲", since=BEGUN, until=given.pop("ended", None)
    )
    return CarePlan(case=case, area_id="410802", responsible="乙", since=DAY, **given)


def pair(*, itself: bool) -> Pair:
    helper = makers.school()
    return Pair(
        code="P",
        helper=helper,
        helped=helper if itself else makers.school(),
        area_id="410802",
        since=DAY,
    )


def weak(**given: Any) -> WeakSchool:
    school = makers.school()
    WeakSchool.objects.create(school=school, area_id="410802", since=BEGUN, **given)
    return WeakSchool(school=school, area_id="410802", since=DAY)


def title(*, group: bool) -> Title:
    held_by = SchoolGroup.objects.create(
        code="G", name="示例集团", area_id="410802", kind="compulsory", since=BEGUN
    )
    return Title(
        name="quality_group",
        level="province",
        batch=1,
        area_id="410802",
        school=None if group else makers.school(),
        group=held_by,
        awarded_on=DAY,
    )


def inspection(**given: Any) -> Inspection:
    opened = Round.objects.create(code="R", title="第一轮", area_id="4108", opened_on=BEGUN)
    return Inspection(
        round=opened, school=makers.school(), area_id="410802", level="self", done_on=DAY, **given
    )


def census(**given: Any) -> Census:
    return Census(
        kindergarten=makers.kindergarten(), area_id="410802", year=2023, counted_on=DAY, children=9, **given
    )


def plan(**given: Any) -> Plan:
    facts = {
        "code": "P",
        "title": "规划",
        "kind": "layout",
        "area_id": "4108",
        "since": DAY,
        "from_year": 2021,
    }
    return Plan(**facts | given)


def subsidy(**given: Any) -> Subsidy:
    return Subsidy(kindergarten=makers.kindergarten(), area_id="410802", year=2023, heads=1, **given)


def entitlement(**given: Any) -> Entitlement:
    return Entitlement(
        school=makers.school(),
        area_id="410802",
        stage="primary",
        term="2023A",
        heads=10,
        amount_fen=1,
        **given,
    )


def area(**given: Any) -> Area:
    return Area(name="示例", **given)


Row = Callable[[], models.Model]
PAIRS: list[tuple[Row, Row]] = [
    (lambda: one_class(number=2), lambda: one_class()),
    (lambda: one_class(ended=DAY), lambda: one_class()),
    (lambda: one_class(grade=12), lambda: one_class(grade=13)),
    (lambda: nature(until=date(2023, 9, 2)), lambda: nature(until=DAY)),
    (lambda: nature(until=date(2023, 9, 2)), lambda: nature()),
    (lambda: recognition(), lambda: recognition(decision="recognised")),
    (
        lambda: recognition(decision="recognised", decided_on=DAY, since=DAY),
        lambda: recognition(decision="rejected", decided_on=DAY, since=DAY),
    ),
    (
        lambda: census(nature="private", inclusive=True),
        lambda: census(nature="public", inclusive=True),
    ),
    (
        lambda: project(kindergarten=makers.kindergarten()),
        lambda: project(kindergarten=makers.kindergarten(), school=makers.school()),
    ),
    (lambda: project(accepted_on=DAY), lambda: project(accepted_on=DAY, cancelled_on=DAY)),
    (
        lambda: project(started_on=DAY, accepted_on=DAY),
        lambda: project(started_on=DAY, accepted_on=date(2023, 8, 31)),
    ),
    (lambda: plan(to_year=2021), lambda: plan(to_year=2020)),
    (lambda: plan_of_case(ended=DAY), lambda: plan_of_case()),
    (lambda: pair(itself=False), lambda: pair(itself=True)),
    (lambda: weak(until=DAY), lambda: weak()),
    (lambda: title(group=True), lambda: title(group=False)),
    (lambda: inspection(findings=2, remedied=2), lambda: inspection(findings=2, remedied=3)),
    (lambda: subsidy(owed_fen=2, paid_fen=2), lambda: subsidy(owed_fen=2, paid_fen=3)),
    (lambda: entitlement(boarders=10), lambda: entitlement(boarders=11)),
    (lambda: area(code="410803", kind="county"), lambda: area(code="410803", kind="township")),
    (
        lambda: area(code="410871", kind="county", stat_only=True),
        lambda: area(code="410802009", kind="township", stat_only=True),
    ),
]


@pytest.mark.parametrize(("fine", "broken"), PAIRS)
def test_one_side_is_kept_and_the_other_refused(fine: Row, broken: Row) -> None:
    with transaction.atomic():
        kept = fine()
        kept.validate_constraints()
        kept.save()
        transaction.set_rollback(True)
    row = broken()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("broken", [lambda: nature(), lambda: pair(itself=True), lambda: weak()])
def test_a_form_can_say_what_is_wrong(broken: Row) -> None:
    with pytest.raises(ValidationError) as refused:
        broken().validate_constraints()
    assert all(sentence.endswith("。") for sentence in refused.value.messages)
