"""Steps that come into the open page: the same middle that their address shows, saved the same, and never more than it."""

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from junheng.domains.intakes.models import Intake
from junheng.domains.registrations.models import Application, Draft
from junheng.domains.registrations.portal.holding import TOKEN
from tests.domains.registrations import season
from tests.domains.registrations.season import OPENS, form
from tests.domains.registrations.walking import JPEG, NAMES, Clock, send

IN_PLACE = {"HX-Request": "true", "HX-Target": "main"}
MASKED = re.compile(r'(name="csrfmiddlewaretoken" value|name="pass" value)="[^"]*"')


def sent(client: Client, number: int, **more: Any) -> Any:
    """One step, sent by a page that stays open."""
    filled = form()
    fields = {name: filled.get(name, "") for name in NAMES[number]} | {"go": "next"} | more
    return client.post(f"/registrations/step/{number}/", fields, headers=IN_PLACE)


def middle(page: Any) -> str:
    """What stands within main, without what is another one each time."""
    words = page.content.decode()
    within = re.search(r'<div class="family".*</div>', words.partition("</main>")[0], re.DOTALL)
    assert within is not None, words
    return MASKED.sub("", within[0]).strip()


def test_every_step_comes_as_its_address_shows_it(family: Client, intake: Intake) -> None:
    for number in (1, 2, 3, 4):
        page = sent(family, number)
        assert page.status_code == 200
        assert page["HX-Push-Url"] == f"/registrations/step/{number + 1}/"
        words = page.content.decode()
        assert "<html" not in words
        assert "<main" not in words
        assert words.lstrip().startswith("<title>")
        whole = family.get(page["HX-Push-Url"])
        assert middle(page) == middle(whole)
        title = re.search(r"<title>.*?</title>", whole.content.decode())
        assert title is not None
        assert title[0] in words
        assert page["Cache-Control"] == whole["Cache-Control"]
        assert page["Content-Security-Policy"] == whole["Content-Security-Policy"]
    assert send(family).status_code == 303
    assert Application.objects.get().choices.count() == 2


def test_what_is_wrong_is_said_in_place_and_saved(family: Client, intake: Intake) -> None:
    page = sent(family, 1, phone="12")
    assert page.status_code == 422
    assert "HX-Push-Url" not in page
    assert "<html" not in page.content.decode()
    assert "11 位手机号码" in page.content.decode()
    assert 'value="12"' in family.get("/registrations/step/1/").content.decode()


def test_back_and_staying_with_a_photo(family: Client, intake: Intake) -> None:
    sent(family, 1)
    assert sent(family, 2, go="back")["HX-Push-Url"] == "/registrations/step/1/"
    photo = SimpleUploadedFile("p.jpg", JPEG, content_type="image/jpeg")
    stays = sent(family, 3, has=["household", "property"], photo_property=photo, go="stay")
    assert stays["HX-Replace-Url"] == "/registrations/step/3/"
    assert "第 1 张" in stays.content.decode()
    none = SimpleUploadedFile("p.jpg", b"MZ", content_type="image/jpeg")
    refused = sent(family, 3, has=["household", "property"], photo_property=none, go="stay")
    assert refused.status_code == 422
    assert "不是照片" in refused.content.decode()


def test_the_way_begins_in_place(intake: Intake) -> None:
    client = Client()
    page = client.post(f"/registrations/intakes/{intake.code}/start/", headers=IN_PLACE)
    assert page.status_code == 200
    assert page["HX-Push-Url"] == "/registrations/step/1/"
    assert client.cookies[TOKEN]["httponly"]
    assert client.cookies[TOKEN]["max-age"] == settings.JUNHENG_DRAFT_DAYS * 24 * 60 * 60
    assert middle(page) == middle(client.get("/registrations/step/1/"))
    assert Draft.objects.count() == 1


def test_the_waiting_room_is_a_page_of_its_own(intake: Intake, clock: Clock) -> None:
    clock.at = OPENS - timedelta(minutes=10)
    answer = Client().post(f"/registrations/intakes/{intake.code}/start/", headers=IN_PLACE)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/registrations/room/{intake.pk}/")
    assert not Draft.objects.exists()


def test_a_draft_that_is_gone_is_said_in_a_sentence(intake: Intake) -> None:
    answer = sent(Client(), 1)
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/plain")
    assert season.id_number(1) not in answer.content.decode()
