"""A recognised kindergarten that charges too much is asked, answers, and mends it or loses its certificate; paper decisions need two."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from junheng.domains.kindergartens.actions.asking import answer, ask, settle
from junheng.domains.kindergartens.actions.converting import make_public
from junheng.domains.kindergartens.actions.entering import enter_on_paper
from junheng.domains.kindergartens.models import KindergartenFee, KindergartenQuestion, RecognitionSign
from junheng.domains.kindergartens.queries import counted_in, recognition_on, stream
from junheng.domains.kindergartens.terms import QuestionAbout
from junheng.domains.schemes.actions import certifying, publishing, reviewing
from junheng.domains.schemes.actions.watching import ask_above_the_ceiling
from junheng.domains.schemes.models import Certificate
from junheng.domains.schemes.queries.ceilings import above_the_ceiling
from junheng.domains.schemes.queries.showing import state_of
from junheng.domains.schemes.terms import Verdict
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from tests import cast
from tests.domains import makers
from tests.domains.schemes.made import (
    AFTER,
    AT,
    WHY,
    a_draft,
    a_kindergarten,
    county,
    for_kindergartens,
    section,
    submitted,
)

PAPER: dict[str, Any] = {"number": "示教〔2023〕9号", "why": "书面决定补登"}


def certified() -> Certificate:
    """The certificate of a kindergarten that charges 500 yuan where 600 are the most."""
    one = submitted(a_draft(for_kindergartens(), a_kindergarten()))
    reviewing.review(one, verdict=Verdict.PASS, words="齐", by=county(), at=AT, why=WHY)
    reviewing.review(one, verdict=Verdict.PASS, words="齐", by=section(), at=AT, why=WHY)
    publicity = publishing.publish(one.scheme, by=section(), at=AT, why=WHY)
    publishing.decide(publicity, on=AFTER.date(), number="1号", by=section(), at=AFTER, why=WHY)
    return Certificate.objects.select_related("application__kindergarten").get(application=one)


def test_a_fee_above_the_ceiling_is_asked_about_answered_and_ends_the_recognition_or_not() -> None:
    certificate = certified()
    kindergarten = certificate.application.kindergarten
    assert kindergarten is not None
    since = AFTER.date() + timedelta(days=20)
    standard = KindergartenFee.objects.create(
        kindergarten=kindergarten, area_id=kindergarten.area_id, fee_fen=60_001, since=since, basis="备案"
    )
    assert above_the_ceiling(since - timedelta(days=1)) == []
    (above,) = above_the_ceiling(since)
    assert (above.recognition, above.fee, above.ceiling.fen) == (certificate.recognition, 60_001, 60_000)
    at = AFTER + timedelta(days=20)
    with pytest.raises(Refusal, match=r"1 项条件已不符合：收费（台账月保教费 600.01 元，最高 600 元）"):
        certifying.check_yearly(certificate, on=since, by=section(), at=AFTER + timedelta(days=20), why=WHY)
    (asked,) = ask_above_the_ceiling(on=since, by="junheng", at=at)
    assert ("600.01" in asked.words, asked.answer_by) == (True, date(2023, 12, 13))
    assert ask_above_the_ceiling(on=since, by="junheng", at=at) == []
    officer, colleague = county(), county()
    head = cast.somebody(Role.KINDERGARTEN, kindergarten=kindergarten.pk)
    stranger = cast.somebody(Role.KINDERGARTEN, kindergarten=makers.kindergarten().pk)
    with pytest.raises(Refusal, match="还没有答复"):
        settle(asked, mended=True, words="—", by=officer, at=at, why=WHY)
    with pytest.raises(NotAllowed):
        answer(asked, words="没有的事", by=stranger, at=at, why=WHY)
    answer(asked, words="已退还多收部分", by=head, at=at, why=WHY)
    with pytest.raises(NotAllowed, match="由教育局办理"):
        settle(asked, mended=True, words="—", by=head, at=at, why=WHY)
    settle(asked, mended=True, words="已退费，下月恢复原标准", by=officer, at=at, why=WHY)
    (again,) = ask_above_the_ceiling(on=since, by="junheng", at=at)  # it says so, and charges the same
    answer(again, words="成本上涨", by=officer, at=at, why=WHY)
    with pytest.raises(NotAllowed, match="另一人"):
        settle(again, mended=False, words="—", by=officer, at=at, why=WHY)
    settle(again, mended=False, words="未整改", by=colleague, at=at, why=WHY)
    assert ask_above_the_ceiling(on=since, by="junheng", at=at) == []
    certifying.revoke(certificate, on=since, reason="收费高于标准", by=section(), at=at, why=WHY)
    before, after = since - timedelta(days=1), since
    assert recognition_on(kindergarten, on=before) is not None
    assert recognition_on(kindergarten, on=after) is None
    assert above_the_ceiling(since) == []
    assert standard.since == since


def test_one_that_was_recognised_on_paper_is_measured_by_the_newest_scheme_of_its_place() -> None:
    rows = [makers.kindergarten(fee_fen=fen) for fen in (60_000, 60_100)]
    day = date(2023, 10, 9)
    for one in rows:
        paper = makers.application(one)
        enter_on_paper(paper, decided_on=day, since=day, by=county(), at=AT, **PAPER)
    assert above_the_ceiling(AT.date()) == []
    for_kindergartens()
    assert [one.recognition.kindergarten for one in above_the_ceiling(AT.date())] == [rows[1]]
    assert above_the_ceiling(day) == []


def test_a_question_is_put_once_and_to_open_kindergartens_only() -> None:
    officer, one = county(), makers.kindergarten()
    given: dict[str, Any] = {
        "about": QuestionAbout.OTHER,
        "words": "请说明",
        "by": officer,
        "at": AT,
        "why": WHY,
    }
    made = ask(one, **given)
    with pytest.raises(Conflict, match="已于 2023-11-01 问过"):
        ask(one, **given)
    with pytest.raises(Conflict, match="停办"):
        ask(makers.kindergarten(until=date(2023, 10, 1)), **given)
    with pytest.raises(NotAllowed):
        ask(makers.kindergarten(area_id="410811"), **given)
    late = AT + timedelta(days=30)
    settle(made, mended=False, words="逾期不答复", by=officer, at=late, why=WHY)
    with pytest.raises(Conflict, match="未整改"):
        answer(made, words="晚了", by=officer, at=late, why=WHY)


def test_before_schemes_one_enters_a_paper_decision_and_since_then_two_who_agree() -> None:
    first, second = county(), county()
    old = makers.application(makers.kindergarten())
    day = date(2023, 10, 31)
    enter_on_paper(old, decided_on=day, since=day, by=first, at=AT, **PAPER)
    assert recognition_on(old.kindergarten, on=day) is not None
    row, on = makers.application(makers.kindergarten()), date(2023, 11, 1)
    facts = PAPER | {"decided_on": on, "since": on, "at": AT}
    assert enter_on_paper(row, by=first, **facts).decision == "pending"
    with pytest.raises(NotAllowed, match="须由另一人同意"):
        enter_on_paper(row, by=first, **facts)
    with pytest.raises(Conflict, match="与提请的不一致"):
        enter_on_paper(row, by=second, **facts | {"number": "别的文号"})
    enter_on_paper(
        row, by=first, **facts | {"number": "示教〔2023〕10号"}
    )  # a slip, put right by who made it
    entered = enter_on_paper(row, by=second, **facts | {"number": "示教〔2023〕10号"})
    assert (entered.decision, entered.number) == ("recognised", "示教〔2023〕10号")
    sign = RecognitionSign.objects.get()
    assert (sign.asked_by, sign.agreed_by) == (first.username, second.username)


def test_the_rows_behind_the_statement_are_its_numbers(client: Client) -> None:
    by = county()
    for kind, on in (("first", date(2023, 9, 4)), ("first", date(2023, 10, 9))):
        row = makers.application(makers.kindergarten(), kind=kind)
        enter_on_paper(row, decided_on=on, since=on, by=by, at=AT, **PAPER)
    span = (date(2023, 9, 30), date(2023, 11, 1))
    told = stream(*span)
    for line in ("before", "recognised", "withdrawn", "closed", "converted", "renewed", "after"):
        assert counted_in(line, *span).count() == getattr(told, line)
    page = client.get("/kindergartens/statement/", {"first": span[0], "last": span[1], "line": "recognised"})
    assert [one.since for one in page.context["rows"]] == [date(2023, 10, 9)]
    assert client.get("/kindergartens/statement/", {"line": "__class__"}).context["rows"] == []


def test_the_public_page_shows_the_fee_of_the_day_and_the_next(client: Client, settings: Any) -> None:
    settings.JUNHENG_AS_OF = date(2023, 12, 1)
    one = certified().application.kindergarten
    assert one is not None
    for fen, since in ((52_000, date(2023, 11, 20)), (56_000, date(2024, 2, 1))):
        KindergartenFee.objects.create(
            kindergarten=one, area_id=one.area_id, fee_fen=fen, since=since, basis="备案"
        )
    page = client.get("/kindergartens/").content.decode()
    assert "520.00" in page
    assert "2024-02-01 起 560.00" in page
    assert KindergartenQuestion.objects.count() == 0


def test_one_that_turns_public_leaves_the_stock_and_is_nothing_new(client: Client) -> None:
    certificate, officer = certified(), county()
    one = certificate.application.kindergarten
    assert one is not None
    on, before = date(2023, 12, 1), date(2023, 11, 30)
    client.force_login(officer)
    facts = {
        "kindergarten": one.code,
        "area": one.area_id,
        "nature": "public",
        "since": "2023-12-01",
        "why": "转制",
    }
    private = one.nature_set.get()
    private.until = on
    private.save()
    refused = client.post("/registers/natures/new/", facts)
    assert refused.headers["X-Refusal"] == "public-while-recognised"
    private.until = None
    private.save()
    at = AT.replace(month=12, day=4)
    make_public(one, on=on, by=officer, at=at, why="收回租赁")
    told = stream(before, on)
    assert (told.before, told.recognised, told.converted, told.after, told.adds_up) == (1, 0, 1, 0, True)
    assert list(one.nature_set.order_by("since").values_list("nature", "until")) == [
        ("private", on),
        ("public", None),
    ]
    assert state_of(certificate_again(certificate), on=on) == "ended"
    with pytest.raises(Conflict, match="现在不是民办园"):
        make_public(one, on=on, by=officer, at=at, why="收回租赁")


def certificate_again(one: Certificate) -> Certificate:
    return Certificate.objects.select_related("recognition").get(pk=one.pk)
