"""Whoever holds the code follows, adds, takes back and rates; nobody else does."""

from datetime import timedelta

import pytest
from django.test import Client

from junheng.domains.tips.actions import assigning, following, handling, triage
from junheng.domains.tips.actions.assigning import Task
from junheng.domains.tips.models import Referral, Tip, TipNote
from junheng.domains.tips.queries.finding import MOST_TRIES, tip_with
from junheng.domains.tips.queries.progress import progress_of
from junheng.domains.tips.terms import Outcome
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.sealing.codes import LETTERS
from tests.domains import makers
from tests.domains.registrations.walking import Clock
from tests.domains.tips.telling import AT, file, jpeg, officer, sent

BY_NOBODY = {"at": AT}
WHY = "按规定办理"


def opened(code: str) -> Client:
    client = Client()
    assert client.post("/tips/follow/", {"code": code})["Location"] == "/tips/receipt/"
    return client


def passed_on(tip: Tip) -> Referral:
    task = Task(area=tip.area, kind="unlicensed", title="某学堂", place="文昌路", summary="请核查资质")
    return assigning.assign(tip, task, by=officer(), at=AT, why=WHY)


def answered(tip: Tip) -> Tip:
    referral = passed_on(tip)
    county = makers.user(Role.COUNTY_OFFICER, area="410802")
    handling.report(referral, outcome=Outcome.TRUE, words="已查", on=AT.date(), by=county, at=AT, why=WHY)
    return assigning.answer(tip, "经核查属实，已处理。", by=officer(), at=AT, why=WHY)


def test_a_letter_that_was_copied_wrongly_is_told_and_is_no_guess() -> None:
    one = sent()
    for place in range(12):
        other = LETTERS[(LETTERS.index(one.code[place]) + 1) % 32]
        with pytest.raises(Refusal, match="最后一位与前面对不上"):
            tip_with(one.code[:place] + other + one.code[place + 1 :], at=AT, address="10.3.3.3")
    assert tip_with(one.code, at=AT, address="10.3.3.3") == one.tip


def test_guesses_are_slowed_down(clock: Clock) -> None:
    one = sent()
    client = Client()
    for number in range(MOST_TRIES):
        assert client.post("/tips/follow/", {"code": f"GUESS{number}"}).status_code == 404
    answer = client.post("/tips/follow/", {"code": one.code})
    assert (answer.status_code, "请 15 分钟后再试" in answer.content.decode()) == (429, True)
    clock.at += timedelta(minutes=16)
    assert client.post("/tips/follow/", {"code": one.code}).status_code == 302


def test_a_cookie_that_is_not_ours_shows_nothing() -> None:
    one = sent()
    client = Client()
    for value in (one.code, f"{one.code}.{'0' * 40}", ""):
        client.cookies["tip"] = value
        assert client.get("/tips/receipt/")["Location"] == "/tips/follow/"
        assert client.post("/tips/receipt/rate/", {"stars": 5}).status_code == 404


def test_adding_what_was_asked_brings_it_back_to_the_desk() -> None:
    one = sent()
    triage.ask_for_more(one.tip, "哪一间？", by=officer(), at=AT, why=WHY)
    client = opened(one.code)
    assert "哪一间？" in client.get("/tips/receipt/").content.decode()
    empty = client.post("/tips/receipt/add/", {"words": "  "})
    assert (empty.status_code, "没有存入" in empty.content.decode()) == (422, True)
    assert client.post("/tips/receipt/add/", {"words": "202 室", "photos": file(jpeg())}).status_code == 302
    tip = Tip.objects.get()
    assert (tip.state, tip.notes.count(), tip.photos.count(), str(tip.acked_on)) == (
        "new",
        1,
        1,
        "2024-03-06",
    )
    for _ in range(9):
        following.add_note(tip, "再补充", (), **BY_NOBODY)
    with pytest.raises(Conflict, match="已经补充了 10 次"):
        following.add_note(tip, "再补充", (), **BY_NOBODY)
    assert TipNote.objects.count() == 10


def test_withdrawing_is_asked_once_and_final() -> None:
    one = sent()
    client = opened(one.code)
    assert "要撤回 JB2024-00001 吗" in client.get("/tips/receipt/withdraw/").content.decode()
    assert Tip.objects.get().state == "new"
    client.post("/tips/receipt/withdraw/")
    assert Tip.objects.get().state == "withdrawn"
    assert client.post("/tips/receipt/withdraw/").status_code == 409
    assert client.post("/tips/receipt/add/", {"words": "还有"}).status_code == 409


def test_the_answer_is_rated_once() -> None:
    one = sent()
    client = opened(one.code)
    assert client.post("/tips/receipt/rate/", {"stars": 5}).status_code == 409
    answered(one.tip)
    page = client.get("/tips/receipt/").content.decode()
    assert "经核查属实，已处理。" in page
    assert client.post("/tips/receipt/rate/", {"stars": 6}).status_code == 422
    assert client.post("/tips/receipt/rate/", {"stars": 2, "words": "太慢"}).status_code == 302
    assert "您的评价：2 分" in client.get("/tips/receipt/").content.decode()
    assert client.post("/tips/receipt/rate/", {"stars": 5}).status_code == 409
    assert Tip.objects.get().rating == 2


def test_what_is_told_follows_the_case_and_never_a_planned_check() -> None:
    one = sent()
    referral = passed_on(one.tip)

    def told() -> str:
        tip = Tip.objects.select_related("referral").get(pk=one.tip.pk)
        return progress_of(tip, on=AT.date()).sentence

    plain = told()
    Referral.objects.update(became="visit", became_row=7)
    assert told() == plain, "that a check is planned is told to nobody"
    Referral.objects.update(became="none", became_row=None)
    county = makers.user(Role.COUNTY_OFFICER, area="410802")
    made = handling.make_case(referral, operator="某人", on=AT.date(), by=county, at=AT, why=WHY)
    assert told() == "已经作为案件线索，正在核查。"
    from junheng.domains.governance.models import Case

    Case.objects.filter(pk=made.became_row).update(state="investigating")
    assert told() == "已经立案，正在调查。"
    Case.objects.filter(pk=made.became_row).update(state="decided", decided_on=AT.date())
    assert told() == "已经作出处理决定，正在执行。"
