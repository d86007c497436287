"""What kindergartens are given, from the county that writes it down to the owner who reads it; and what a category lacks."""

from datetime import date
from typing import Any

import pytest

from junheng.content.rulebook import SAFETY
from junheng.domains.funds.models import Subsidy
from junheng.domains.kindergartens.actions import recognise
from junheng.domains.kindergartens.models import Kindergarten, KindergartenSupport
from junheng.domains.kindergartens.terms import Category, SupportKind
from junheng.domains.posts.models import DutyRecord
from junheng.domains.posts.queries import BY_CATEGORY
from junheng.domains.posts.terms import DutyKind
from junheng.platform.access.roles import Role
from junheng.surfaces.desk.categories import by_rule, this_year
from junheng.surfaces.desk.supports import Given, Sum
from tests import cast
from tests.domains import makers
from tests.domains.looking import as_, text
from tests.makers import make

DAY = date(2023, 12, 31)
NEW = "/registers/kgsupports/new/"


@pytest.fixture(autouse=True)
def on_a_day(db: None, settings: Any) -> None:
    makers.areas()
    settings.JUNHENG_AS_OF = DAY


def inclusive(**given: Any) -> Kindergarten:
    one = makers.kindergarten(**given)
    since = date(2022, 5, 1)
    makers.application(one, decision="recognised", decided_on=since, since=since)
    return one


def given_to(one: Kindergarten, **given: Any) -> KindergartenSupport:
    facts = {"kind": SupportKind.TRAINING, "begun_on": date(2023, 5, 8), "ended_on": date(2023, 5, 8)}
    return make(KindergartenSupport, where=one.area_id, kindergarten=one, **facts | given)


def paid_to(one: Kindergarten, **given: Any) -> None:
    facts = {"year": 2023, "owed_fen": 9, "paid_fen": 9, "paid_on": date(2023, 12, 8)}
    make(Subsidy, where=one.area_id, kindergarten=one, **facts | given)


def test_a_county_writes_it_down_and_the_owner_reads_it() -> None:
    one = inclusive()
    gone, elsewhere = makers.kindergarten(until=date(2023, 6, 1)), inclusive(area_id="410811")
    county = as_(cast.somebody(Role.COUNTY_OFFICER))
    own, other = (as_(cast.somebody(Role.KINDERGARTEN, kindergarten=each.pk)) for each in (one, elsewhere))
    page = county.get(f"/kindergartens/{one.pk}/")
    begin = f"{NEW}?kindergarten={one.code}&amp;area={one.area_id}"
    assert begin in page.content.decode()
    asked = {
        "kindergarten": one.code, "area": one.area_id, "kind": "training", "what": "保教质量培训", "begun_on": "2023-05-08",
        "ended_on": "2023-05-08", "people": "6", "hours": "16", "provider": "区教师发展中心", "number": "示例1号", "why": "登记",
    }  # fmt: skip

    def refused(**given: str) -> str:
        answer = county.post(NEW, asked | given)
        assert answer.status_code in {400, 422}
        return answer.headers.get("X-Refusal") or answer.content.decode()

    assert refused(kindergarten=elsewhere.code) == "support-elsewhere"
    assert refused(begun_on="2999-01-01", ended_on="2999-01-01") == "support-to-come"
    assert refused(begun_on="2020-08-31") == "support-while-not-open"
    assert refused(kindergarten=gone.code, ended_on="2023-06-01") == "support-while-not-open"
    assert (
        "请把区划改为 410811" in county.post(NEW, asked | {"kindergarten": elsewhere.code}).content.decode()
    )
    assert "结束日不能早于开始日" in refused(ended_on="2023-05-07")
    assert "只有派驻教师可以没有结束日" in refused(ended_on="")
    assert "须写明人数" in refused(people="0")
    assert not KindergartenSupport.objects.exists()
    assert county.post(NEW, asked).status_code == 302
    assert county.post(NEW, asked | {"kindergarten": gone.code, "ended_on": "2023-05-31"}).status_code == 302
    row = KindergartenSupport.objects.get(kindergarten=one)
    told = text(own.get(f"/kindergartens/{one.pk}/"))
    assert [words in told for words in ("保教质量培训", "6 人", "16 学时")] == [True] * 3
    assert begin not in own.get(f"/kindergartens/{one.pk}/").content.decode()
    assert own.get(NEW).status_code == 403
    assert [own.get(f"/registers/kgsupports/{row.pk}/").status_code, other.get(f"/registers/kgsupports/{row.pk}/").status_code] == [200, 404]  # fmt: skip
    for path in ("/kindergartens/support/", "/kindergartens/categories/"):
        assert [who.get(path).status_code for who in (county, own)] == [200, 404]
        assert as_(cast.somebody(Role.TIP_OFFICER)).get(path).status_code == 403
    assert ("普惠园扶持" in text(county.get("/")), "普惠园扶持" in text(own.get("/"))) == (True, False)


