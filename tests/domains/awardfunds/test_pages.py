"""The pages of award money: the city sees the equation, a county pays, a school confirms and publishes, anybody reads."""

from datetime import date

import pytest
from django.test import Client

from junheng.domains.awardfunds.models import AwardNotice, AwardPayment, AwardUse
from junheng.domains.titles.models import Grant
from tests.domains import makers
from tests.domains.awardfunds import made
from tests.domains.looking import as_, text
from tests.domains.statements import both, left_out


@pytest.fixture(autouse=True)
def on_a_day(settings) -> None:
    settings.JUNHENG_AS_OF = date(2023, 12, 20)


def test_money_is_followed_from_the_document_to_what_a_school_published() -> None:
    title = made.title()
    other = made.title(school=makers.school(area_id="410811"))
    school = title.school
    city, county, own = as_(made.finance()), as_(made.county()), as_(made.principal(school))
    assert "有称号、没有下达奖补的" in text(city.get("/awardfunds/"))
    assert county.get("/awardfunds/notices/new/").status_code == 403
    assert own.get(f"/awardfunds/schools/{school.pk}/").status_code == 404
    asked = {
        "document": "演示豫财教〔2023〕9号", "issuer": "省财政厅", "issued_on": "2023-04-10", "year": "2023",
        "kind": "province-demonstration_school", "total": "1000000", "why": "收到文件",
    }  # fmt: skip
    wrong = city.post("/awardfunds/notices/new/", asked)
    assert (wrong.status_code, wrong["X-Refusal"]) == (400, "award-sum-differs")
    assert "2 个称号 × 1000000.00 元 = 2000000.00 元" in wrong.content.decode()
    assert city.post("/awardfunds/notices/new/", asked | {"total": "2000000"}).status_code == 302
    assert AwardNotice.objects.get().titles == 2
    page = text(city.get("/awardfunds/"))
    assert "2,000,000.00" in page
    assert other.school.name in page
    assert other.school.name not in text(county.get("/awardfunds/"))
    grant = Grant.objects.get(title=title)
    pay = {"document": "县财教7号", "amount": "1000000", "paid_on": "2023-05-08", "why": "拨付"}
    assert own.get(f"/deeds/grants/{grant.pk}/pay/").status_code in {403, 404}
    assert county.post(f"/deeds/grants/{grant.pk}/pay/", pay).status_code == 302
    assert own.get("/awardfunds/")["Location"] == f"/awardfunds/schools/{school.pk}/"
    assert "待确认到账" in text(own.get(f"/awardfunds/schools/{school.pk}/"))
    payment = AwardPayment.objects.get()
    assert county.get(f"/deeds/awardpayments/{payment.pk}/receive/").status_code in {403, 404}
    receive = {"received_on": "2023-05-09", "why": "已核对银行回单"}
    assert own.post(f"/deeds/awardpayments/{payment.pk}/receive/", receive).status_code == 302
    used = {
        "school": school.code, "area": school.area_id, "item": "科学实验室器材", "kind": "equipment", "amount_fen": "200000",
        "proof": "发票 00123", "spent_on": "2023-06-01", "published_on": "2023-06-30", "why": "公示",
    }  # fmt: skip
    begun = text(own.get(f"/registers/awarduses/new/?school={school.code}&area={school.area_id}&nonsense=1"))
    assert f'name="school" value="{school.code}"' in begun
    assert 'name="nonsense"' not in begun
    refused = own.post("/registers/awarduses/new/", used | {"item": "发放教师津贴"})
    assert "人员经费、基本建设、偿还债务" in refused.content.decode()
    assert not AwardUse.objects.exists()
    assert own.post("/registers/awarduses/new/", used).status_code == 302
    anybody = Client()
    page = text(anybody.get("/awardfunds/published/"))
    assert ("1,000,000.00" in page, "200,000.00" in page, "800,000.00" in page) == (True, True, True)
    page = text(anybody.get(f"/awardfunds/published/{school.code}/"))
    assert "发票 00123" in page
    assert "科学实验室器材" in page
    assert anybody.get("/awardfunds/published/0000000000/").status_code == 404
    assert anybody.get("/awardfunds/").status_code == 302
    assert "还有 2 笔没有走完" in text(city.get("/awardfunds/?from=2023&to=2023"))
    assert "没有奖补" in text(city.get("/awardfunds/?from=20x3&to=2021"))
    for browser, address, whose in (
        (city, "/awardfunds/statement/?from=2023&to=2023", other.school.name),
        (own, f"/awardfunds/schools/{school.pk}/statement/?", "发票 00123"),
    ):
        rows, words = both(browser, address)
        assert left_out(rows, words) == []
        assert whose in words
        assert "1,000,000.00" in words
    assert county.get(f"/awardfunds/schools/{other.school.pk}/statement/").status_code == 404
