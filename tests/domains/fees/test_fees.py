"""What may be charged is looked up by anybody; what may not is not posted."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from junheng.domains.fees.models import FeeItem, FeeNotice
from junheng.domains.fees.quality import fee_outside_list
from junheng.domains.fees.queries import allowed, lines_of
from junheng.platform.access.roles import Role
from tests.domains import makers

DAY = date(2023, 8, 25)


def item(**given: Any) -> FeeItem:
    facts: dict[str, Any] = {
        "code": f"F{FeeItem.objects.count()}", "name": "课后服务费", "stage": "compulsory", "nature": "public", "kind": "service",
        "unit": "month", "cap_fen": 15_000, "basis": "示例文件", "area_id": "4108", "since": date(2021, 9, 1),
    }  # fmt: skip
    return FeeItem.objects.create(**facts | given)


def notice(school: Any, **given: Any) -> FeeNotice:
    facts: dict[str, Any] = {
        "school": school,
        "area_id": school.area_id,
        "term": "2023A",
        "name": "课后服务费",
        "amount_fen": 15_000,
        "published_on": DAY,
    }
    return FeeNotice(**facts | given)


def test_on_both_sides_of_the_cap() -> None:
    one, school = item(), makers.school()
    fine = notice(school)
    fine.clean()
    assert fine.item == one
    with pytest.raises(ValidationError) as refused:
        notice(school, amount_fen=15_001).clean()
    assert "高于目录规定的最高标准 150.00 元（示例文件）" in str(refused.value)


@pytest.mark.parametrize(
    "given",
    [
        {"stage": "senior"},
        {"nature": "private"},
        {"until": DAY},
        {"since": date(2023, 8, 26)},
        {"area_id": "410811"},
        {"name": "资料费"},
    ],
)
def test_what_is_not_on_the_list_of_this_school_and_day_is_not_posted(given: dict[str, Any]) -> None:
    item(**given)
    school = makers.school()
    assert allowed(school, "课后服务费", on=DAY).item is None
    with pytest.raises(ValidationError, match="不在这所学校的收费目录内"):
        notice(school).clean()


def test_at_cost_has_no_cap_and_spelling_does_not_matter() -> None:
    item(name="学生伙食费", cap_fen=None)
    found = allowed(makers.school(), " 学生 伙食费", on=DAY)
    assert (found.at_cost, found.cap_fen) == (True, None)


def test_a_list_that_changed_marks_what_no_longer_fits() -> None:
    one, school = item(), makers.school()
    row = notice(school)
    row.clean()
    row.save()
    assert [line.fits for line in lines_of(school, "2023A")] == [True]
    assert not fee_outside_list(FeeNotice.objects.all(), DAY).exists()
    FeeItem.objects.filter(pk=one.pk).update(cap_fen=14_999)
    assert [(line.fits, line.above) for line in lines_of(school, "2023A")] == [(False, True)]
    assert fee_outside_list(FeeNotice.objects.all(), DAY).get() == row
    FeeItem.objects.filter(pk=one.pk).update(cap_fen=15_000, until=DAY)
    assert [(line.fits, line.item) for line in lines_of(school, "2023A")] == [(False, None)]
    assert fee_outside_list(FeeNotice.objects.all(), DAY).get() == row


def test_a_parent_finds_it_on_the_phone() -> None:
    item()
    school = makers.school(name="示例中心小学")
    row = notice(school)
    row.clean()
    row.save()
    page = Client()
    found = page.get("/fees/", {"q": "中心", "area": "410802"}).content.decode()
    assert f"/fees/{school.code}/" in found
    told = page.get(f"/fees/{school.code}/").content.decode()
    assert "150.00" in told
    assert "示例文件" in told
    assert "2023年秋季学期" in told
    assert "符合目录" in told
    assert "/tips/?kind=fees" in told
    assert page.get("/fees/0000000000/").status_code == 404
    assert page.get(f"/fees/{school.code}/", {"term": "<x>"}).status_code == 200
    assert "没有找到这所学校" in page.get("/fees/", {"q": "没有"}).content.decode()


def test_a_school_is_told_by_the_form_what_it_may_not_post() -> None:
    item()
    school = makers.school()
    page = Client()
    page.force_login(makers.user(Role.PRINCIPAL, area="410802", school=school))
    filled = {
        "school": school.code, "area": "410802", "term": "2023A", "name": "资料费", "amount_fen": "20",
        "published_on": str(DAY), "why": "开学公示",
    }  # fmt: skip
    refused = page.post("/registers/feenotices/new/", filled)
    assert (refused.status_code, "不在这所学校的收费目录内" in refused.content.decode()) == (422, True)
    above = page.post("/registers/feenotices/new/", filled | {"name": "课后服务费", "amount_fen": "150.01"})
    assert (above.status_code, "高于目录规定的最高标准" in above.content.decode()) == (422, True)
    posted = page.post("/registers/feenotices/new/", filled | {"name": "课后服务费", "amount_fen": "150"})
    assert posted.status_code == 302
    assert FeeNotice.objects.get().item is not None
