"""The pages of groups and pairs: a school writes, the helped one confirms, the county sees; weak schools are not shown to schools."""

from datetime import date

import pytest

from junheng.domains.groups import actions
from junheng.domains.groups.models import HelpAction
from tests.domains import makers
from tests.domains.groups import made
from tests.domains.looking import as_, text

ASKED = {"kind": "lessons", "on": "2023-12-04", "people": "3", "what": "送课两节", "why": "年度计划"}


@pytest.fixture(autouse=True)
def on_a_day(settings) -> None:
    settings.JUNHENG_AS_OF = date(2023, 12, 20)


def test_from_the_entry_to_the_page_of_the_county() -> None:
    helper, helped, alone = makers.school(), makers.school(), makers.school()
    pair = made.pair(helper, helped)
    made.weak(alone)
    giving, taking, county = as_(made.principal(helper)), as_(made.principal(helped)), as_(made.county())
    overview = text(county.get("/groups/"))
    assert "从未有过" in overview
    assert alone.name in overview
    assert "没有帮扶的薄弱学校" not in text(taking.get("/groups/", follow=True))
    assert text(giving.get("/groups/", follow=True)).count("登记帮扶行动") == 1
    address = f"/groups/schools/{helper.pk}/help/"
    assert taking.get(address).status_code == 404
    assert as_(made.county("410811")).get(address).status_code == 404
    wrong = giving.post(address, ASKED | {"within": f"pair-{pair.pk + 1}"})
    assert wrong.status_code == 422
    early = giving.post(address, ASKED | {"within": f"pair-{pair.pk}", "on": "2019-09-01"})
    assert (early.status_code, "没有结对" in early.content.decode()) == (400, True)
    assert giving.post(address, ASKED | {"within": f"pair-{pair.pk}"}).status_code == 302
    one = HelpAction.objects.get()
    page = text(taking.get(f"/groups/schools/{helped.pk}/"))
    assert f"/deeds/helpactions/{one.pk}/confirm/" in page
    assert "/deeds/helpactions/" not in text(giving.get(f"/groups/schools/{helper.pk}/"))
    assert "/deeds/helpactions/" not in text(county.get(f"/groups/schools/{helped.pk}/"))
    assert taking.post(f"/deeds/helpactions/{one.pk}/confirm/", {"why": "属实"}).status_code == 302
    overview = text(county.get("/groups/"))
    assert "2023-12-04" in overview
    assert "从未有过" not in overview
    assert helper.name not in text(county.get("/groups/?area=410811"))
    assert "送课两节" in text(county.get(f"/registers/pairs/{pair.pk}/"))


def test_a_group_shows_its_lead_the_mode_of_members_and_what_was_done() -> None:
    lead, member = makers.school(), makers.school()
    group = made.group(lead, member)
    within = group.groupmember_set.get(school=member)
    type(within).objects.filter(pk=within.pk).update(mode="merged", reason="strong_weak")
    actions.confirm_help(made.helped(within, lead), by=made.principal(member), at=makers.AT, why=made.WHY)
    page = text(as_(made.county()).get(f"/registers/groups/{group.pk}/"))
    for words in (lead.name, "牵头学校", "融合式", "以强带弱", "2023-12-04", "送课两节"):
        assert words in page
    assert "送课两节" not in text(as_(made.principal(lead)).get(f"/registers/groups/{group.pk}/")), (
        "another's row"
    )


def test_beside_a_weak_school_stands_who_helps_it_and_what_it_came_to() -> None:
    helper, school = makers.school(), makers.school()
    weak = made.weak(school)
    county = as_(made.county())
    address = f"/registers/weakschools/{weak.pk}/"
    assert "自 2021-03-01 起没有帮扶" in text(county.get(address))
    made.pair(helper, school)
    page = text(county.get(address))
    assert helper.name in page
    assert "生源流失" in page
    facts = {"term": "2023A", "criterion": "losing_pupils", "what": "新增校车", "mended": "on", "why": "登记"}
    assert county.post(f"/deeds/weakschools/{weak.pk}/progress/", facts).status_code == 302
    assert "新增校车" in text(county.get(address))
    assert "weakschools" not in text(as_(made.principal(school)).get(f"/registers/schools/{school.pk}/"))
    assert "weakschools" in text(county.get(f"/registers/schools/{school.pk}/"))
