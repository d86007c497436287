"""A family's way through the pages, without JavaScript: from nothing to the receipt, back and forth, and later."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from junheng.domains.intakes.models import Intake
from junheng.domains.registrations.actions.drafts import forget_old
from junheng.domains.registrations.actions.forgetting import forget_seasons
from junheng.domains.registrations.actions.photos import open_photo
from junheng.domains.registrations.models import Application, Draft, Evidence
from junheng.domains.registrations.portal.holding import TOKEN
from junheng.platform.sealing.beside import place_of
from tests.domains.registrations import season
from tests.domains.registrations.season import CLOSES, DURING, OPENS, form
from tests.domains.registrations.walking import JPEG, Clock, fill, photo, send


def test_from_nothing_to_the_receipt(family: Client, intake: Intake) -> None:
    assert fill(family, form(), 1, 2, 3, 4)["Location"].endswith("/step/5/")
    assert "甲小学" in family.get("/registrations/step/4/").content.decode()
    answer = send(family)
    assert answer.status_code == 303, answer.content.decode()
    row = Application.objects.get()
    page = family.get(answer["Location"]).content.decode()
    assert row.receipt in page
    assert "甲小学" in page
    assert "<svg" in page
    code = re.search(r"data-code>([\w-]+)<", page)[1]  # type: ignore[index]
    secret = re.search(r"data-secret>([\w-]+)<", page)[1]  # type: ignore[index]
    other = Client()
    assert other.post("/registrations/look-up/", {"code": code, "secret": "ZZZZ-ZZZZ"}).status_code == 404
    found = other.post("/registrations/look-up/", {"code": code, "secret": secret})
    assert row.receipt in other.get(found["Location"]).content.decode()
    again = family.get("/registrations/step/2/")
    assert again.status_code == 409
    assert "已经提交" in again.content.decode()


def test_what_is_wrong_is_saved_and_said(family: Client, intake: Intake) -> None:
    answer = fill(family, form(phone="12"), 1)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "11 位手机号码" in page
    assert 'value="张小明"' in page
    assert 'aria-invalid="true"' in page
    assert 'value="12"' in family.get("/registrations/step/1/").content.decode()
    assert fill(family, form(street=""), 2, go="back")["Location"].endswith("/step/1/")
    assert 'value="3单元"' in family.get("/registrations/step/2/").content.decode()


def test_sending_with_something_wrong_comes_back_to_the_last_page(family: Client, intake: Intake) -> None:
    fill(family, form(), 1, 2, 3, 4)
    answer = send(family, choice2=season.code(0), truthful="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "填了两次" in page
    assert "请确认" in page
    assert not Application.objects.exists()
    assert send(family, choice2=season.code(1)).status_code == 303


def test_a_draft_is_there_after_a_week_and_gone_after_its_days(
    family: Client, intake: Intake, clock: Clock, settings: Any
) -> None:
    fill(family, form(has="household,property"), 1, 2, 3)
    photo(family, JPEG)
    clock.at += timedelta(days=7)
    assert 'value="文昌路"' in family.get("/registrations/step/2/").content.decode()
    fill(family, form(), 4)
    evidence = Evidence.objects.get()
    clock.at += timedelta(days=settings.JUNHENG_DRAFT_DAYS + 1)
    assert family.get("/registrations/step/2/").status_code == 404
    assert forget_old(at=clock.at) > 0
    assert not Draft.objects.exists()
    assert not Evidence.objects.exists()
    assert evidence.digest


def test_what_families_told_is_destroyed_after_its_years(
    family: Client,
    intake: Intake,
    clock: Clock,
    settings: Any,
    tmp_path: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.JUNHENG_KEYS = tmp_path / "keys" / "ring.json"
    Draft.objects.all().delete()
    family.post(f"/registrations/intakes/{intake.code}/start/")
    fill(family, form(), 1, 2)
    photo(family, JPEG)
    fill(family, form(), 4)
    send(family)
    one = Evidence.objects.get()
    last_day = datetime(2030, 8, 31, 12, tzinfo=DURING.tzinfo)
    assert forget_seasons(at=last_day) == 0
    assert "张小明" in family_name()
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_seasons(at=last_day + timedelta(days=1)) == 2
    assert "张小明" not in family_name()
    assert not place_of(one.digest).exists()
    assert Application.objects.get().choices.count() == 2
    assert forget_seasons(at=last_day + timedelta(days=1)) == 0


def family_name() -> str:
    return str(Application.objects.get().details)


def test_another_phone_goes_on_by_the_code(family: Client, intake: Intake) -> None:
    fill(family, form(), 1, 2)
    shown = re.search(
        r'<b class="digest">([\w-]+)</b>', family.get("/registrations/step/3/").content.decode()
    )
    assert shown is not None
    other = Client()
    assert other.get("/registrations/step/2/").status_code == 404
    assert other.post("/registrations/resume/", {"code": "0000-0000-0000-0000"}).status_code == 404
    assert other.post("/registrations/resume/", {"code": shown[1].lower()})["Location"].endswith("/step/3/")
    assert 'value="文昌路"' in other.get("/registrations/step/2/").content.decode()


def test_nothing_of_a_draft_is_in_plain_words_in_the_database(family: Client, intake: Intake) -> None:
    fill(family, form(), 1, 2)
    row = str(list(Draft.objects.values()))
    assert "张" not in row
    assert season.id_number(1) not in row
    assert family.cookies[TOKEN].value not in row


def test_a_closed_window_is_said_and_the_draft_is_kept(family: Client, intake: Intake, clock: Clock) -> None:
    fill(family, form(), 1, 2, 3, 4)
    clock.at = CLOSES - timedelta(seconds=1)
    page = family.get("/registrations/step/5/").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    clock.at = CLOSES + timedelta(seconds=1)
    late = family.post("/registrations/send/", hidden | {"truthful": "1"})
    assert late.status_code == 409
    assert "2024-08-09 18:00:00 截止" in late.content.decode()
    assert not Application.objects.exists()
    assert "已于 2024-08-09 18:00:00 截止" in family.get("/registrations/step/5/").content.decode()
    assert 'value="文昌路"' in family.get("/registrations/step/2/").content.decode()


def test_before_the_opening_everything_can_be_filled_in_but_not_sent(
    family: Client, intake: Intake, clock: Clock
) -> None:
    fill(family, form(), 1, 2, 3, 4)
    clock.at = OPENS - timedelta(seconds=1)
    answer = send(family)
    assert answer.status_code == 409
    assert "还没有开始" in answer.content.decode()
    clock.at = OPENS
    assert send(family).status_code == 303


def test_a_pass_of_ones_own_making_or_of_yesterday_sends_nothing(
    family: Client, intake: Intake, clock: Clock
) -> None:
    fill(family, form(), 1, 2, 3, 4)
    page = family.get("/registrations/step/5/").content.decode()
    given = re.search(r'name="pass" value="([^"]*)"', page)[1]  # type: ignore[index]
    forged = given.replace(";phone;", ";desk;")
    assert forged != given
    for one in (forged, "", "1;2;3;4;5;6;7|0"):
        assert family.post("/registrations/send/", form() | {"pass": one}).status_code == 409
    clock.at += timedelta(hours=3)
    assert family.post("/registrations/send/", form() | {"pass": given}).status_code == 409
    assert not Application.objects.exists()


def test_photos_are_sealed_shown_to_their_family_only_and_sent_along(
    family: Client, intake: Intake, tmp_path: Any
) -> None:
    fill(family, form(), 1, 2)
    assert photo(family, JPEG + b"secret words").status_code == 302
    fill(family, form(), 4)
    one = Evidence.objects.get()
    stored = place_of(one.digest).read_bytes()
    assert b"secret words" not in stored
    assert open_photo(one) == JPEG + b"secret words"
    shown = family.get(f"/registrations/photos/{one.pk}/")
    assert shown.content == JPEG + b"secret words"
    assert shown["Content-Type"] == "image/jpeg"
    assert Client().get(f"/registrations/photos/{one.pk}/").status_code == 404
    assert send(family).status_code == 303
    one.refresh_from_db()
    assert one.application == Application.objects.get()


def test_a_photo_that_is_none_or_too_large_is_refused_with_a_sentence(
    family: Client, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(family, form(), 1, 2)
    answer = photo(family, b"MZ" + b"\x00" * 50)
    assert answer.status_code == 422
    assert "不是照片" in answer.content.decode()
    answer = photo(family, JPEG + b"\x00" * (16 * 1024 * 1024))
    assert answer.status_code == 422
    assert "超过 15 MB" in answer.content.decode()
    answer = photo(family, JPEG + b"\x00" * (30 * 1024 * 1024))
    assert answer.status_code == 413
    assert "照片" in answer.content.decode()
    assert not Evidence.objects.exists()
    assert "checked" in family.get("/registrations/step/3/").content.decode()


def test_a_photo_can_be_taken_out_again(
    family: Client, intake: Intake, django_capture_on_commit_callbacks: Any
) -> None:
    fill(family, form(), 1, 2)
    photo(family, JPEG)
    one = Evidence.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert family.post(f"/registrations/photos/{one.pk}/drop/").status_code == 302
    assert not Evidence.objects.exists()
    assert not place_of(one.digest).exists()


def test_changing_and_withdrawing(family: Client, intake: Intake, clock: Clock) -> None:
    fill(family, form(), 1, 2, 3, 4)
    send(family)
    before = Application.objects.get()
    assert family.post("/registrations/receipt/change/")["Location"].endswith("/step/1/")
    fill(family, form(choice1=season.code(1)), 4)
    page = family.get("/registrations/step/5/").content.decode()
    assert "修改报名" in page
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = family.post("/registrations/receipt/change/send/", hidden | {"truthful": "1"})
    assert answer.status_code == 302, answer.content.decode()
    row = Application.objects.get()
    assert row.code == before.code
    assert row.receipt != before.receipt
    assert row.choices.get(rank=1).school.name == "乙小学"
    assert family.get("/registrations/receipt/withdraw/").status_code == 200
    family.post("/registrations/receipt/withdraw/")
    assert "已经撤回" in family.get("/registrations/receipt/").content.decode()
    clock.at = CLOSES
    assert family.post("/registrations/receipt/change/").status_code == 409
