"""A citizen's way from the form to the code; what is sent twice, too often, too large, or to do harm."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from junheng.domains.institutions.models import Institution
from junheng.domains.tips.actions.counting import ALTOGETHER, FROM_ONE, counted
from junheng.domains.tips.actions.nights import forget
from junheng.domains.tips.actions.photos import photo_bytes
from junheng.domains.tips.models import Tip, TipPhoto, TipSource
from junheng.domains.tips.tasks import nightly
from junheng.platform.audit.models import Entry
from junheng.platform.jobs.kinds import Work
from junheng.platform.sealing import stored_text
from tests.domains import makers
from tests.domains.registrations.walking import Clock
from tests.domains.tips.telling import AT, FILLED, file, jpeg, officer, png, posted, sent, token_on


def code_on(page: str) -> str:
    found = re.search(r"data-code>([\w-]+)<", page)
    assert found is not None
    return found[1]


def test_from_the_form_to_the_code(citizen: Client) -> None:
    answer = posted(citizen, person="王五", contact="13900001111", wants_answer="on")
    assert (answer.status_code, answer["Location"]) == (303, "/tips/receipt/")
    tip = Tip.objects.get()
    assert (tip.number, tip.state, tip.ack_due, tip.answer_due) == (
        "JB2024-00001",
        "new",
        date(2024, 3, 13),
        date(2024, 4, 18),
    )
    page = citizen.get("/tips/receipt/").content.decode()
    code = code_on(page)
    assert len(code.replace("-", "")) == 12
    assert "<svg" in page
    assert "2024-03-13" in page
    assert "待确认" in page
    assert "王五" not in page, "the page on the phone shows nobody's name"
    other = Client()
    found = other.post("/tips/follow/", {"code": code.lower().replace("-", " ")})
    assert other.get(found["Location"]).status_code == 200
    assert other.post("/tips/receipt/leave/")["Location"] == "/tips/follow/"
    assert other.get("/tips/receipt/")["Location"] == "/tips/follow/"


def test_neither_code_nor_words_nor_address_stand_in_the_database(citizen: Client) -> None:
    posted(citizen, person="王五", contact="13900001111", address="203.0.113.7")
    tip = Tip.objects.get()
    code = code_on(citizen.get("/tips/receipt/").content.decode()).replace("-", "")
    fields = {one.name: one for one in Tip._meta.concrete_fields}
    kept = [stored_text(fields[name], tip) for name in ("words", "person", "contact")]
    assert not any(secret in text for text in kept for secret in ("小学生", "王五", "13900001111"))
    rows = [str(row) for model in (Tip, TipSource, Entry) for row in model.objects.values()]
    for secret in (code, "203.0.113.7", "王五", "13900001111", "十几个小学生"):
        assert not any(secret in row for row in rows), secret
    assert "follow" not in str(Entry.objects.get(table="tips.tip").after)


def test_the_same_form_twice_is_one_tip(citizen: Client) -> None:
    token = token_on(citizen)
    codes = set()
    for _ in range(3):
        posted(citizen, token=token)
        codes.add(code_on(citizen.get("/tips/receipt/").content.decode()))
    assert (Tip.objects.count(), len(codes)) == (1, 1)
    posted(citizen)
    assert Tip.objects.count() == 2


@pytest.mark.parametrize("token", ["", "x", "a|b", "0123.1700000000|" + "0" * 40])
def test_a_form_that_is_not_ours_is_refused(citizen: Client, token: str) -> None:
    answer = citizen.post("/tips/", {**FILLED, "token": token})
    assert (answer.status_code, answer["X-Refusal"], Tip.objects.count()) == (400, "tip-form-stale", 0)


def test_a_form_that_lay_open_for_days_is_refused(citizen: Client, clock: Clock) -> None:
    token = token_on(citizen)
    clock.at += timedelta(days=3)
    assert posted(citizen, token=token)["X-Refusal"] == "tip-form-stale"


def test_what_is_missing_is_said_and_nothing_typed_is_lost(citizen: Client) -> None:
    answer = posted(citizen, place="", area="410899", wants_answer="on")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "十几个小学生" in page
    assert "要答复本人，请留下电话或邮箱" in page
    assert Tip.objects.count() == 0
    long_ = posted(citizen, words="长" * 2001)
    assert (long_.status_code, "内容超过 2000 字" in long_.content.decode()) == (422, True)
    assert posted(citizen, words="长" * 2000).status_code == 303


def test_a_hundred_a_minute_from_one_address(citizen: Client, clock: Clock) -> None:
    answers = [posted(citizen, address="198.51.100.9", words=f"第 {number} 条") for number in range(100)]
    assert [one.status_code for one in answers[:FROM_ONE]] == [303] * FROM_ONE
    assert {one.status_code for one in answers[FROM_ONE:]} == {429}
    assert Tip.objects.count() == FROM_ONE
    page = answers[-1].content.decode()
    assert "请在 10 分钟后再提交" in page
    assert "第 99 条" in page, "what was typed is still there"
    assert answers[-1]["Retry-After"] == "600"
    assert posted(citizen, address="198.51.100.10").status_code == 303, "others are not kept out"
    clock.at += timedelta(minutes=11)
    assert posted(citizen, address="198.51.100.9").status_code == 303


def test_a_flood_from_everywhere_queues_and_loses_nothing(clock: Clock) -> None:
    for number in range(ALTOGETHER + 5):
        sent(number + 1)
    assert Tip.objects.filter(state="queued").count() == 5
    assert Tip.objects.count() == ALTOGETHER + 5
    page = Client()
    page.force_login(officer())
    assert page.post("/tips/desk/let-in/")["Location"] == "/tips/desk/"
    assert Tip.objects.filter(state="queued").count() == 0


def test_the_digest_of_an_address_is_gone_by_the_next_night(clock: Clock) -> None:
    sent(1)
    before = set(TipSource.objects.values_list("digest", flat=True))
    assert len(before) == 2
    clock.at += timedelta(days=1)
    posted(Client(), address="10.0.0.1")
    after = set(TipSource.objects.values_list("digest", flat=True))
    assert (len(after), after & before) == (2, {"all"}), "the same address is another digest on another day"
    nightly(Work(None, AT + timedelta(days=2), None))()  # type: ignore[arg-type]
    assert TipSource.objects.count() == 0
    assert counted("x", timedelta(minutes=1), at=AT)[0] == 1


def test_photos_are_cleaned_sealed_and_limited(citizen: Client, tmp_path: Any) -> None:
    secret = b"TAKEN-AT-HOME"
    assert (
        posted(citizen, photos=[file(jpeg(words=secret)), file(png(words=secret), "妈妈家.png")]).status_code
        == 303
    )
    photos = list(TipPhoto.objects.order_by("pk"))
    assert [one.media for one in photos] == ["image/jpeg", "image/png"]
    for one in photos:
        assert secret not in photo_bytes(one)
        raw = (tmp_path / "photos" / one.digest[:2] / one.digest).read_bytes()
        assert b"\xff\xd8\xff" not in raw
        assert b"PNG" not in raw
    for wrong, code in (
        ([file(png())] * 5, "一条举报最多附 4 张照片"),
        ([file(b"MZ" * 50)], "不是完好的照片"),
        ([file(jpeg()), file(png(60_000, 60_000))], "大得不正常"),
    ):
        answer = posted(citizen, photos=wrong, address=f"10.9.{len(code)}.1")
        assert (answer.status_code, code in answer.content.decode()) == (422, True)
    assert (Tip.objects.count(), TipPhoto.objects.count()) == (1, 2)
    assert len([path for path in (tmp_path / "photos").rglob("*") if path.is_file()]) == 2


def test_a_name_that_one_institution_has_is_known(citizen: Client) -> None:
    one = Institution.objects.create(
        code="教民1", name="星河学堂", area_id="410802001", kind="subject", since=date(2020, 1, 1)
    )
    school = makers.school(name="示例第一小学")
    posted(citizen, about=" 星河（学堂）")
    posted(citizen, about="示例第一小学", address="10.2.2.2")
    posted(citizen, about="没有这家", address="10.2.2.3")
    assert list(Tip.objects.order_by("pk").values_list("institution", "school")) == [
        (one.pk, None),
        (None, school.pk),
        (None, None),
    ]


def test_after_their_years_the_words_are_gone_and_the_number_stays(citizen: Client) -> None:
    posted(citizen, person="王五", photos=[file(jpeg())])
    assert forget(on=AT.date() + timedelta(days=700), at=AT) == 0
    assert forget(on=AT.date() + timedelta(days=732), at=AT) == 2
    tip = Tip.objects.get()
    assert tip.number == "JB2024-00001"
    assert "小学生" not in str(tip.words)
    assert "王五" not in str(tip.person)


def test_behind_a_proxy_everybody_is_counted_alone(citizen: Client, settings: Any) -> None:
    """All come from the proxy's address then; what citizens write into the header themselves counts for nothing."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for number in range(FROM_ONE + 1):
        named = {"HTTP_X_FORWARDED_FOR": f"10.7.7.{number}, 203.0.113.9"}
        answer = citizen.post("/tips/", FILLED | {"token": token_on(citizen)}, **named)
    assert answer.status_code == 429
    other = citizen.post("/tips/", FILLED | {"token": token_on(citizen)}, HTTP_X_FORWARDED_FOR="203.0.113.10")
    assert other.status_code == 303
