"""A register of a unit is confirmed by who keeps it: differences only, one click, and a date that turns."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from junheng.content.rulebook import STEWARDSHIP, WORKDAYS
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.access.roles import Role
from junheng.platform.audit.append import head
from junheng.platform.audit.models import Entry
from junheng.platform.registers import Level, every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import todo_of
from junheng.platform.stewardship import problems as problem_list
from junheng.platform.stewardship.confirming import tone_of
from junheng.platform.stewardship.limits import Due, due_on, notice_on
from junheng.platform.stewardship.models import Confirmation, Steward
from junheng.platform.stewardship.overview import all_confirmed
from junheng.platform.stewardship.problems import Known, problems
from junheng.platform.stewardship.units import kept_registers, level_of_units
from tests import cast
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE
from tests.platform.stewardship.people import at_desk, county, edit, elsewhere, head_of, section

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Any:
    return make(School, name="甲校")


def confirm(user: Any, slug: str, unit: Any, upto: int | None = None) -> Any:
    client = at_desk(user)
    page = f"/stewardship/confirm/{slug}/{unit}/"
    opened = client.get(page)
    assert opened.status_code == 200
    return client.post(page, {"upto": opened.context["upto"] if upto is None else upto})


def test_a_principal_confirms_and_next_time_sees_only_the_differences(school: School) -> None:
    room = make(SchoolClass, school=school, number=1)
    make(SchoolClass, number=2)
    user = head_of(school)
    client, page = at_desk(user), f"/stewardship/confirm/classes/{school.pk}/"
    first = client.get(page)
    assert (first.context["rows"], first.context["standing"].tone, first.context["may"]) == (1, "bad", True)
    assert "尚未确认" in first.content.decode()
    assert confirm(user, "classes", school.pk).status_code == 302
    one = Confirmation.objects.get()
    assert (one.by, one.rows, one.changed, one.area) == (user, 1, 0, HERE)
    entry = Entry.objects.latest("id")
    assert (entry.table, entry.who, entry.why) == ("stewardship.confirmation", user.username, "确认本台账")
    edit(user, room, "classes", number=7)
    edit(user, school, address="新路2号")
    again = client.get(page)
    found = again.context["differences"]
    assert (found.count, [one.row for one in found.rows]) == (1, [room])
    assert "<ins>7</ins>" in again.content.decode()
    confirm(user, "classes", school.pk)
    assert Confirmation.objects.latest("pk").changed == 1
    assert not client.get(page).context["differences"].count


def test_what_happened_while_looking_is_not_confirmed(school: School) -> None:
    room = make(SchoolClass, school=school, number=1)
    user = head_of(school)
    edit(user, room, "classes", number=2)
    upto = head().id
    edit(user, room, "classes", number=3)
    refused = confirm(user, "classes", school.pk, upto)
    assert (refused.status_code, refused["X-Refusal"]) == (409, "changed-while-looking")
    assert confirm(user, "classes", school.pk, head().id + 50)["X-Refusal"] == "bad-mark"
    assert not Confirmation.objects.exists()


def test_others_see_and_do_not_confirm(school: School) -> None:
    officer = county()
    page = f"/stewardship/confirm/classes/{school.pk}/"
    assert at_desk(officer).get(page).context["may"] is False
    assert confirm(officer, "classes", school.pk)["X-Refusal"] == "not-yours-to-confirm"
    for outside in (elsewhere(), head_of(make(School)), cast.stranger()):
        assert at_desk(outside).get(page).status_code == 404
        assert at_desk(outside).post(page, {"upto": 0}).status_code == 404
    for nonsense in ("abc", "0", "999999999999", CITY):
        assert at_desk(officer).get(f"/stewardship/confirm/classes/{nonsense}/").status_code == 404


def test_a_county_keeps_its_kindergartens(school: School) -> None:
    make(Kindergarten)
    make(Kindergarten, where=THERE)
    officer = county()
    assert confirm(officer, "kindergartens", HERE).status_code == 302
    assert Confirmation.objects.get().rows == 1
    assert at_desk(officer).get(f"/stewardship/confirm/kindergartens/{THERE}/").status_code == 404
    assert confirm(section(), "areas", CITY).status_code == 302


def test_the_office_names_a_steward_and_then_only_he_confirms(school: School) -> None:
    named, other, office = county(), county(), cast.somebody(Role.CITY_OFFICE, area=CITY)
    page = f"/stewardship/confirm/waters/{HERE}/steward/"
    assert at_desk(other).post(page, {"username": named.username})["X-Refusal"] == "office-names-stewards"
    assert at_desk(office).post(page, {"username": "nobody"})["X-Refusal"] == "no-such-login"
    assert (
        at_desk(office).post(page, {"username": elsewhere().username})["X-Refusal"]
        == "steward-without-rights"
    )
    assert at_desk(office).post(page, {"username": named.username}).status_code == 302
    refused = confirm(other, "waters", HERE)
    assert (refused.status_code, refused["X-Refusal"]) == (403, "not-the-steward")
    assert str(named) in refused.content.decode()
    assert confirm(named, "waters", HERE).status_code == 302
    now = timezone.now()
    count = {one.label: one.count for one in todo_of(Asker(other, now))}["到期未确认的台账"]
    assert count == len(kept_by_county()) - 1
    assert at_desk(office).post(page, {"username": ""}).status_code == 302
    assert not Steward.objects.filter(until=None).exists()


def kept_by_county() -> list[str]:
    asker = Asker(county(), timezone.now())
    return [
        one.slug
        for one in kept_registers()
        if level_of_units(one) is Level.COUNTY and asker.may("change", one)
    ]


def test_the_date_turns_amber_then_red() -> None:
    on = date(2023, 12, 31)
    within, overdue = (one.on(on).value for one in (STEWARDSHIP.confirm_within, STEWARDSHIP.confirm_overdue))

    def ago(days: int) -> Any:
        return timezone.make_aware(timezone.datetime(2023, 12, 31)) - timedelta(days=days)

    tones = [
        tone_of(ago(days), on) for days in (0, within, within + 1, within + overdue, within + overdue + 1)
    ]
    assert tones == ["good", "good", "warn", "warn", "bad"]
    assert tone_of(None, on) == "bad"


@pytest.mark.parametrize(
    ("came", "due"),
    [("2024-03-01", "2024-03-08"), ("2024-03-03", "2024-03-08"), ("2023-09-28", "2023-10-11")],
)
def test_working_days(came: str, due: str) -> None:
    assert due_on(date.fromisoformat(came), 5) == Due(date.fromisoformat(due), certain=True)


def test_the_notice_of_a_year_is_cited_and_a_year_without_one_is_to_be_confirmed(school: School) -> None:
    notice = notice_on(date(2023, 10, 1))
    assert notice is not None
    assert str(notice.cites) == "《关于2023年部分节假日安排的通知》（国办发明电〔2022〕16号）"
    last = WORKDAYS.arranged_year.steps[-1].value
    assert last is not None
    assert notice_on(date(last, 12, 31)) is not None
    assert notice_on(date(last + 1, 1, 1)) is None
    assert notice_on(date(2019, 12, 31)) is None
    assert not due_on(date(last, 12, 31), 1).certain
    plain = "节假日安排待公布，暂按周一至周五计算"
    with override_settings(JUNHENG_AS_OF=date(2023, 12, 31)):
        page = at_desk(county()).get("/stewardship/").content.decode()
    assert "国办发明电〔2022〕16号" in page
    assert plain not in page
    with override_settings(JUNHENG_AS_OF=date(last + 1, 3, 1)):
        page = at_desk(section()).get("/stewardship/").content.decode()
    assert plain in page


def test_lists_the_index_and_the_first_page_say_it(school: School) -> None:
    user = head_of(school)
    assert "尚未确认" in at_desk(user).get("/registers/classes/").content.decode()
    assert "尚未确认" in at_desk(user).get("/registers/").content.decode()
    confirm(user, "classes", school.pk)
    shown = at_desk(user).get("/registers/classes/").content.decode()
    assert "上次确认" in shown
    assert "✓ 已确认" in shown
    assert "1 个单位中 1 个已按期确认" in at_desk(county()).get("/registers/classes/").content.decode()
    assert "到期未确认的台账" in at_desk(user).get("/").content.decode()


def test_the_overview_counts_by_county_and_a_claim_can_be_watched(school: School) -> None:
    other = make(School)
    make(School, where=THERE)
    register, today = every_register()["classes"], timezone.localdate()
    confirm(head_of(school), "classes", school.pk)
    assert (all_confirmed(register, on=today).units, all_confirmed(register, on=today).fresh) == (3, 1)
    page = at_desk(section()).get("/stewardship/confirm/overview/")
    lines = {
        one.slug: {name: (square.fresh, square.units, square.tone) for name, square in cells}
        for one, cells, _level in page.context["lines"]
    }
    assert lines["classes"] == {"解放区": (1, 2, "bad"), "山阳区": (0, 1, "bad")}
    confirm(head_of(other), "classes", other.pk)
    own = at_desk(county()).get("/stewardship/confirm/overview/")
    assert own.context["counties"] == ["解放区"]
    cells = {one.slug: cells for one, cells, _level in own.context["lines"]}["classes"]
    assert [(square.fresh, square.units, square.tone) for _name, square in cells] == [(2, 2, "good")]
    drill = at_desk(county()).get(f"/stewardship/confirm/overview/classes/{HERE}/")
    assert {one.unit.school for one in drill.context["standings"]} == {school.pk, other.pk}
    assert at_desk(county()).get(f"/stewardship/confirm/overview/classes/{THERE}/").status_code == 404
    assert at_desk(head_of(school)).get("/stewardship/confirm/overview/").status_code == 302
    assert not all_confirmed(register, on=today).holds


def test_known_problems_are_shown_before_confirming(school: School) -> None:
    before = dict(problem_list._SOURCES)
    try:

        @problems
        def one_kind(register: Any, rows: Any, asker: Asker) -> list[Known]:
            return [Known("超大班额", rows.count(), "/quality/"), Known("没有的事", 0, "/")]

        page = at_desk(head_of(school)).get(f"/stewardship/confirm/schools/{school.pk}/").content.decode()
        assert "超大班额" in page
        assert "没有的事" not in page
    finally:
        problem_list._SOURCES.clear()
        problem_list._SOURCES.update(before)


def test_the_overview_costs_the_same_for_few_schools_and_many(school: School) -> None:
    client = at_desk(section())

    def price() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/stewardship/confirm/overview/").status_code == 200
        return len(queries)

    price()
    few = price()
    for _ in range(8):
        other = make(School)
        confirm(head_of(other), "classes", other.pk)
    assert price() == few
