"""Titles with money, as tests of award money begin with them."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from junheng.domains.awardfunds import actions
from junheng.domains.awardfunds.models import AwardNotice, AwardPayment
from junheng.domains.schools.models import School
from junheng.domains.titles.models import Grant, Title
from junheng.domains.titles.terms import TitleLevel, TitleName
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers

AT = datetime(2023, 12, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
AWARDED, ISSUED, PAID = date(2023, 3, 20), date(2023, 4, 10), date(2023, 5, 8)
DEMONSTRATION, FEATURE, PROVINCE = (
    TitleName.DEMONSTRATION_SCHOOL,
    TitleName.FEATURE_SCHOOL,
    TitleLevel.PROVINCE,
)
MILLION = 100_000_000
WHY = "按文件办理"


def finance() -> User:
    return makers.user(Role.CITY_SECTION)


def county() -> User:
    return makers.user(Role.COUNTY_OFFICER, area="410802")


def principal(school: School) -> User:
    return makers.user(Role.PRINCIPAL, area=school.area_id, school=school)


def title(name: TitleName = DEMONSTRATION, *, school: School | None = None, **given: Any) -> Title:
    """A title of the province for a school."""
    held = school or makers.school()
    facts = {"level": PROVINCE, "batch": 1, "area_id": held.area_id, "awarded_on": AWARDED}
    return Title.objects.create(name=name, school=held, **facts | given)


def noted(
    name: TitleName = DEMONSTRATION, *, total: int = MILLION, by: Any = None, **given: Any
) -> AwardNotice:
    facts = {"year": 2023, "document": "演示豫财教〔2023〕11号", "issuer": "省财政厅", "issued_on": ISSUED}
    return actions.notify(name, PROVINCE, total=total, by=by or finance(), at=AT, why=WHY, **facts | given)


def granted(**given: Any) -> Grant:
    """A grant of a title by a document."""
    one = title(**given)
    noted(document=f"演示豫财教〔2023〕{one.pk}号")
    return Grant.objects.get(title=one)


def paid(
    grant: Grant, amount: int = MILLION, *, document: str = "县财教1号", on: date = PAID
) -> AwardPayment:
    return actions.pay(grant, document=document, amount=amount, paid_on=on, by=county(), at=AT, why=WHY)


def received(payment: AwardPayment, *, by: Any = None, on: date = PAID) -> AwardPayment:
    school = payment.school
    assert school is not None
    return actions.receive(payment, received_on=on, by=by or principal(school), at=AT, why=WHY)
