"""A statement leaves the house: both files say the same under one code, who may not export gets none, anybody verifies it."""

import re
from datetime import date

import pytest
from django.test import Client

from junheng.domains.areas.models import Area
from junheng.domains.funds import actions
from junheng.domains.funds.models import Derivation, Instalment
from junheng.platform.access.roles import RULES
from junheng.platform.access.scope import role_may
from junheng.platform.audit.models import Entry
from junheng.platform.papers.models import IssuedStatement
from junheng.platform.registers import register_called
from tests.domains import makers
from tests.domains.funds import term as begun
from tests.domains.funds.term import AT, SPRING_2023, WHY
from tests.domains.looking import as_
from tests.domains.statements import both, left_out

pytestmark = pytest.mark.django_db


def test_every_page_of_money_has_both_files_and_they_agree(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    school = begun.town(3)
    begun.derived()
    begun.pupils(school, 2)
    begun.derived(begun.frozen(day=date(2023, 4, 1)))
    officer = begun.county_officer()
    actions.pay(
        Area.objects.get(pk="410802"), term=SPRING_2023, document="示财〔2023〕1号", total=100_000,
        paid_on=date(2023, 3, 20), by=officer, at=AT, why=WHY,
    )  # fmt: skip
    browser = as_(officer)
    latest = Derivation.objects.order_by("-pk")[0]
    addresses = [
        "/funds/statement/", "/funds/areas/410802/statement/", f"/funds/schools/{school.pk}/statement/",
        f"/funds/derivations/{latest.pk}/statement/", f"/funds/instalments/{Instalment.objects.get().pk}/statement/",
        "/funds/subsidies/statement/",
    ]  # fmt: skip
    for number, address in enumerate(addresses, start=1):
        rows, words = both(browser, address)
        assert left_out(rows, words) == [], address
        assert "演示数据" in words
        code = re.search(r"核验码 ?(\w{4}-\w{4}-\w{4}-\w{4})", words)
        assert code
        last = list(Entry.objects.order_by("-pk")[:2])
        assert [(one.verb, one.after["kind"]) for one in last] == [("export", "pdf"), ("export", "xlsx")]
        assert len({one.after["digest"] for one in last}) == 1
        assert IssuedStatement.objects.count() == number, "both files are one statement"
        page = Client().get("/papers/verify/", {"code": code[1].lower()}).content.decode()
        kept = IssuedStatement.objects.order_by("-pk")[0]
        assert kept.title in page
        assert kept.digest in page
        assert all(cell in page for row in kept.totals for cell in row)
    shown = browser.get("/funds/areas/410802/").content.decode()
    for cell in IssuedStatement.objects.get(title__endswith="结算单", unit="解放区教育局").totals[-1]:
        assert cell in shown, "sums as on the page"
    assert "/funds/areas/410802/statement/?term=2023S&amp;as=pdf" in shown


def test_who_may_not_export_gets_no_file_and_another_kind_is_refused() -> None:
    begun.town(3)
    begun.derived()
    browser = as_(begun.county_officer())
    answer = browser.get("/funds/areas/410802/statement/", {"as": "exe"})
    assert (answer.status_code, answer["X-Refusal"]) == (400, "bad-statement-kind")
    assert browser.get("/funds/areas/410811/statement/", {"as": "pdf"}).status_code == 404
    assert Client().get("/funds/statement/").status_code == 302
    register = register_called("entitlements")
    readers = [
        role for role, rule in RULES.items()
        if rule.level == "area" and role_may(role, register, "view") and not role_may(role, register, "export")
    ]  # fmt: skip
    for role in readers:
        refused = as_(makers.user(role, area="4108")).get("/funds/areas/410802/statement/", {"as": "pdf"})
        assert (refused.status_code, refused["X-Refusal"]) == (403, "may-not-export"), role
    assert readers
    assert not IssuedStatement.objects.exists()


def test_a_code_that_was_miscopied_or_never_issued_is_told_apart_and_guessing_ends() -> None:
    stranger = Client()
    assert stranger.get("/papers/verify/").status_code == 200
    wrong = stranger.get("/papers/verify/", {"code": "0000-0000-0000-0001"})
    assert wrong.status_code == 404
    assert "抄错" in wrong.content.decode()
    for _ in range(20):
        unknown = stranger.get("/papers/verify/", {"code": "0000000000000000"})
        assert unknown.status_code == 404
    assert "不要据此付款" in unknown.content.decode()
    assert "15 分钟" in stranger.get("/papers/verify/", {"code": "0000000000000000"}).content.decode()
