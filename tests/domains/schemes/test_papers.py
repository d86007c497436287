"""Certificates on paper: Chinese letters that can be read and searched, the code, a child's name for who may see it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from junheng.domains.schemes.actions import certifying
from junheng.domains.schemes.models import Certificate, Publicity
from junheng.domains.schemes.queries.paper import Paper, booklet, sheets
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.schemes.made import (
    AFTER,
    HERE,
    WHY,
    a_category,
    a_criterion,
    a_draft,
    a_scheme,
    decided,
    for_schools,
    opened,
    section,
)
from tests.domains.schemes.pdf import text_of

ONE = Paper(
    "S1-000001-ABCDEF0123", "优秀班主任", "示例第一小学", "沁阳", date(2023, 12, 12), date(2026, 12, 12), "示教〔2023〕40号",
    "示例市教育局", "https://example.test/schemes/certificates/?code=S1-000001-ABCDEF0123", True,
)  # fmt: skip


def test_what_stands_on_the_sheet() -> None:
    [said] = text_of(booklet([ONE]))
    for words in (
        "证书", "优秀班主任", "示例第一小学", "沁阳", "依据 示教〔2023〕40号", "2023年12月12日授予，有效期至 2026年12月12日前",
        "示例市教育局", "编号 S1-000001-ABCDEF0123", f"核验 {ONE.address}", "演示数据",
    ):  # fmt: skip
        assert words in said
    assert "演示数据" not in text_of(booklet([replace(ONE, demo=False)]))[0]
    assert "长期有效" in text_of(booklet([replace(ONE, valid_until=None, demo=False)]))[0]


def test_the_same_papers_make_the_same_files_and_small_ones() -> None:
    many = [replace(ONE, code=f"S1-{number:06d}-ABCDEF0123", person=f"第{number}人") for number in range(3)]
    first, second = list(sheets(many)), list(sheets(many))
    assert first == second
    assert len(set(first)) == 3
    assert max(map(len, first)) < 60_000, "the whole typeface has eleven million bytes"
    assert [text.split("\n")[2] for text in text_of(booklet(many))] == ["第0人", "第1人", "第2人"]


def test_printed_by_who_may_and_while_it_is_good() -> None:
    decided(a_draft(for_schools()))
    one, office = Certificate.objects.get(), Client()
    by = section()
    office.force_login(by)
    answer = office.get(f"/schemes/certificates/{one.pk}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert one.code in text_of(answer.content)[0]
    stranger = Client()
    assert stranger.get(f"/schemes/certificates/{one.pk}.pdf").status_code == 302
    stranger.force_login(makers.user(Role.COUNTY_OFFICER, area="410811"))
    assert stranger.get(f"/schemes/certificates/{one.pk}.pdf").status_code == 404
    listed = Publicity.objects.get()
    assert one.holder in text_of(office.get(f"/schemes/papers/{listed.pk}.pdf").content)[0]
    at = AFTER + timedelta(days=30)
    certifying.revoke(one, on=at.date(), reason="材料不实", by=by, at=at, why=WHY)
    for address in (f"/schemes/certificates/{one.pk}.pdf", f"/schemes/papers/{listed.pk}.pdf"):
        assert office.get(address).status_code == 409


@pytest.mark.parametrize(("role", "status"), [(Role.PRINCIPAL, 200), (Role.CITY_OFFICE, 403)])
def test_a_childs_certificate_leaves_an_entry(role: Role, status: int) -> None:
    scheme = a_scheme(subject="pupil", awards="三好学生")
    a_criterion(scheme, words="学籍", asked="check", check_slug="pupil-on-roll", limit=1)
    category = a_category(scheme)
    opened(scheme)
    pupil = makers.pupil(makers.school_class(makers.school()), name="甲示例")
    decided(a_draft(category, pupil))
    one, page = Certificate.objects.get(), Client()
    place = {"area": HERE, "school": pupil.school} if role == Role.PRINCIPAL else {}
    page.force_login(makers.user(role, **place))
    answer = page.get(f"/schemes/certificates/{one.pk}.pdf")
    assert answer.status_code == status
    assert Entry.objects.filter(verb="read", table="schemes.certificate", row=one.pk).count() == (
        status == 200
    )
    if status == 200:
        assert "甲示例" in text_of(answer.content)[0]