def test_who_got_nothing_in_a_year_is_named() -> None:
    nothing, only_money, before, lasting, outside = (inclusive() for _ in range(5))
    Kindergarten.objects.filter(pk=nothing.pk).update(name="什么也没有的园")
    inclusive(area_id="410811")
    makers.kindergarten()
    paid_to(only_money)
    paid_to(nothing, paid_fen=0, paid_on=None)
    paid_to(outside, year=2022)
    given_to(before, begun_on=date(2022, 12, 1), ended_on=date(2023, 1, 1))
    given_to(lasting, kind=SupportKind.SENT, begun_on=date(2022, 9, 1), ended_on=None)
    given_to(outside, begun_on=date(2022, 12, 1), ended_on=date(2022, 12, 31))
    county, city = as_(cast.somebody(Role.COUNTY_OFFICER)), as_(makers.user(Role.CITY_SECTION, area="4108"))
    page = county.get("/kindergartens/support/")
    (row,) = page.context["rows"]
    assert isinstance(row, Sum)
    assert (row.code, row.count, row.paid, row.only_money, row.nothing) == ("410802", 5, 1, 1, 2)
    assert [number for _kind, number in row.kinds] == [1, 1, 0, 0, 0]
    named: dict[str, list[Given]] = {name: found for name, found, _count in page.context["lists"]}
    assert {one.kindergarten.pk for one in named["nothing"]} == {nothing.pk, outside.pk}
    assert [one.kindergarten.pk for one in named["money"]] == [only_money.pk]
    assert "5 所普惠性民办园中，2 所这一年没有任何扶持" in text(page)
    assert "什么也没有的园" in text(page)
    earlier = county.get("/kindergartens/support/?year=2022").context["total"]
    assert (earlier.count, earlier.paid, earlier.nothing) == (5, 1, 2)
    whole = city.get("/kindergartens/support/?area=410811&year=x")
    assert (whole.context["year"], whole.context["total"].count, len(whole.context["lists"][0][1])) == ("2023", 6, 1)  # fmt: skip


def test_what_public_ones_have_and_inclusive_ones_lack_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = makers.user(Role.COUNTY_OFFICER, area="410802")
    public, private = makers.kindergarten(nature="public"), makers.kindergarten()
    DutyRecord.objects.create(kindergarten=public, area_id="410802", kind="drill", on=date(2023, 10, 8))
    DutyRecord.objects.create(kindergarten=public, area_id="410802", kind="drill", on=date(2023, 8, 31))
    given_to(public, begun_on=date(2023, 10, 8), ended_on=date(2023, 10, 8))
    county = as_(officer)
    page = county.get("/kindergartens/categories/")
    duties = {str(one.title): one for one in page.context["duties"]}
    drills = duties["应急疏散演练（每季度 1 次）"]
    assert [(one.applies, one.done, one.count) for one in drills.cells] == [(True, 1, 1), (True, 0, 0), (True, 0, 1)]  # fmt: skip
    assert [str(one.title) for one in page.context["left_out"]] == ["教师培训"]
    assert [one.register for one in page.context["for_nobody"]] == ["inspections", "kgsupports"]
    assert "漏了普惠性民办园" in text(page)
    asked = makers.application(private, applied_on=date(2023, 9, 1))
    facts = {"decided_on": DAY, "since": DAY, "number": "示例1号", "why": "公示无异议"}
    recognise(asked, **facts, by=officer, at=makers.AT)
    given_to(private, begun_on=DAY, ended_on=DAY)
    page = county.get("/kindergartens/categories/")
    assert page.context["left_out"] == []
    assert "没有漏掉的" in text(page)
    drills = next(one for one in page.context["duties"] if one.register == "dutyrecords")
    assert [(one.applies, one.count) for one in drills.cells] == [(True, 1), (True, 1), (True, 0)]
    more = (DutyKind.LESSON, "year", SAFETY.lesson_hours)
    monkeypatch.setitem(BY_CATEGORY, Category.PUBLIC, (*BY_CATEGORY[Category.PUBLIC], more))  # type: ignore[arg-type] # a dict in truth
    found = list(by_rule(this_year(cast.asker(officer))))
    assert [one.register for one in found if one.left_out] == ["dutyrecords"]
    assert len(found) == 4
