"""The pages of aid: an officer from the search to the statement, a family on its phone, a school; and nothing for others."""

import io
from datetime import date

import openpyxl
import pytest

from junheng.domains.aid.actions import requesting
from junheng.domains.aid.desk.statements import stated
from junheng.domains.aid.models import AidBatch, AidFinding, AidLetter, AidRequest, LoanBooking, Waiver
from junheng.domains.aid.queries.letters import code_of
from junheng.platform.access.models import Tries
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.aid.made import AT, DAY, HERE, WHY, confirmed, letter_to, listed, paid, town
from tests.domains.looking import as_, text

pytestmark = pytest.mark.django_db
COUNTY = f"/aid/areas/{HERE}/"


@pytest.fixture(autouse=True)
def on_a_day(settings) -> None:
    settings.JUNHENG_AS_OF = date(2023, 10, 16)


def test_an_officer_finds_confirms_writes_pays_and_takes_the_statement() -> None:
    here = town()
    officer = as_(here.officer)
    assert officer.get("/aid/")["Location"] == f"{COUNTY}?term=2023A"
    assert "还没有认定资助对象" in text(officer.get(COUNTY))
    late = officer.post(COUNTY, {"day": "2023-06-01", "why": WHY})
    assert (late.status_code, late["X-Refusal"]) == (400, "day-outside-term")
    answer = officer.post(COUNTY, {"day": str(DAY), "why": WHY})
    one = AidFinding.objects.get()
    assert answer["Location"] == f"/aid/findings/{one.pk}/"
    page = text(officer.get(answer["Location"]))
    for words in ("875.00", one.digest, "待确认", here.school.name):
        assert words in page
    assert "示例甲" not in page
    wrong = officer.post(answer["Location"], {"digest": "0" * 64, "why": WHY})
    assert (wrong.status_code, wrong["X-Refusal"]) == (409, "list-altered")
    assert officer.post(answer["Location"], {"digest": one.digest, "why": WHY}).status_code == 302

    assert officer.post(f"{COUNTY}letters/?term=2023A", {"why": WHY}).status_code == 302
    assert AidLetter.objects.count() == 2
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(officer.get(f"{COUNTY}letters.xlsx").streaming_content))
    )
    cells = [str(one.value) for row in book.active.iter_rows() for one in row]
    assert {"示例甲", "示例乙"} <= set(cells)
    assert not [one for one in cells if "低保" in one or "最低生活" in one], "a letter does not say why"
    assert Entry.objects.order_by("-pk")[0].after["kind"] == "letters"

    gaps = text(officer.get(f"{COUNTY}gaps/"))
    assert "示**" in gaps
    assert "示例甲" not in gaps
    asked = {"pupil": here.poor.pk, "scheme": "living", "side": "missed", "words": "账户开立中"}
    assert officer.post(f"{COUNTY}gaps/?term=2023A", asked).status_code == 302
    assert "账户开立中" in text(officer.get(f"{COUNTY}gaps/"))
    assert officer.post(f"{COUNTY}gaps/", asked | {"pupil": 2**40}).status_code == 404

    page = f"{COUNTY}pay/?scheme=living&term=2023A"
    assert "可发放 2 人次，875.00 元" in text(officer.get(page))
    assert officer.get(f"{COUNTY}pay/?scheme=none").status_code == 404
    bad = officer.post(page, {"document": "1号", "paid_on": str(DAY), "total": "900", "why": WHY})
    assert (bad.status_code, bad["X-Refusal"]) == (400, "more-than-owed")
    answer = officer.post(page, {"document": "1号", "paid_on": str(DAY), "why": WHY})
    batch = AidBatch.objects.get()
    assert answer["Location"] == f"/aid/batches/{batch.pk}/"
    assert "875.00" in text(officer.get(answer["Location"]))
    file = officer.get(f"/aid/batches/{batch.pk}/statement/")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content))).active
    told = [one.value for row in sheet.iter_rows() for one in row if one.value is not None]
    assert "—" in told, "a school with two is withheld"
    assert 875 not in told, "and a sum of two tells as much"
    batch.count = 40
    assert stated(batch).sums == [["合计", 40, 87_500]]
    assert not [one for one in told if "示例甲" in str(one)]
    assert officer.get(f"/aid/batches/{batch.pk}/statement/?as=pdf")["Content-Type"] == "application/pdf"
    assert "待确认" in text(officer.get("/aid/rules/"))


def test_for_everybody_else_these_pages_are_not_there() -> None:
    here = town()
    one = confirmed(here)
    batch = paid(here)
    pages = [
        "/aid/", COUNTY, f"{COUNTY}gaps/", f"{COUNTY}pay/?scheme=living", f"{COUNTY}letters.xlsx", "/aid/rules/",
        f"/aid/findings/{one.pk}/", f"/aid/batches/{batch.pk}/", f"/aid/batches/{batch.pk}/statement/", "/aid/loans/",
    ]  # fmt: skip
    for role in (Role.COUNTY_OFFICER, Role.CITY_SECTION, Role.CITY_LEADER, Role.AUDITOR):
        client = as_(makers.user(role, area=HERE if role == Role.COUNTY_OFFICER else "4108"))
        assert {client.get(page).status_code for page in pages} == {404}, role
    neighbour = as_(makers.user(Role.AID_OFFICER, area="410811"))
    assert [neighbour.get(page).status_code for page in pages[1:]] == [404] * 4 + [200] + [404] * 3 + [200]
    assert as_(here.principal).get(f"/aid/findings/{one.pk}/").status_code == 404
    assert as_(None).get("/aid/")["Location"].startswith("/login/")


