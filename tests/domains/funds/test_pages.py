"""The pages of money: the city freezes, reckons and sees all, a county pays and sees its own, a school sees why."""

import io
from datetime import date

import openpyxl
import pytest
from django.test import Client

from junheng.domains.areas.models import Area
from junheng.domains.funds.actions import pay
from junheng.domains.funds.models import Derivation, FundUse, Instalment, RollFreeze
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.funds import term as begun
from tests.domains.funds.term import AT, SPRING_2023, WHY
from tests.domains.looking import as_, text


@pytest.fixture(autouse=True)
def on_a_day(settings) -> None:
    settings.JUNHENG_AS_OF = date(2023, 4, 1)


def test_the_city_freezes_and_reckons_the_county_pays_in_parts_the_school_sees_what_is_missing() -> None:
    school, other = begun.town(3, location="rural"), begun.boarding()
    twin = makers.pupil(begun.pupils(school, 0), name="两处在籍")
    makers.pupil(
        begun.pupils(other, 0, stage="junior"), code=twin.code, since=date(2021, 9, 1), name="两处在籍"
    )
    city, county = as_(begun.officer()), as_(begun.county_officer())
    principal = as_(makers.user(Role.PRINCIPAL, area="410802", school=school))
    assert "还没有核定" in text(city.get("/funds/"))
    assert county.get("/funds/freeze/").status_code == 403
    late = city.post("/funds/freeze/", {"term": "2023A", "day": "2023-03-01", "why": WHY})
    assert (late.status_code, late["X-Refusal"]) == (400, "day-outside-term")
    answer = city.post("/funds/freeze/", {"term": "2023S", "day": "2023-03-01", "why": WHY})
    roll = RollFreeze.objects.get()
    assert answer["Location"] == f"/funds/rolls/{roll.pk}/"
    page = text(city.get(answer["Location"]))
    assert "无床位的寄宿生 1 人" in page
    assert other.name in page
    assert page.count(">两***<") == 2
    assert f"/deeds/rollfreezes/{roll.pk}/derive/" in page
    assert city.post(f"/deeds/rollfreezes/{roll.pk}/derive/", {"why": WHY}).status_code == 302
    derivation = Derivation.objects.get()
    assert "这是该学期的第一次核定" in text(county.get(f"/funds/derivations/{derivation.pk}/"))

    assert f"/funds/areas/{other.area_id}/" in text(city.get("/funds/"))
    mine = text(county.get("/funds/"))
    assert "/funds/areas/410802/" in mine
    assert "/funds/areas/410811/" not in mine
    assert county.get("/funds/areas/410811/").status_code == 404
    assert county.get(f"/funds/schools/{other.pk}/").status_code == 404
    assert "36,000.00" in text(county.get("/funds/areas/410802/"))
    asked = {"document": "示财〔2023〕1号", "total": "20000.01", "paid_on": "2023-03-20", "why": "第一次拨付"}
    wrong = county.post("/funds/areas/410802/pay/", asked | {"primary": "650"})
    assert (wrong.status_code, wrong["X-Refusal"]) == (400, "rate-at-wrong-term")
    assert "施行的是 720.00 元" in wrong.content.decode()
    assert county.post("/funds/areas/410802/pay/", asked | {"primary": "720"}).status_code == 302
    assert Instalment.objects.get().total_fen == 2_000_001

    assert principal.get("/funds/")["Location"] == f"/funds/schools/{school.pk}/"
    page = text(principal.get(f"/funds/schools/{school.pk}/"))
    for words in ("小规模学校补足", "国发〔2015〕67号", "34,920.00", "15,999.99"):
        assert words in page
    assert principal.get("/funds/areas/410802/pay/").status_code == 403
    assert principal.get(f"/funds/schools/{other.pk}/").status_code == 404
    assert "这一年还没有补助" in text(city.get("/funds/subsidies/"))
    none = city.post("/funds/subsidies/?year=2022", {"why": WHY})
    assert (none.status_code, none["X-Refusal"]) == (400, "no-census-of-year")
    assert county.post("/funds/subsidies/", {"why": WHY}).status_code == 403
    stranger = as_(makers.user(Role.CLASS_TEACHER))
    assert stranger.get("/funds/").status_code == 403


def test_a_statement_to_be_signed_has_the_lines_of_the_page_and_leaves_an_entry() -> None:
    school = begun.town(3)
    begun.derived()
    county = as_(begun.county_officer())
    for address, rows in (
        ("/funds/areas/410802/statement/", 2),
        (f"/funds/schools/{school.pk}/statement/", 7),
    ):
        answer = county.get(address)
        assert answer.status_code == 200
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
        cells = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        words = [str(cell) for row in cells for cell in row]
        assert 1080 in [cell for row in cells for cell in row]
        assert "负责人签字" in words
        entry = Entry.objects.order_by("-pk")[0]
        assert (entry.verb, entry.after["rows"], entry.after["kind"]) == ("export", rows, "xlsx")
        assert entry.after["digest"] in words


def test_anybody_reads_what_a_school_received_and_used() -> None:
    school = begun.town(3)
    begun.derived()
    pay(
        Area.objects.get(pk="410802"), term=SPRING_2023, document="示财〔2023〕1号", total=100_000,
        paid_on=date(2023, 3, 20), by=begun.county_officer(), at=AT, why=WHY,
    )  # fmt: skip
    FundUse.objects.create(
        school=school, area_id=school.area_id, year=2023, kind="training", amount_fen=6_000, published_on=date(2023, 12, 1)
    )  # fmt: skip
    page = text(Client().get(f"/funds/use/{school.code}/"))
    assert "收到 1,000.00 元，公示支出 60.00 元" in page
    assert "教师培训" in page
    assert Client().get("/funds/use/0000000000/").status_code == 404
