"""The counter, the waiting room, what the roll fills in, and the first pages."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client

from junheng.domains.intakes.models import Intake
from junheng.domains.registrations.models import Application
from junheng.domains.registrations.portal.holding import TOKEN
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.registrations import season
from tests.domains.registrations.season import CLOSES, OPENS, form
from tests.domains.registrations.walking import Clock, fill, send


def test_the_counter_enters_for_a_family_with_the_same_rank(intake: Intake, clock: Clock) -> None:
    officer = makers.user(Role.COUNTY_OFFICER, area="410802")
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert intake.title in client.get("/registrations/counter/").content.decode()
    client.post(f"/registrations/counter/{intake.code}/")
    assert fill(client, form(has="household,property"), 1, 2, 3, 4)["Location"].endswith("/step/5/")
    assert send(client).status_code == 303
    row = Application.objects.get()
    assert (row.channel, row.entered_by) == ("desk", officer.username)
    assert row.code in client.get("/registrations/counter/").content.decode()


def test_the_counter_is_for_the_office_of_the_county(intake: Intake) -> None:
    for user in (makers.user(Role.COUNTY_OFFICER, area="410811"), makers.user(Role.AUDITOR)):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        assert client.post(f"/registrations/counter/{intake.code}/").status_code == 403
        assert intake.title not in client.get("/registrations/counter/").content.decode()
    assert Client().get("/registrations/counter/").status_code == 302


def test_a_form_of_the_counter_is_closed_to_everybody_else(intake: Intake) -> None:
    officer = makers.user(Role.COUNTY_OFFICER, area="410802")
    client, thief = Client(), Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    client.post(f"/registrations/counter/{intake.code}/")
    token = client.cookies[TOKEN].value
    thief.cookies[TOKEN] = token
    assert thief.get("/registrations/step/1/").status_code == 404
    assert thief.post("/registrations/resume/", {"code": token}).status_code == 404


def test_the_room_orders_by_child_and_not_by_haste(intake: Intake, clock: Clock, settings: Any) -> None:
    settings.JUNHENG_ROOM_RATE = 1
    clock.at = OPENS - timedelta(minutes=10)
    clients = [Client() for _ in range(4)]
    for place, client in enumerate(clients):
        sent = client.post(f"/registrations/intakes/{intake.code}/start/")
        assert sent["Location"] == f"/registrations/room/{intake.pk}/"
        client.post(sent["Location"], {"id_number": season.id_number(place)})
        assert "随机次序" in client.get(sent["Location"]).content.decode()
        clock.at += timedelta(minutes=1)
    clock.at = OPENS
    order = [before(client, intake) for client in clients]
    assert sorted(order) == [0, 1, 2, 3]
    again = Client()
    again.post(f"/registrations/room/{intake.pk}/", {"id_number": season.id_number(2)})
    assert before(again, intake) == order[2]
    for place, client in enumerate(clients):
        sent = client.post(f"/registrations/intakes/{intake.code}/start/")
        assert ("/room/" in sent["Location"]) == (order[place] > 0)
    fill(clients[order.index(0)], form(order.index(0)), 1)
    taken = fill(clients[order.index(0)], form(7), 1)
    assert taken.status_code == 422
    assert "另一个孩子的号码" in taken.content.decode(), "a turn is for one child"
    number = season.id_number(order.index(0))
    mistyped = fill(
        clients[order.index(0)], form(id_number=number[:-1] + ("1" if number[-1] != "1" else "2")), 1
    )
    assert "校验位不对" in mistyped.content.decode()
    assert "另一个孩子的号码" not in mistyped.content.decode(), "a number that is none is nobody's"
    fill(clients[order.index(0)], form(7), 2, 3, 4)
    assert send(clients[order.index(0)]).status_code == 422
    clock.at = OPENS + timedelta(seconds=3)
    late = Client()
    late.post(f"/registrations/room/{intake.pk}/", {"id_number": season.id_number(9)})
    assert before(late, intake) is None
    assert all(
        "/step/" in one.post(f"/registrations/intakes/{intake.code}/start/")["Location"] for one in clients
    )
    clock.at = OPENS + timedelta(minutes=30)
    assert "/step/" in Client().post(f"/registrations/intakes/{intake.code}/start/")["Location"]


def before(client: Client, intake: Intake) -> int | None:
    place = client.get(f"/registrations/room/{intake.pk}/").context["place"]
    return place.before  # type: ignore[no-any-return]


def test_the_first_page_tells_the_time_that_is_left(intake: Intake, clock: Clock) -> None:
    clock.at = CLOSES - timedelta(days=1, hours=2, minutes=5)
    assert "距截止还有 1 天 2 小时" in Client().get("/registrations/").content.decode()
    clock.at = OPENS - timedelta(minutes=5)
    assert "5 分钟 后开始" in Client().get("/registrations/").content.decode()
    clock.at = CLOSES
    page = Client().get(f"/registrations/intakes/{intake.code}/").content.decode()
    assert "报名已截止" in page
    assert "开始填写" not in page


def test_a_plan_that_is_not_published_is_not_there(intake: Intake) -> None:
    Intake.objects.filter(pk=intake.pk).update(state="draft")
    assert Client().get(f"/registrations/intakes/{intake.code}/").status_code == 404
    assert intake.title not in Client().get("/registrations/").content.decode()


def test_the_roll_fills_in_for_the_guardian_and_for_nobody_else(family: Client, intake: Intake) -> None:
    season.on_the_roll()
    fill(family, form(phone="13800000009"), 1)
    assert "文昌路" not in family.get("/registrations/step/2/").content.decode().partition("<datalist")[0]
    fill(family, form(), 1)
    page = family.get("/registrations/step/2/").content.decode()
    assert 'value="文昌路"' in page
    assert 'value="11"' in page
    assert "甲小学" in page


def test_what_a_stranger_is_shown_is_the_same_for_known_and_unknown_children(
    family: Client, intake: Intake
) -> None:
    season.on_the_roll()
    known = fill(family, form(phone="13800000009"), 1)
    page = family.get("/registrations/step/2/").content
    other = Client()
    other.post(f"/registrations/intakes/{intake.code}/start/")
    unknown = fill(other, form(2, phone="13800000009"), 1)
    assert known.status_code == unknown.status_code == 302
    hidden = re.compile(rb'value="[^"]{60,}"|X-CSRFToken": "\w+|class="digest">[\w-]+')
    assert hidden.sub(b"", page) == hidden.sub(b"", other.get("/registrations/step/2/").content)
