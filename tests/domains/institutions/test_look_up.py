"""Whether an institution is licensed, for what, and until when: asked by anybody, by a name however it is typed."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from junheng.domains.institutions.models import Institution


@pytest.fixture(autouse=True)
def rows(settings: Any) -> None:
    settings.JUNHENG_AS_OF = date(2023, 12, 31)
    for number, (name, kind, until) in enumerate(
        (
            ("星河数学培训中心", "subject", None),
            ("星河舞蹈培训中心", "non_subject", date(2023, 12, 31)),
            ("启航编程", "non_subject", date(2024, 1, 1)),
        )
    ):
        Institution.objects.create(
            code=f"教民{number}",
            name=name,
            kind=kind,
            area_id="410802001",
            since=date(2020, 1, 1),
            until=until,
        )


def told(**asked: str) -> str:
    return Client().get("/institutions/", asked).content.decode().partition("<main")[2]


def test_licensed_for_what_and_until_when() -> None:
    page = told(q=" 星河 数学（培训中心）")
    assert ("有许可" in page, "学科类" in page, "有效" in page, "可以举报。</b>" in page) == (
        True,
        True,
        True,
        False,
    )
    assert "许可已失效" in told(q="星河舞蹈")
    assert "有许可" in told(q="启航编程"), "until the day before it ends"


def test_a_name_that_nobody_has_leads_to_a_tip() -> None:
    page = told(q="无名<b>学堂", area="410802")
    assert "没有登记，可以举报" in page
    assert (
        "/tips/?kind=unlicensed&amp;about=%E6%97%A0%E5%90%8D%3Cb%3E%E5%AD%A6%E5%A0%82&amp;area=410802" in page
    )
    assert "<b>学堂" not in page
    form = (
        Client()
        .get("/tips/", {"kind": "unlicensed", "about": "无名<b>学堂", "area": "410802"})
        .content.decode()
    )
    assert "无名&lt;b&gt;学堂" in form


def test_a_name_nearly_right_is_offered() -> None:
    page = told(q="星河数学培训学校")
    assert ("名称相近的" in page, "星河数学培训中心" in page) == (True, True)


def test_by_licence_and_by_county() -> None:
    assert "启航编程" in told(q="教民2")
    assert "启航编程" not in told(area="410811")
    assert "启航编程" in told(area="410802")