def test_a_family_opens_its_letter_waives_and_takes_back() -> None:
    here = town()
    listed("A1", here.poor)
    confirmed(here)
    code = code_of(letter_to(here, here.poor))
    phone = as_(None)
    wrong = phone.post("/aid/family/", {"code": code, "proof": "0000"})
    assert wrong.status_code == 404
    assert "示例甲" not in wrong.content.decode()
    assert Tries.objects.count() == 2, "counted by address and by letter"
    assert phone.get("/aid/family/letter/")["Location"] == "/aid/family/"
    assert phone.post("/aid/family/", {"code": code, "proof": here.poor.id_number[-4:]}).status_code == 302
    page = text(phone.get("/aid/family/letter/"))
    for words in ("示例甲", "生活补助", "250.00", "营养改善", "500.00"):
        assert words in page
    for words in ("脱贫", "低保", "最低生活"):
        assert words not in page
    bare = phone.post("/aid/family/letter/", {"deed": "waive", "schemes": ["living"]})
    assert bare.status_code == 422
    signed = {"deed": "waive", "schemes": ["living"], "signed_by": "家长甲"}
    assert phone.post("/aid/family/letter/", signed).status_code == 302
    assert "撤回放弃" in text(phone.get("/aid/family/letter/"))
    assert Waiver.objects.get().scheme == "living"
    assert phone.post("/aid/family/letter/", {"deed": "back", "scheme": "living"}).status_code == 302
    assert phone.post("/aid/family/letter/", {"deed": "agree"}).status_code == 302
    assert "确认。" in text(phone.get("/aid/family/letter/"))
    assert not Waiver.objects.exists()
    for _ in range(8):
        phone.post("/aid/family/", {"code": "AAAA-BBBB-CCCC", "proof": "0000"})
    stopped = phone.post("/aid/family/", {"code": code, "proof": "20140301"})
    assert "错误次数过多" in stopped.content.decode()


def test_a_family_applies_and_the_school_shows_name_class_and_band_only_for_some_days(settings) -> None:
    here = town()
    phone = as_(None)
    told = {
        "name": "示例丙", "id_number": here.other.id_number, "kind": "illness", "words": "母亲患病", "promised": "on",
        "promised_by": "家长丙",
    }  # fmt: skip
    assert "对不上" in phone.post("/aid/ask/", told | {"name": "示例丁"}).content.decode()
    assert phone.post("/aid/ask/", {one: told[one] for one in told if one != "promised"}).status_code == 422
    assert "回执号只显示这一次" in text(phone.post("/aid/ask/", told))
    one = AidRequest.objects.get()
    assert "待学校认定" in text(phone.post("/aid/ask/follow/", {"receipt": one.receipt.lower()}))
    assert phone.post("/aid/ask/follow/", {"receipt": "0" * 12}).status_code == 404

    principal = as_(here.principal)
    assert "份资助申请待学校认定" in text(principal.get("/"))
    requesting.recognise(one, band="hard", by=here.principal, at=AT, why=WHY)
    settings.JUNHENG_AS_OF = date(2023, 10, 8)
    page = text(principal.get("/aid/shown/"))
    assert "示例丙" in page
    assert "困难" in page
    assert "母亲患病" not in page
    settings.JUNHENG_AS_OF = date(2023, 10, 9)
    assert "示例丙" not in text(principal.get("/aid/shown/"))
    assert as_(here.officer).get("/aid/shown/").status_code == 404


def test_an_hour_is_booked_by_anybody_and_seen_by_the_officer() -> None:
    here = town()
    officer, phone = as_(here.officer), as_(None)
    hours = {
        "area": HERE,
        "first": "2098-07-15",
        "last": "2098-07-16",
        "begins": "9点",
        "places": "2",
        "why": WHY,
    }
    assert "「9点」不是时间" in officer.post("/aid/loans/", hours).content.decode()
    assert officer.post("/aid/loans/", hours | {"begins": "09:00 10:00"}).status_code == 302
    page = text(phone.get(f"/aid/hours/?area={HERE}"))
    assert page.count("余 2") == 4
    slot = page.split('name="slot" value="')[1].split('"')[0]
    assert "到场只报预约码" in text(phone.post("/aid/hours/", {"area": HERE, "slot": slot}))
    code = LoanBooking.objects.get().code
    assert code[-4:] in text(officer.get("/aid/loans/"))
    assert officer.post(f"/aid/loans/came/{LoanBooking.objects.get().pk}/").status_code == 302
    assert "已到场" in text(phone.post("/aid/hours/mine/", {"code": code}))
    assert phone.post("/aid/hours/", {"area": HERE, "slot": "0"}).status_code == 404
    assert phone.post("/aid/hours/mine/", {"code": "x"}).status_code == 404
