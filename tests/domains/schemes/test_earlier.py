"""What was won and done before is drawn from records: lower titles first, no winner twice, activities; and yearly checks."""

from datetime import date, timedelta

import pytest
from django.test import Client

from junheng.domains.activities.models import Activity
from junheng.domains.schemes.actions import granting
from junheng.domains.schemes.actions.preparing import name_juror
from junheng.domains.schemes.models import Certificate, SchemeApplication
from junheng.domains.schemes.queries.due import running_out, to_check
from junheng.domains.schemes.terms import Stage
from junheng.domains.titles.models import Title
from junheng.kernel.errors import Refusal
from junheng.platform.access.models import User
from tests.domains import makers
from tests.domains.schemes.made import (
    AFTER,
    HERE,
    PROVINCE,
    WHY,
    a_category,
    a_criterion,
    a_draft,
    a_scheme,
    a_way,
    at_city,
    class_teacher,
    county,
    decided,
    opened,
    recommended,
    section,
    submitted,
)


def test_the_municipal_title_comes_before_the_provincial_one_and_nobody_wins_twice() -> None:
    school = makers.school()
    city = {"effect": "title", "awards": "文明校园"}
    province = a_way("school", check="holds-lower-title", decider="province", **city)
    with pytest.raises(Refusal) as refused:
        submitted(a_draft(province, school))
    assert "没有有效的下一级同名称号" in str(refused.value)
    decided(a_draft(a_way("school", **city), school))
    assert submitted(SchemeApplication.objects.get(category=province), at=AFTER).stage == Stage.COUNTY
    again = a_draft(a_way("school", check="not-won-before", limit=3, **city), school)
    with pytest.raises(Refusal) as twice:
        submitted(again, at=AFTER)
    assert "已于 2023-11-09 获得" in str(twice.value)
    teacher = class_teacher(school, makers.school_class(school))
    up = a_way("teacher", check="holds-lower-certificate", decider="province", awards="优秀班主任")
    draft = a_draft(up, school, teacher=teacher.username)
    with pytest.raises(Refusal) as first:
        submitted(draft)
    assert "没有有效的下一级同名证书" in str(first.value)
    decided(a_draft(a_way("teacher", awards="优秀班主任"), school, teacher=teacher.username))
    assert submitted(draft, at=AFTER).stage == Stage.COUNTY


def test_a_title_entered_from_the_document_beforehand_is_not_counted_twice() -> None:
    school, day = makers.school(), date(2023, 12, 18)
    Title.objects.create(
        name="safe_campus", level="province", batch=1, area_id=HERE, school=school, awarded_on=day,
        certificate="省证1",
    )  # fmt: skip
    category = a_way("school", decider="province", effect="title", awards="平安校园")
    publicity = recommended(a_draft(category, school))
    granting.enter_decision(
        publicity, granted={1: True}, on=day, number="豫安〔2023〕1号", by=section(), at=PROVINCE, why=WHY
    )
    title = Title.objects.get()
    assert title.certificate == Certificate.objects.get().code


def test_a_class_is_asked_for_the_readings_that_are_on_record() -> None:
    school = makers.school()
    room, other = makers.school_class(school), makers.school_class(school, number=2)
    facts = {"school": school, "area_id": HERE, "kind": "reading", "people": 45}
    for day, of in ((3, room), (10, room), (12, None), (17, other)):
        Activity.objects.create(school_class=of, held_on=date(2023, 10, day), title=f"第{day}次共读", **facts)
    Activity.objects.create(held_on=date(2022, 10, 1), title="去年的", **facts)
    draft = a_draft(a_way("class", check="readings", limit=4), room)
    with pytest.raises(Refusal) as refused:
        submitted(draft)
    assert "近一年 3 次：2023-10-12 第12次共读（45 人）" in str(refused.value)
    Activity.objects.create(school_class=room, held_on=date(2023, 10, 30), title="又一次", **facts)
    assert submitted(draft).stage == Stage.COUNTY


def test_a_juror_reads_what_is_on_record_without_the_name_of_the_school() -> None:
    school = makers.school(name="示例明珠小学")
    room = makers.school_class(school)
    Activity.objects.create(
        school=school, area_id=HERE, kind="reading", people=45, held_on=date(2023, 10, 1), title="示例明珠小学读书节"
    )  # fmt: skip
    scheme = a_scheme(subject="class", jurors=1, blind=True)
    a_criterion(scheme, asked="score", points=10)
    a_criterion(scheme, asked="check", check_slug="readings", limit=1)
    a_category(scheme)
    opened(scheme)
    one = at_city(a_draft(scheme.schemecategory_set.get(), room))
    juror = User.objects.create(username="ping")
    name_juror(one.scheme, login="ping", by=section(), at=AFTER, why=WHY)
    page = Client()
    page.force_login(juror)
    sheet = page.get(f"/schemes/jury/{one.pk}/").content.decode()
    assert ("□□读书节" in sheet, "示例明珠" in sheet) == (True, False)


def test_what_is_to_be_looked_at_again_and_what_runs_out(client: Client) -> None:
    school = makers.school()
    decided(a_draft(a_way("school", checked_yearly=True, valid_years=1), school))
    one = Certificate.objects.get()
    assert not to_check(date(2023, 12, 31)).exists(), "not in the year in which it was given"
    assert list(to_check(date(2024, 1, 1))) == [one]
    ends = date(2024, 11, 9)
    assert one.valid_until == ends
    assert not running_out(ends - timedelta(days=91)).exists()
    assert list(running_out(ends - timedelta(days=90))) == [one]
    assert not running_out(ends).exists(), "what is over does not run out"
    Certificate.objects.update(valid_until=None)
    client.force_login(section())
    page = client.get("/schemes/due/").content.decode()
    assert one.code in page
    client.force_login(county("410811"))
    assert one.code not in client.get("/schemes/due/").content.decode()
